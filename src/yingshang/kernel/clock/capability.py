"""Clocks, calendars and limits introduce themselves."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="clock",
    title="时限与日历",
    actions={"clock.publish_calendar": "公布工作日历"},
    duties={"system": ["clock.publish_calendar"]},
    tells={
        "clock.calendar_loaded": {"year": int},
        "clock.recounted": {"clock_id": int},
    },
    ledger={
        "clock.calendar_published": Strict(
            "公布了{year}年工作日历第{edition}版（{notices}），重新计算了{recounted}个期限"
        ),
    },
    slots={
        "law.unsourced": "yingshang.kernel.clock.slots.unsourced",
        "workbench.cards": "yingshang.kernel.clock.slots.missing_calendar",
    },
    menu=[
        MenuLine("时限清单", "clock:limits", MenuGroup.RULES, public=True),
        MenuLine("工作日历", "clock:calendar_years", MenuGroup.RULES, needs="clock.publish_calendar"),
    ],
)

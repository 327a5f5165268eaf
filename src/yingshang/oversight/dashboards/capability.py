"""The manifest of dashboards."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine

CAPABILITY = Capability(
    name="dashboards",
    title="驾驶舱和进度看板",
    plan_items=[33],
    mission=("main", "R4"),
    actions={
        "dashboards.see_cockpit": "查看驾驶舱",
        "dashboards.see_calls": "查看周一电话单",
        "dashboards.note_call": "记录督促电话",
        "dashboards.see_unit": "查看单位主页",
        "dashboards.see_progress": "查看公开进度",
    },
    ledger={"dashboards.call_noted": "记录了一次督促电话：{unit}"},
    slots={
        "home.cards": "yingshang.oversight.dashboards.slots.public_progress",
        "workbench.cards": "yingshang.oversight.dashboards.slots.finding_of_the_day",
        "law.unsourced": "yingshang.oversight.dashboards.slots.unsourced",
    },
    menu=[
        MenuLine("办得怎么样", "dashboards:progress", MenuGroup.PLAN, public=True),
        MenuLine("驾驶舱", "dashboards:cockpit", MenuGroup.PLAN, needs="dashboards.see_cockpit"),
        MenuLine("周一电话", "dashboards:calls", MenuGroup.PLAN, needs="dashboards.see_calls"),
        MenuLine("本单位主页", "dashboards:own_unit", MenuGroup.PLAN),
    ],
)

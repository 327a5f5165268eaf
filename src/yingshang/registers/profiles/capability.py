"""The manifest of profiles."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine

CAPABILITY = Capability(
    name="profiles",
    title="个人和企业信息",
    plan_items=[16],
    actions={
        "profiles.read": "读取当事人的信息",
        "profiles.hold": "录入当事人的信息",
        "profiles.object": "对自己的信息提出异议",
        "profiles.answer": "答复当事人的异议",
        "profiles.see_reading": "查看谁看过自己的信息",
    },
    obligations={
        "profiles.correct": "答复当事人的纠错",
        "profiles.explain": "答复当事人的追问",
    },
    ledger={
        "profiles.read": "{unit}为“{purpose}”读取了一位当事人的信息",
        "profiles.held": "记下了一位当事人的{count}项信息（{origin}）",
        "profiles.objected": "一位当事人对自己的信息提出{kind}",
        "profiles.answered": "{unit}答复了一件{kind}：{outcome}",
        "profiles.exported": "一位当事人取走了自己的信息",
    },
    measures={
        "profiles.readings": "yingshang.registers.profiles.queries.readings_counted",
        "profiles.answered_on_time_rate": "yingshang.registers.profiles.queries.answered_on_time_rate",
    },
    slots={
        "workbench.cards": "yingshang.registers.profiles.slots.to_do",
        "home.cards": "yingshang.registers.profiles.slots.own",
        "law.unsourced": "yingshang.registers.profiles.slots.unsourced",
    },
    menu=[
        MenuLine("信息异议", "profiles:desk", MenuGroup.SERVICES, needs="profiles.answer"),
    ],
    mission=("16d",),
)

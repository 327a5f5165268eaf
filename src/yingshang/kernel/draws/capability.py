"""The manifest of draws."""

from yingshang.kernel.registry import Capability, Every, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="draws",
    title="公开摇号",
    mission=("4b",),
    actions={
        "draws.seal": "封存摇号方案",
        "draws.host": "主持摇号",
        "draws.witness": "见证摇号",
        "draws.give_beacon": "提交公共信标",
        "draws.take_part": "以受邀方身份提供随机数",
        "draws.see_result": "公布前查看抽取结果",
        "draws.substitute": "替补",
        "draws.void": "作废尚未抽取的摇号",
        "draws.void_drawn": "作废已经抽取的摇号",
        "draws.reveal": "公布摇号结果",
    },
    obligations={
        "draws.finish": "完成摇号",
        "draws.reveal": "公布摇号结果",
    },
    ledger={
        "draws.invited": "邀请一方为摇号提供随机数",
        "draws.pledged": Strict("受邀方提交了随机数承诺"),
        "draws.committed": Strict("封存了第{serial}号摇号的方案和一次性代码"),
        "draws.randomness_added": Strict("第{serial}号摇号加入了随机数（{source}）"),
        "draws.drawn": Strict("第{serial}号摇号完成抽取，结果的摘要已固定"),
        "draws.substituted": Strict("第{serial}号摇号发生一次替补，原因代码{reason}"),
        "draws.revealed": Strict("第{serial}号摇号公布了方案、代码和结果"),
        "draws.voided": Strict("第{serial}号摇号作废，原因代码{reason}"),
        "draws.assignment_opened": "打开了第{serial}号摇号的一项分派",
    },
    slots={
        "home.cards": "yingshang.kernel.draws.slots.latest",
        "law.unsourced": "yingshang.kernel.draws.slots.unsourced",
        "workbench.cards": "yingshang.kernel.draws.slots.to_do",
    },
    jobs=[Every("draws.follow_beacons", run="yingshang.kernel.draws.jobs.follow_beacons", seconds=60)],
    menu=[MenuLine("公开摇号", "draws:register", MenuGroup.CHECKS, public=True)],
)

"""The manifest of the catalogue."""

from yingshang.kernel.registry import Capability, Daily, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="catalogue",
    title="政务服务事项",
    plan_items=[3, 10, 13, 23],
    actions={
        "catalogue.edit": "编写事项",
        "catalogue.review": "审核事项",
        "catalogue.publish": "发布事项",
        "catalogue.see_drafts": "查看事项草稿",
        "catalogue.coordinate": "统筹全县事项",
        "catalogue.delegate": "下放和收回事项",
        "catalogue.adopt": "答复改革经验",
    },
    obligations={"catalogue.answer_practice": "答复改革经验"},
    tells={
        "catalogue.version_published": {"version_id": int, "item": str, "unit": str},
        "catalogue.item_ended": {"item": str, "unit": str, "on": str},
    },
    ledger={
        "catalogue.item_started": "新建了事项“{title}”",
        "catalogue.version_started": "起草了事项第{number}版",
        "catalogue.version_dropped": "放弃了事项第{number}版",
        "catalogue.version_sent": "把“{title}”第{number}版交审核",
        "catalogue.version_reviewed": "审核通过了“{title}”第{number}版",
        "catalogue.version_returned": "退回了“{title}”第{number}版",
        "catalogue.version_published": Strict("发布了“{title}”第{number}版"),
        "catalogue.trial_dropped": Strict("停止试行“{title}”第{number}版"),
        "catalogue.item_ended": Strict("停办了“{title}”"),
        "catalogue.delegated": Strict("把“{title}”下放{to}"),
        "catalogue.recalled": Strict("从{to}收回“{title}”"),
        "catalogue.transferred": Strict("把“{title}”由{from}划转{to}"),
        "catalogue.practice_proposed": Strict("就改革经验“{title}”征询{units}个单位"),
        "catalogue.practice_answered": Strict("{unit}答复改革经验“{title}”：{decision}"),
    },
    measures={
        "catalogue.items": "yingshang.registers.catalogue.queries.items",
        "catalogue.committed_share": "yingshang.registers.catalogue.queries.committed_share",
        "catalogue.average_compression": "yingshang.registers.catalogue.queries.average_compression",
        "catalogue.materials_per_item": "yingshang.registers.catalogue.queries.materials_per_item",
        "catalogue.visits_per_item": "yingshang.registers.catalogue.queries.visits_per_item",
        "catalogue.online_rate": "yingshang.registers.catalogue.queries.online_rate",
        "catalogue.practices_answered_rate": "yingshang.registers.catalogue.queries.practices_answered_rate",
    },
    slots={
        "workbench.cards": "yingshang.registers.catalogue.slots.to_do",
        "law.unsourced": "yingshang.registers.catalogue.slots.unsourced",
    },
    menu=[
        MenuLine("政务服务事项", "catalogue:overview", MenuGroup.SERVICES, public=True, first=True),
        MenuLine("本单位事项", "catalogue:items", MenuGroup.SERVICES, needs="catalogue.see_drafts"),
        MenuLine("改革经验答复", "catalogue:practices", MenuGroup.SERVICES, needs="catalogue.adopt"),
    ],
    jobs=[Daily("catalogue.forget_ended", run="yingshang.registers.catalogue.jobs.forget_ended", at="00:20")],
    mission=("3c", "10", "10c", "13a", "13b", "13c", "13e", "13g", "13j", "23d", "23g"),
)

"""The manifest of evaluation."""

from yingshang.kernel.registry import Capability, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="evaluation",
    title="营商环境评价",
    plan_items=[35],
    mission=("35", "35b", "10b"),
    actions={
        "evaluation.commission": "委托第三方评价",
        "evaluation.work_on": "开展评价",
        "evaluation.publish": "公布评价结果",
        "evaluation.see_working_papers": "查看没有公布的评价资料",
        "evaluation.object": "对本单位的数据提出异议",
        "evaluation.state": "答复评估机构的函，提供数据和证据",
    },
    dossiers={"evaluation.evaluation": "营商环境评价"},
    obligations={
        "evaluation.answer_objection": "答复对评价数据的异议",
        "evaluation.hand_in_statement": "答复评估机构的函",
    },
    tells={"evaluation.published": {"evaluation_id": int, "code": str}},
    ledger={
        "evaluation.commissioned": "委托{evaluator}开展{title}",
        "evaluation.interest_stated": "评估员声明利益冲突情况",
        "evaluation.edition_taken": Strict("{title}确定了指标版本{edition}"),
        "evaluation.stage_reached": "{title}进入“{stage}”",
        "evaluation.value_entered": "录入评价数据",
        "evaluation.values_imported": "导入{count}条评价数据",
        "evaluation.inquired": "向{unit}发出第{no}号函",
        "evaluation.value_stated": "按函提供了评价数据",
        "evaluation.interviewed": "登记了第{no}号企业访谈",
        "evaluation.extracted": "第{no}次抓取数据（{origin}），日志SHA-256为{digest}",
        "evaluation.settled": "认定了有出入的评价数据",
        "evaluation.change_asked": "登记了一次改数请求",
        "evaluation.scored": Strict("{title}第{no}次计分"),
        "evaluation.objected": "{unit}对评价数据提出异议",
        "evaluation.objection_answered": "答复了{unit}的异议",
        "evaluation.published": Strict("公布了{title}"),
    },
    measures={
        "evaluation.answered_on_time_rate": "yingshang.oversight.evaluation.queries.measured.answered_on_time_rate"
    },
    slots={
        "workbench.cards": "yingshang.oversight.evaluation.slots.to_do",
        "law.unsourced": "yingshang.oversight.evaluation.slots.unsourced",
    },
    menu=[
        MenuLine("营商环境评价", "evaluation:list", MenuGroup.VIEWS, public=True),
        MenuLine("评价工作间", "evaluation:desk", MenuGroup.VIEWS, needs="evaluation.see_working_papers"),
        MenuLine("委托评价", "evaluation:commission", MenuGroup.VIEWS, needs="evaluation.commission"),
    ],
)

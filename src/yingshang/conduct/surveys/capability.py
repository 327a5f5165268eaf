"""The manifest of surveys."""

from yingshang.kernel.registry import Capability, Daily, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="surveys",
    title="问卷调查",
    plan_items=[35],
    mission=("35",),
    actions={
        "surveys.design": "编写问卷",
        "surveys.run": "发放和回收问卷",
        "surveys.sample": "抽样发放问卷",
        "surveys.enter": "录入纸质问卷",
        "surveys.publish": "公布调查结果",
    },
    ledger={
        "surveys.version_published": Strict("发布了问卷{code}第{number}版"),
        "surveys.planned": Strict("封存了调查{code}的抽样方案，摇号第{serial}号"),
        "surveys.dropped": Strict("调查{code}因摇号作废没有发放"),
        "surveys.opened": Strict("开始调查{code}，发放{invited}份"),
        "surveys.codes_replaced": Strict("更换了调查{code}还没有使用的答题码{count}个"),
        "surveys.closed": Strict("截止了调查{code}，收回{answers}份"),
        "surveys.strata_merged": Strict("在调查{code}中把{stratum}并入{into}计算误差"),
        "surveys.results_published": Strict("公布了调查{code}的结果"),
        "surveys.results_withheld": Strict("没有公布调查{code}的结果，收回{answers}份：{reason}"),
    },
    obligations={"surveys.close": "截止问卷调查", "surveys.publish": "公布问卷调查的结果"},
    slots={
        "workbench.cards": "yingshang.conduct.surveys.slots.to_do",
        "law.unsourced": "yingshang.conduct.surveys.slots.unsourced",
    },
    menu=[
        MenuLine("填写问卷", "surveys:answer", MenuGroup.VIEWS, public=True),
        MenuLine("问卷调查结果", "surveys:results", MenuGroup.VIEWS, public=True),
        MenuLine("问卷调查", "surveys:desk", MenuGroup.VIEWS, needs="surveys.run"),
        MenuLine("问卷调查", "surveys:desk", MenuGroup.VIEWS, needs="surveys.enter"),
        MenuLine("问卷调查", "surveys:desk", MenuGroup.VIEWS, needs="surveys.publish"),
    ],
    jobs=[Daily("surveys.close_ended", run="yingshang.conduct.surveys.jobs.close_ended", at="00:05")],
)

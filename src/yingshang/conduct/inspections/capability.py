"""The manifest of inspections."""

from yingshang.kernel.registry import Capability, Strict

CAPABILITY = Capability(
    name="inspections",
    title="双随机抽查",
    plan_items=[4, 5, 13],
    actions={
        "inspections.keep_pool": "管理检查对象名录库",
        "inspections.keep_inspector": "管理执法检查人员名录库",
        "inspections.declare_tie": "申报回避关系",
        "inspections.draft_plan": "拟订抽查计划",
        "inspections.approve_plan": "批准抽查计划",
        "inspections.publish_plan": "公示抽查计划",
        "inspections.draw": "为抽查任务摇号",
        "inspections.ask_permission": "申请行政检查",
        "inspections.decide_permission": "审批行政检查",
    },
    obligations={"inspections.approve_afterwards": "补办紧急检查的批准手续"},
    ledger={
        "inspections.plan_approved": "批准了{unit}{year}年抽查计划第{version}版",
        "inspections.plan_returned": "退回了{unit}{year}年抽查计划第{version}版：{reason}",
        "inspections.plan_published": Strict("公示了{unit}{year}年抽查计划第{version}版"),
        "inspections.permission_asked": "申请了一次{kind}检查",
        "inspections.permission_granted": Strict("批准了一次{kind}检查"),
        "inspections.permission_refused": Strict("没有批准一次{kind}检查"),
        "inspections.target_added": "检查对象{code}进入名录库",
        "inspections.target_removed": "检查对象{code}移出名录库",
        "inspections.target_graded": "检查对象{code}的风险类别定为{grade}类",
        "inspections.target_observed": "检查对象{code}列入包容审慎观察名单",
        "inspections.observation_ended": "检查对象{code}的观察期提前结束",
        "inspections.inspector_added": "执法人员{certificate_no}进入名录库",
        "inspections.inspector_suspended": Strict("执法人员{certificate_no}的执法证被暂扣"),
        "inspections.inspector_restored": "执法人员{certificate_no}的执法证恢复使用",
        "inspections.tie_declared": "申报了一项应当回避的关系",
        "inspections.batch_sealed": "为{unit}的一项抽查任务封存了第{serial}号摇号",
        "inspections.visit_planned": "安排了一次入企检查，检查日期{on}，共{items}个事项",
        "inspections.attempt_stopped": Strict("制止了{unit}的一次检查（{refusal}）"),
    },
    mission=("4a", "4b", "5c", "13h", "13i"),
)

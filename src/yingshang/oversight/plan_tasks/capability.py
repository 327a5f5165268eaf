"""The manifest of plan_tasks."""

from yingshang.kernel.registry import Capability, Daily, MenuLine, Strict

CAPABILITY = Capability(
    name="plan_tasks",
    title="方案任务",
    mission=("main", "main-b"),
    actions={
        "plan_tasks.read_notice": "导入方案",
        "plan_tasks.answer_question": "核对方案",
        "plan_tasks.confirm_reading": "确认方案",
        "plan_tasks.publish_edition": "发布方案",
        "plan_tasks.see_readings": "查看待核对的方案",
        "plan_tasks.name_units": "点名有关单位",
        "plan_tasks.hand_in": "报送应办事项",
        "plan_tasks.see_duties": "查看任务分解到各单位的情况",
        "plan_tasks.see_unit": "查看单位应办事项",
        "plan_tasks.open_delivery": "打开送达的通知",
        "plan_tasks.sign_delivery": "签收通知",
        "plan_tasks.see_deliveries": "查看通知送达和签收情况",
        "plan_tasks.deliver": "补送通知",
    },
    obligations={
        "plan_tasks.file_sub_plan": "报送子方案",
        "plan_tasks.carry_out": "完成任务",
        "plan_tasks.name_units": "点名有关单位",
        "plan_tasks.sign_for": "签收通知",
    },
    ledger={
        "plan_tasks.notice_read": "导入了方案文件，读出{tasks}项任务",
        "plan_tasks.question_answered": "答复了方案的第{question}个待核对问题",
        "plan_tasks.reading_confirmed": "确认了方案的读取结果",
        "plan_tasks.reading_set_aside": "作废了一次方案读取",
        "plan_tasks.edition_published": Strict("发布了方案{plan}第{edition}版"),
        "plan_tasks.edition_delivered": Strict("把方案{plan}第{edition}版送达{units}个单位"),
        "plan_tasks.delivery_opened": "打开了送达的方案{plan}第{edition}版",
        "plan_tasks.delivery_signed": "签收了方案{plan}第{edition}版",
        "plan_tasks.units_named": "点名了第{task}项任务的“{printed}”",
    },
    measures={
        "plan_tasks.fulfilled_rate": "yingshang.oversight.plan_tasks.queries.fulfilled_rate",
        "plan_tasks.signed_on_time_rate": "yingshang.oversight.plan_tasks.queries.signed_on_time_rate",
    },
    slots={
        "home.cards": "yingshang.oversight.plan_tasks.slots.progress",
        "workbench.cards": "yingshang.oversight.plan_tasks.slots.to_do",
        "work.grounds": "yingshang.oversight.plan_tasks.slots.grounds",
    },
    menu=[
        MenuLine("工作方案", "plan_tasks:plans", public=True),
        MenuLine("本单位应办事项", "plan_tasks:own_unit"),
        MenuLine("导入方案", "plan_tasks:readings", needs="plan_tasks.see_readings"),
    ],
    jobs=[Daily("plan_tasks.follow_groups", run="yingshang.oversight.plan_tasks.jobs.follow_groups", at="06:30")],
)

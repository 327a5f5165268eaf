"""The manifest of supervision."""

from yingshang.kernel.registry import Capability, MenuLine, Strict

CAPABILITY = Capability(
    name="supervision",
    title="督办",
    plan_items=[33],
    mission=("33b", "33c", "13i", "R4"),
    actions={
        "supervision.enter_authority": "登记督查授权",
        "supervision.end_authority": "终止督查授权",
        "supervision.see_work": "查看督办工作",
        "supervision.file_report": "反映问题",
        "supervision.settle_report": "确认问题是否解决",
        "supervision.triage_report": "分办群众反映",
        "supervision.answer_report": "办理群众反映",
        "supervision.close_unanswered": "确认无人答复的反映办结",
        "supervision.see_report": "查看群众反映",
    },
    obligations={
        "supervision.triage_report": "分办群众反映",
        "supervision.sign_for_report": "签收群众反映",
        "supervision.settle_report": "办理群众反映",
    },
    ledger={
        "supervision.authority_entered": Strict("登记了督查授权{no}，自{from}起有效"),
        "supervision.authority_ended": Strict("终止了督查授权{no}"),
        "supervision.report_received": "收到了一件群众反映",
        "supervision.report_assigned": "交办了一件群众反映",
        "supervision.report_turned_away": "告知了一件群众反映归哪里办理",
        "supervision.report_signed": "签收了一件群众反映",
        "supervision.report_returned": "退回了一件群众反映",
        "supervision.report_asked_to_close": "对一件群众反映申请办结",
        "supervision.report_reopened": "反映人说没有解决，重新办理",
        "supervision.report_confirmed": "反映人确认问题已解决",
        "supervision.report_closed_unanswered": "办结了一件反映，未经反映人确认",
    },
    menu=[
        MenuLine("反映问题", "supervision:report", public=True),
        MenuLine("群众反映", "supervision:reports"),
        MenuLine("督查授权", "supervision:authority", needs="supervision.see_work"),
    ],
)

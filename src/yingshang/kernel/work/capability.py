"""Dossiers and obligations introduce themselves."""

from yingshang.kernel.registry import Capability, Daily, Every, Strict

CAPABILITY = Capability(
    name="work",
    title="办理与应办事项",
    actions={
        "work.move": "办理一步",
        "work.withdraw_branch": "撤下并联分支",
        "work.give_opinion": "在联合办理中提出意见",
        "work.pause": "停止和恢复计时",
        "work.extend": "延长期限",
        "work.see_dossier": "查看卷宗",
        "work.see_obligation": "查看应办事项",
        "work.fulfill_obligation": "办结应办事项",
        "work.cancel_obligation": "撤销应办事项",
    },
    tells={
        "work.obligation_opened": {"obligation_id": int, "kind": str},
        "work.obligation_fulfilled": {"obligation_id": int, "kind": str},
        "work.obligation_overdue": {"obligation_id": int, "kind": str},
        "work.dossier_moved": {"dossier_id": int, "move": str},
        "work.dossier_closed": {"dossier_id": int, "state": str},
    },
    hears={"clock.recounted": "yingshang.kernel.work.subscribers.strike_if_disproved"},
    ledger={
        "work.dossier_opened": "立卷：{title}",
        "work.moved": "办理了“{title}”",
        "work.opinion_given": "在联合办理中提出了意见",
        "work.clock_changed": "时限变动：{what}",
        "work.obligation_opened": "有一项应办事项立项（{kind}）",
        "work.obligation_fulfilled": "办结了一项应办事项（{kind}）",
        "work.obligation_cancelled": "撤销了一项应办事项（{kind}）",
        "work.went_overdue": "一项应办事项超期，到期日为{due}",
        "work.moves_exported": Strict("{month}的办理动作（{count}条）写成文件，SHA-256为{digest}"),
        "work.overdue_struck": "更正：一项应办事项未超期，原因：{reason}",
    },
    slots={"law.unsourced": "yingshang.kernel.work.slots.unsourced"},
    conditions={
        "all_materials_in": "yingshang.kernel.work.conditions.all_materials_in",
        "no_open_pause": "yingshang.kernel.work.conditions.no_open_pause",
    },
    obligations={
        "work.limit": "办理时限",
        "work.duty": "办理中的应办事项",
        "work.material": "补交材料",
    },
    jobs=[
        Every("work.sweep_overdue", "yingshang.kernel.work.jobs.sweep", seconds=60),
        Daily("work.export_moves", "yingshang.kernel.work.jobs.export_moves", at="02:20"),
    ],
)

"""The manifest of bulletins."""

from yingshang.kernel.registry import Capability, Daily, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="bulletins",
    title="通报简报",
    plan_items=[33],
    mission=("main", "R4"),
    actions={
        "bulletins.edit": "起草通报",
        "bulletins.review": "审核通报",
        "bulletins.issue": "印发通报",
        "bulletins.see_drafts": "查看没有印发的通报",
        "bulletins.see_rows": "查看通报数字背后的明细",
    },
    ledger={
        "bulletins.drafted": "起草了《{title}》",
        "bulletins.edited": "修改了《{title}》",
        "bulletins.taken_again": "为《{title}》重新取数",
        "bulletins.submitted": "把《{title}》送审",
        "bulletins.sent_back": "退回了《{title}》",
        "bulletins.approved": "审核通过了《{title}》",
        "bulletins.issued": Strict("印发了通报{number}"),
    },
    slots={
        "workbench.cards": "yingshang.oversight.bulletins.slots.to_do",
        "law.unsourced": "yingshang.oversight.bulletins.slots.unsourced",
    },
    menu=[
        MenuLine("月度通报", "bulletins:list", MenuGroup.PLAN, public=True),
        MenuLine("起草月度通报", "bulletins:drafts", MenuGroup.PLAN, needs="bulletins.see_drafts"),
    ],
    jobs=[Daily("bulletins.draft_monthly", run="yingshang.oversight.bulletins.jobs.draft_monthly", at="07:10")],
)

"""The manifest of fees."""

from yingshang.kernel.registry import Capability, Daily, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="fees",
    title="涉企收费",
    plan_items=[22],
    actions={
        "fees.charge": "按清单收费",
        "fees.void": "作废没有缴纳的收费",
        "fees.pay": "缴费",
        "fees.adopt": "按对账单补记缴费",
        "fees.refund": "退还多收的费用",
        "fees.check": "核对全县的收费",
        "fees.see_charge": "查看一笔收费",
    },
    obligations={"fees.refund": "退还不该收的费用"},
    tells={
        "fees.paid": {"charge_no": str, "subject": str},
        "fees.refunded": {"charge_no": str, "unit": str},
    },
    conditions={"fees_paid": "yingshang.registers.fees.conditions.fees_paid"},
    ledger={
        "fees.charged": "{unit}按清单第{edition}版收取“{name}”{yuan}元，减免{exempted}元",
        "fees.entered": "{unit}登记了平台外收取的“{name}”{yuan}元",
        "fees.voided": "作废了一笔“{name}”",
        "fees.paid": "{unit}的“{name}”{yuan}元已缴",
        "fees.refund_owed": Strict("{unit}应退还“{name}”{yuan}元（{reason}）"),
        "fees.refunded": Strict("{unit}退还了“{name}”{yuan}元"),
    },
    measures={
        "fees.outside_list": "yingshang.registers.fees.queries.outside_list",
        "fees.refunded_on_time_rate": "yingshang.registers.fees.queries.refunded_on_time_rate",
        "fees.funds_fen": "yingshang.registers.fees.queries.funds_fen",
        "fees.administrative_fen": "yingshang.registers.fees.queries.administrative_fen",
        "fees.deposits_fen": "yingshang.registers.fees.queries.deposits_fen",
        "fees.priced_fen": "yingshang.registers.fees.queries.priced_fen",
    },
    slots={
        "workbench.cards": "yingshang.registers.fees.slots.to_do",
        "home.cards": "yingshang.registers.fees.slots.own",
        "law.unsourced": "yingshang.registers.fees.slots.unsourced",
    },
    jobs=[Daily("fees.find_wrong_charges", run="yingshang.registers.fees.jobs.find_wrong_charges", at="03:20")],
    menu=[
        MenuLine("收费清单", "fees:rows", MenuGroup.SERVICES, public=True),
        MenuLine("收费和退费", "fees:desk", MenuGroup.SERVICES, needs="fees.charge"),
        MenuLine("全县收费核对", "fees:desk", MenuGroup.SERVICES, needs="fees.check"),
    ],
    mission=("22b", "22f"),
)

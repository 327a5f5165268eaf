"""The manifest of credentials."""

from yingshang.kernel.registry import Capability, Daily, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="credentials",
    title="电子证照",
    plan_items=[11],
    mission=("11f",),
    actions={
        "credentials.issue": "颁发证照",
        "credentials.renew": "延续证照",
        "credentials.replace": "换发、补发证照",
        "credentials.revoke": "撤销证照",
        "credentials.cancel": "注销证照",
        "credentials.propose_template": "提请启用证照模板",
        "credentials.release_template": "启用证照模板",
        "credentials.see_issued": "查看本单位颁发的证照",
        "credentials.see_own": "查看自己的证照",
    },
    obligations={"credentials.apply_for_renewal": "申请延续证照"},
    tells={
        "credentials.issued": {"credential_id": str, "kind": str, "way": str},
        "credentials.ended": {"credential_id": str, "kind": str, "state": str},
    },
    ledger={
        "credentials.issued": Strict("颁发了{title}第{version}版"),
        "credentials.renewed": Strict("延续了{title}，颁发第{version}版"),
        "credentials.replaced": Strict("换发了{title}，颁发第{version}版"),
        "credentials.revoked": Strict("撤销了{title}"),
        "credentials.cancelled": Strict("注销了{title}"),
        "credentials.template_proposed": "提请启用{title}的证照模板",
        "credentials.template_released": Strict("启用了{title}的证照模板"),
        "credentials.reminded": "提醒持证人{title}快要到期",
    },
    measures={
        "credentials.issued": "yingshang.registers.credentials.queries.measured.issued",
        "credentials.taken_away": "yingshang.registers.credentials.queries.measured.taken_away",
        "credentials.electronic_kinds_rate": "yingshang.registers.credentials.queries.measured.electronic_kinds_rate",
        "credentials.renewed_on_time_rate": "yingshang.registers.credentials.queries.measured.renewed_on_time_rate",
    },
    slots={
        "home.cards": "yingshang.registers.credentials.slots.mine",
        "workbench.cards": "yingshang.registers.credentials.slots.to_release",
        "law.unsourced": "yingshang.registers.credentials.slots.unsourced",
    },
    menu=[
        MenuLine("核验证照", "credentials:verify", MenuGroup.SERVICES, public=True),
        MenuLine("颁发的证照", "credentials:issued", MenuGroup.SERVICES, needs="credentials.see_issued"),
    ],
    jobs=[Daily("credentials.follow_ends", run="yingshang.registers.credentials.jobs.follow_ends", at="06:20")],
)

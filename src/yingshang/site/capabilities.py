"""What is installed. Adding a capability adds one line here."""

KERNEL: list[str] = [
    "yingshang.kernel.org",
    "yingshang.kernel.parties",
    "yingshang.kernel.audience",
    "yingshang.kernel.ledger",
    "yingshang.kernel.events",
    "yingshang.kernel.clock",
    "yingshang.kernel.search",
    "yingshang.kernel.lists",
    "yingshang.kernel.documents",
    "yingshang.kernel.procedures",
    "yingshang.kernel.work",
    "yingshang.kernel.measures",
    "yingshang.kernel.disclosure",
    "yingshang.kernel.draws",
    "yingshang.kernel.web",
    "yingshang.kernel.forms",
    "yingshang.kernel.administration",
]

CAPABILITIES: list[str] = [
    "yingshang.registers.profiles",
    "yingshang.registers.fees",
    "yingshang.registers.credentials",
    "yingshang.registers.catalogue",
    "yingshang.casework.cases",
    "yingshang.conduct.inspections",
    "yingshang.channels.portal",
    "yingshang.conduct.surveys",
    "yingshang.oversight.plan_tasks",
    "yingshang.oversight.supervision",
    "yingshang.oversight.dashboards",
    "yingshang.oversight.bulletins",
    "yingshang.oversight.evaluation",
]

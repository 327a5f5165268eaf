"""What is installed. Adding a capability adds one line here."""

KERNEL: list[str] = []

CAPABILITIES: list[str] = [
    "yingshang.oversight.plan_tasks",
]

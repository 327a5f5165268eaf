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
    },
    ledger={
        "supervision.authority_entered": Strict("登记了督查授权{no}，自{from}起有效"),
        "supervision.authority_ended": Strict("终止了督查授权{no}"),
    },
    menu=[
        MenuLine("督查授权", "supervision:authority", needs="supervision.see_work"),
    ],
)

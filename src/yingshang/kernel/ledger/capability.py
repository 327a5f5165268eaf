"""The tamper-evident ledger (存证账本): one hash tree per county that outsiders can check."""

from yingshang.kernel.registry import Capability, Every, MenuGroup, MenuLine, Strict

CAPABILITY = Capability(
    name="ledger",
    title="存证账本",
    ledger={"ledger.commitment_closed": Strict("依法删除了一项非公开内容的密钥，此后只能证明它存在过")},
    menu=[MenuLine("存证账本", "ledger:index", MenuGroup.RULES, public=True)],
    jobs=[
        Every("ledger.sequence", "yingshang.kernel.ledger.jobs.number_waiting", seconds=5),
        Every("ledger.checkpoint", "yingshang.kernel.ledger.jobs.sign_checkpoint", seconds=60),
    ],
)

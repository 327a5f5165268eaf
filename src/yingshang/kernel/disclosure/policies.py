"""Who may publish and withdraw."""

from __future__ import annotations

from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@policy("disclosure.publish", zh="以其名义公开的单位中有公示岗位的人员（谁执法谁公示）。")
def may_publish(actor: Actor, unit: org.Unit) -> Refusal | None:
    """A publisher of the unit in whose name it goes public (谁执法谁公示)."""
    return _publisher_of(actor, unit, "disclosure.publish")


@policy("disclosure.withdraw", zh="原公开单位中有公示岗位的人员。")
def may_withdraw(actor: Actor, unit: org.Unit) -> Refusal | None:
    """A publisher of the unit that published it."""
    return _publisher_of(actor, unit, "disclosure.withdraw")


def _publisher_of(actor: Actor, unit: org.Unit, action: str) -> Refusal | None:
    if actor.unit != unit.code:
        return Refusal(
            "disclosure.not_publishing_unit",
            f"这项内容由{unit.short_name}公开和撤回。",
            f"请联系{unit.short_name}。",
            source="国办发〔2018〕118号“谁执法谁公示”",
        )
    if not actor.holds(action):
        return Refusal("disclosure.no_publishing_post", "您没有公示岗位。", "请由本单位公示岗人员办理。")
    return None

"""Taking hold of a bulletin in the state that a deed asks for."""

from __future__ import annotations

from yingshang.kernel.errors import NotFound, Refusal
from yingshang.oversight.bulletins.models import Bulletin


def locked(bulletin_id: int) -> Bulletin:
    """Return a bulletin, locked. Raises NotFound."""
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("unit", "taking", "corrects")
    found = rows.filter(pk=bulletin_id).first()
    if found is None:
        raise NotFound("这份通报")
    return found


def must_be(bulletin: Bulletin, state: Bulletin.State) -> None:
    """Raise Refusal ``bulletins.not_now`` unless the bulletin is in a state."""
    if bulletin.state != state:
        raise Refusal(
            "bulletins.not_now",
            f"《{bulletin.title}》现在是“{bulletin.get_state_display()}”，这一步要在“{state.label}”时办理。",
            "请刷新页面查看最新情况；已经印发的，请办理更正。",
        )

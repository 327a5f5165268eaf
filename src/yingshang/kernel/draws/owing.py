"""What the unit of a draw owes: to finish it, and to publish the result. Supervision sees both."""

from __future__ import annotations

from datetime import date, datetime

from yingshang.kernel import org, work
from yingshang.kernel.draws.models import Draw
from yingshang.kernel.parties import SYSTEM, Actor

FINISH, REVEAL = "draws.finish", "draws.reveal"
FINISH_LIMIT, REVEAL_LIMIT = "DRAW.FINISH", "DRAW.REVEAL"


def owe_finish(draw: Draw, *, unit: org.Unit, by: Actor, at: datetime) -> None:
    """Open the duty to draw, or to void with a reason, by the limit ``DRAW.FINISH``."""
    title = f"完成第{draw.serial}号摇号：{draw.title}"
    work.owe(kind=FINISH, title=title, unit=unit, origin=origin_of(draw), limit=FINISH_LIMIT, by=by, at=at)


def owe_reveal(draw: Draw, *, reveal_by: date | None, by: Actor, at: datetime) -> None:
    """Open the duty to publish by a day, or by the limit ``DRAW.REVEAL``."""
    work.owe(
        kind=REVEAL,
        title=f"公布第{draw.serial}号摇号的方案和结果：{draw.title}",
        unit=draw.unit,
        origin=origin_of(draw),
        limit=None if reveal_by else REVEAL_LIMIT,
        due_date=reveal_by,
        by=by,
        at=at,
    )


def close(draw: Draw, *, at: datetime, evidence: str, cancelled: bool = False) -> None:
    """Close every open duty of a draw: fulfilled, or taken back with the reason that makes it void."""
    open_ones = work.Obligation.objects.filter(origin=origin_of(draw), state=work.Obligation.State.OPEN)
    for duty in open_ones.order_by("pk").values_list("pk", flat=True):
        if cancelled:
            work.cancel(obligation_id=duty, by=SYSTEM, at=at, reason=evidence)
        else:
            work.fulfill(obligation_id=duty, by=SYSTEM, at=at, evidence=evidence)


def origin_of(draw: Draw) -> str:
    """Return the origin that duties of a draw bear."""
    return f"draw:{draw.serial}"

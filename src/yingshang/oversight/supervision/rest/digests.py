"""The digest of the day and the matters under supervision over the API."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import Digest
from yingshang.oversight.supervision.queries.chases import WORST_FIRST
from yingshang.oversight.supervision.rest.routing import router
from yingshang.oversight.supervision.rest.schemas import (
    DigestItemOut,
    SupervisionDigestOut,
    SupervisionLetterOut,
    SupervisionMatterOut,
    SupervisionPostponeIn,
    SupervisionReasonIn,
    digest_out,
    item_out,
    letter_out,
    matter_out,
)


@router.get("/digests/latest", response=rest.answers(SupervisionDigestOut), summary="最近的督办清单")
def latest_digest(request: rest.ActorRequest) -> Any:
    """Show the latest digest."""
    access.permit(request.actor, "supervision.see_work")
    digest = queries.digest_seen()
    if digest is None:
        raise NotFound("督办清单")
    return _drawn(digest)


@router.post("/digests", response=rest.answers(SupervisionDigestOut, status=201), summary="生成今天的督办清单")
def make_digest(request: rest.ActorRequest) -> Any:
    """Make today's digest, or answer the one that is there."""
    made = operations.sweep_and_make(on=clock.today(), by=request.actor, at=clock.now())
    return rest.Status(201, _drawn(made))


@router.post("/digests/{digest_id}/confirm", response=rest.answers(list[SupervisionLetterOut]), summary="确认督办清单")
def confirm_digest(request: rest.ActorRequest, digest_id: rest.Id) -> Any:
    """Confirm a digest: its letters are issued, or wait for their approval."""
    letters = operations.confirm_digest(digest_id=digest_id, by=request.actor, at=clock.now())
    return [letter_out(row) for row in queries.letter_rows(letters, clock.today())]


@router.post("/digests/items/{item_id}/take-out", response=rest.answers(DigestItemOut), summary="移出督办清单")
def take_out(request: rest.ActorRequest, item_id: rest.Id, body: SupervisionReasonIn) -> Any:
    """Take a line out."""
    return item_out(operations.take_out(item_id=item_id, reason=body.reason, by=request.actor, at=clock.now()))


@router.post("/digests/items/{item_id}/postpone", response=rest.answers(DigestItemOut), summary="暂缓督办")
def postpone(request: rest.ActorRequest, item_id: rest.Id, body: SupervisionPostponeIn) -> Any:
    """Put a line off."""
    return item_out(
        operations.postpone(item_id=item_id, until=body.until, reason=body.reason, by=request.actor, at=clock.now())
    )


@router.post("/digests/items/{item_id}/put-back", response=rest.answers(DigestItemOut), summary="放回督办清单")
def put_back(request: rest.ActorRequest, item_id: rest.Id) -> Any:
    """Put a line back."""
    return item_out(operations.put_back(item_id=item_id, by=request.actor, at=clock.now()))


@router.get("/matters", response=rest.answers(rest.PageOf[SupervisionMatterOut]), summary="督办事项")
def matters(request: rest.ActorRequest, unit: rest.Code = "", after: rest.Mark = "") -> Any:
    """List the open supervisions, the worst first."""
    access.permit(request.actor, "supervision.see_work")
    page = page_after(queries.chases(unit=unit), after, order=WORST_FIRST)
    return rest.page_of(page, matter_out)


def _drawn(digest: Digest) -> dict[str, Any]:
    items = list(digest.items.select_related("unit", "obligation").order_by("order"))
    return digest_out(digest, queries.carried_over(digest), items)

"""What follows a finding, until nothing is left."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from yingshang.conduct.inspections.models import FollowUp, Visit
from yingshang.kernel import access, documents, ledger, work
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor


@transaction.atomic
def report_rectified(
    *, follow_up_id: int, stream: BinaryIO, name: str, media_type: str, by: Actor, at: datetime
) -> FollowUp:
    """Keep what the enterprise sends in to show that it has put things right; the lead unit looks and decides.

    by: acts for the enterprise that owes it. Raises NotFound (also for somebody
    else's), Refusal ``inspections.followed_up`` and what ``documents.keep`` refuses.
    Records ``inspections.rectification_reported``.
    """
    follow_up = _locked(follow_up_id)
    party = follow_up.obligation.party
    if party is None or by.party != str(party.public_id):
        raise NotFound("这项后续处理")
    _refuse_done(follow_up)
    documents.keep(
        stream,
        name=name,
        media_type=media_type,
        subject=f"inspections.follow_up:{follow_up.pk}",
        audience=Audience(unit=follow_up.visit.lead_unit.code, party=by.party),
        by=by,
        at=at,
    )
    subject = follow_up.visit.in_ledger
    ledger.record("inspections.rectification_reported", subject=subject, by=by, at=at, facts={})
    return follow_up


@transaction.atomic
def finish_follow_up(*, follow_up_id: int, evidence: str, by: Actor, at: datetime) -> FollowUp:
    """Settle one follow-up with what shows it; the last one of a published visit closes the visit. Return it.

    evidence: what was seen on checking again, the number of the decision, or to
    whom it was handed over. Raises NotFound, whatever the policy refuses,
    Refusal ``inspections.reason_missing`` and ``inspections.followed_up``.
    Records ``inspections.follow_up_finished``.
    """
    follow_up = _locked(follow_up_id)
    access.permit(by, "inspections.finish_follow_up", follow_up)
    if not evidence.strip():
        raise Refusal("inspections.reason_missing", "办结要写明依据。", "请写明复查情况、决定文号或者移送给谁。")
    _refuse_done(follow_up)
    # The one who owes a rectification does not confirm it; the lead unit, permitted above, does.
    work.fulfill(obligation_id=follow_up.obligation_id, by=SYSTEM, at=at, evidence=evidence.strip())
    subject = follow_up.visit.in_ledger
    ledger.record("inspections.follow_up_finished", subject=subject, by=by, at=at, facts={"follow": follow_up.follow})
    close_when_done(Visit.objects.select_for_update().get(pk=follow_up.visit_id))
    return follow_up


def close_when_done(visit: Visit) -> None:
    """Close a published visit of which nothing is left to follow. The visit is locked by the caller."""
    left = visit.follow_ups.filter(obligation__state=work.Obligation.State.OPEN)
    if visit.state == Visit.State.PUBLISHED and not left.exists():
        visit.state = Visit.State.CLOSED
        visit.save(update_fields=["state"])


def _locked(follow_up_id: int) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",))
    rows = rows.select_related("obligation__party", "visit__lead_unit")
    follow_up = rows.filter(pk=follow_up_id).first()
    if follow_up is None:
        raise NotFound("这项后续处理")
    return follow_up


def _refuse_done(follow_up: FollowUp) -> None:
    if follow_up.obligation.state != work.Obligation.State.OPEN:
        raise Refusal(
            "inspections.followed_up", f"“{follow_up.words}”已经办结。", "不需要再办理。请刷新页面查看最新情况。"
        )

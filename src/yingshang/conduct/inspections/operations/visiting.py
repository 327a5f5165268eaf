"""At the door: the scan that begins a visit, and what stops one."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Inspector, Scan, Visit
from yingshang.conduct.inspections.operations.scheduling import certificate_of, keep_attempt
from yingshang.conduct.inspections.rules import stops
from yingshang.kernel import access, clock, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


def start_visit(
    *,
    public_id: UUID,
    code: str,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    by: Actor,
    at: datetime,
) -> Visit:
    """Scan the enterprise's code and begin the visit; return it.

    code: what was read from the code at the door, or the credit code typed
    in. Everything that was checked when the visit was planned is checked again
    today. Raises NotFound, whatever the policy refuses, and Refusal of the
    first hard stop, which is kept on record as well; a visit that has begun is
    returned as it is. Records ``inspections.visit_started`` (strict).
    """
    try:
        return _started(public_id, code, latitude, longitude, by, at)
    except Refusal as refused:
        visit = queries.visit_with(public_id)
        if access.may(by, "inspections.inspect", visit) is None:
            keep_attempt(target=visit.target, unit=visit.lead_unit, refusal=refused, visit=visit, by=by, at=at)
        raise


@transaction.atomic
def stop_visit(*, public_id: UUID, reason: str, by: Actor, at: datetime) -> Visit:
    """Stop a visit that has not been recorded, with the reason; the cap gets it back. Return it.

    Raises NotFound, whatever the policy refuses, Refusal
    ``inspections.reason_missing`` and ``inspections.visit_over``. Records
    ``inspections.visit_stopped`` (strict).
    """
    visit = queries.visit_with(public_id, lock=True)
    access.permit(by, "inspections.stop", visit)
    if not reason.strip():
        raise Refusal("inspections.reason_missing", "中止检查要写明理由。", "请填写理由。")
    if visit.state not in (Visit.State.PLANNED, Visit.State.STARTED):
        raise Refusal(
            "inspections.visit_over",
            f"这次检查现在是“{visit.get_state_display()}”，不能中止。",
            "请刷新页面查看最新情况。",
        )
    visit.state = Visit.State.STOPPED
    visit.save(update_fields=["state"])
    facts = {"unit": visit.lead_unit.code}
    ledger.record("inspections.visit_stopped", subject=visit.in_ledger, by=by, at=at, facts=facts)
    stopped = Refusal("inspections.stopped_by_a_person", reason.strip(), "")
    keep_attempt(target=visit.target, unit=visit.lead_unit, refusal=stopped, visit=visit, by=by, at=at)
    return visit


@transaction.atomic
def _started(
    public_id: UUID, code: str, latitude: Decimal | None, longitude: Decimal | None, by: Actor, at: datetime
) -> Visit:
    visit = queries.visit_with(public_id, lock=True)
    access.permit(by, "inspections.inspect", visit)
    if visit.state == Visit.State.STARTED:
        return visit
    if visit.state != Visit.State.PLANNED:
        raise Refusal(
            "inspections.visit_over", f"这次检查现在是“{visit.get_state_display()}”。", "请刷新页面查看最新情况。"
        )
    inspector = _check_again(visit, code, by, at)
    Scan.objects.create(visit=visit, inspector=inspector, code=code[:80], at=at, latitude=latitude, longitude=longitude)
    visit.state, visit.started_at = Visit.State.STARTED, at
    visit.save(update_fields=["state", "started_at"])
    facts = {"unit": visit.lead_unit.code, "code": visit.target.code}
    ledger.record("inspections.visit_started", subject=visit.in_ledger, by=by, at=at, facts=facts)
    return visit


def _check_again(visit: Visit, code: str, by: Actor, at: datetime) -> Inspector:
    """Return the inspector who scans; raise the first hard stop that stands in the way today."""
    today = clock.beijing_date(at)
    crew = queries.crew_of(visit)
    items = list(visit.items.values_list("item_code", flat=True))
    permission = visit.permission
    refused = (
        stops.scanned(bool(code.strip()))
        or stops.right_door(code, visit.target.code)
        or stops.on_its_days(today, visit.planned_on, visit.planned_to)
        or stops.items_published(items, frozenset(queries.published_items(today)))
        or stops.approved(
            visit.kind, permission.state if permission else "", bool(permission and permission.is_emergency)
        )
        or stops.crew_complete([certificate_of(each.inspector) for each in crew], queries.crew_least_on(today), today)
        or stops.nobody_tied([each.inspector.certificate_no for each in crew], queries.tied_to(visit.target, today))
    )
    if refused is not None:
        raise refused
    return next(
        each.inspector for each in crew if each.inspector.person and each.inspector.person.pseudonym == by.person
    )

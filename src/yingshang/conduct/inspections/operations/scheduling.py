"""Put a visit on the calendar, after every check that can be made before the door."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import (
    Batch,
    Crew,
    Inspector,
    Permission,
    Stop,
    Target,
    Visit,
    VisitItem,
)
from yingshang.conduct.inspections.rules import stops
from yingshang.kernel import ledger, lists, org
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import Actor

BEYOND_THE_CAP = frozenset(
    {Permission.Cause.COMPLAINT, Permission.Cause.CLUE, Permission.Cause.TRANSFER, Permission.Cause.ABOVE}
)
"""Causes of a permission that the cap does not hold back (国办发〔2024〕54号)."""


def plan_visit(
    *,
    kind: str,
    target: Target,
    items: Sequence[str],
    lead_unit: org.Unit,
    crew: Sequence[tuple[Inspector, str]],
    planned_on: date,
    planned_to: date | None = None,
    batch: Batch | None = None,
    permission: Permission | None = None,
    by: Actor,
    at: datetime,
) -> Visit:
    """Plan a visit for the items with this crew and return it.

    kind, role in ``crew``: values of ``Visit.Kind`` and ``Crew.Role``. items:
    codes of the published list. planned_to: the last day it may be paid;
    ``planned_on`` if None. Raises the Refusal of the first hard stop that
    stands in the way; the attempt itself is kept as a Stop with its entry
    ``inspections.attempt_stopped``; and what ``refuse_planned`` raises. Records
    ``inspections.visit_planned``.
    Asks no policy: the caller's deed has been permitted.
    """
    refused = _hard_stop(kind, target, items, lead_unit, [each for each, _ in crew], planned_on, permission)
    if refused is not None:
        keep_attempt(target=target, unit=lead_unit, refusal=refused, visit=None, by=by, at=at)
        raise refused
    with transaction.atomic():
        # One enterprise, one planner at a time: two who plan at once cannot both take the last visit under the cap.
        Target.objects.select_for_update().get(pk=target.pk)
        refuse_planned(target, batch, permission)
        refused = _hard_stop(kind, target, items, lead_unit, [each for each, _ in crew], planned_on, permission)
        if refused is None:
            days = (planned_on, planned_to or planned_on)
            return _planned(kind, target, items, lead_unit, crew, days, batch, permission, by, at)
    keep_attempt(target=target, unit=lead_unit, refusal=refused, visit=None, by=by, at=at)
    raise refused


def refuse_planned(target: Target, batch: Batch | None, permission: Permission | None) -> None:
    """Raise Refusal ``inspections.arranged_already`` while a permission has its visit, Stale when a batch has it."""
    if permission is not None and permission.visits.exclude(state=Visit.State.STOPPED).exists():
        raise Refusal(
            "inspections.arranged_already",
            "这份审批的检查已经安排。一份审批只检查一次。",
            "需要再查的，重新申请；需要改期的，先中止原来的检查。",
        )
    if batch is not None and batch.visits.filter(target=target).exists():
        raise Stale("这家企业的检查刚才已经有人安排。")


@transaction.atomic
def keep_attempt(
    *, target: Target, unit: org.Unit, refusal: Refusal, visit: Visit | None, by: Actor, at: datetime
) -> Stop:
    """Keep on record that an inspection was attempted and stopped, by which rule.

    Call it outside the transaction of the deed, which a refusal rolls back.
    Records ``inspections.attempt_stopped``.
    """
    stop = Stop.objects.create(
        visit=visit,
        target=target,
        unit=unit,
        refusal=refusal.code,
        reason=refusal.reason[:400],
        source=(refusal.source or "")[:200],
        by=by.person,
        at=at,
    )
    facts = {"unit": unit.code, "refusal": refusal.code}
    ledger.record("inspections.attempt_stopped", subject=f"inspections.stop:{stop.pk}", by=by, at=at, facts=facts)
    return stop


def _hard_stop(
    kind: str,
    target: Target,
    items: Sequence[str],
    lead_unit: org.Unit,
    crew: Sequence[Inspector],
    on: date,
    permission: Permission | None,
) -> Refusal | None:
    published = queries.published_items(on)
    tied = queries.tied_to(target, on)
    certificates = [certificate_of(each) for each in crew]
    refused = (
        stops.items_published(items, frozenset(published))
        or stops.approved(kind, permission.state if permission else "", bool(permission and permission.is_emergency))
        or stops.crew_complete(certificates, queries.crew_least_on(on), on)
        or stops.nobody_tied([each.certificate_no for each in crew], tied)
    )
    if refused is not None or not counts_toward_cap(permission):
        return refused
    for unit in _units_of(items, published, lead_unit):
        refused = stops.room_under_cap(
            queries.paid_visits(target, unit, on.year), queries.cap_on(unit, on), unit.short_name, on.year
        )
        if refused is not None:
            return refused
    return None


def certificate_of(inspector: Inspector) -> stops.Certificate:
    """Return what decides whether an inspector may go."""
    return stops.Certificate(
        inspector.certificate_no,
        inspector.name,
        inspector.unit.code,
        inspector.valid_from,
        inspector.valid_to,
        inspector.suspended_on,
    )


def counts_toward_cap(permission: Permission | None) -> bool:
    """Return whether a visit uses up the yearly cap: not when a complaint, a clue or an order from above brought it."""
    return permission is None or permission.cause not in BEYOND_THE_CAP


def _units_of(items: Sequence[str], published: dict[str, lists.Row], lead_unit: org.Unit) -> list[org.Unit]:
    codes = {published[code].values["unit"] for code in items}
    return list(org.Unit.objects.filter(code__in=codes | {lead_unit.code}).order_by("code"))


def _planned(
    kind: str,
    target: Target,
    items: Sequence[str],
    lead_unit: org.Unit,
    crew: Sequence[tuple[Inspector, str]],
    days: tuple[date, date],
    batch: Batch | None,
    permission: Permission | None,
    by: Actor,
    at: datetime,
) -> Visit:
    planned_on, planned_to = days
    visit = Visit.objects.create(
        public_id=uuid.uuid4(),
        kind=kind,
        target=target,
        lead_unit=lead_unit,
        batch=batch,
        permission=permission,
        planned_on=planned_on,
        planned_to=planned_to,
        counts_toward_cap=counts_toward_cap(permission),
    )
    units = {unit.code: unit for unit in org.Unit.objects.all()}
    cited = [lists.cite(queries.ITEM_LIST, code, planned_on) for code in items]
    VisitItem.objects.bulk_create(
        VisitItem(
            visit=visit,
            unit=units[each.values["unit"]],
            item_code=each.key,
            title=each.values["name"],
            basis=each.values["basis"],
            citation={"edition": each.edition, "source": each.source, "digest": each.digest},
            counts_toward_cap=visit.counts_toward_cap,
        )
        for each in cited
    )
    Crew.objects.bulk_create(Crew(visit=visit, inspector=inspector, role=role) for inspector, role in crew)
    ledger.record(
        "inspections.visit_planned",
        subject=visit.in_ledger,
        by=by,
        at=at,
        facts={"unit": lead_unit.code, "items": len(cited), "on": planned_on.isoformat()},
    )
    return visit

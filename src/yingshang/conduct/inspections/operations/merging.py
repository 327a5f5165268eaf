"""Several planned visits to one enterprise become one: one door, one crew, one sheet (进一次门、查多项事)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Crew, Target, Visit, VisitItem
from yingshang.conduct.inspections.operations.scheduling import certificate_of
from yingshang.conduct.inspections.rules import merging, stops
from yingshang.kernel import access, ledger
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def merge_visits(*, visit_ids: Sequence[int], lead_unit: str, planned_on: date, by: Actor, at: datetime) -> Visit:
    """Merge planned visits to one enterprise into one that a unit among theirs leads, and return it.

    The visit of the lead unit stays; the others say that they went into it,
    and keep their own items, crew and ground on record. The one visit has all
    items and both crews, whose other leads go as companions, and may be paid
    from ``planned_on`` to the last day that all of them share. Each item counts
    toward the cap of its own unit as before, once.

    lead_unit: code. Raises NotFound, whatever the policy refuses, Refusal
    ``inspections.nothing_to_merge``, ``inspections.merge_one_enterprise``,
    ``inspections.merge_no_shared_day``, ``inspections.merge_outside_days``,
    ``inspections.visit_over``, ``inspections.merge_needs_a_leader``, and of the
    first hard stop that the joined crew or the day meets. Records
    ``inspections.visits_merged`` (strict).
    """
    visits = _locked(visit_ids)
    access.permit(by, "inspections.merge_visits", visits)
    spans = [queries.span_of(each) for each in visits]
    refused = merging.can_merge(spans, planned_on)
    if refused is not None:
        raise refused
    over = next((each for each in visits if each.state != Visit.State.PLANNED), None)
    if over is not None:
        raise Refusal(
            "inspections.visit_over", f"其中一次检查现在是“{over.get_state_display()}”。", "请刷新页面查看最新情况。"
        )
    kept = next((each for each in visits if each.lead_unit.code == lead_unit), None)
    if kept is None:
        raise Refusal(
            "inspections.merge_needs_a_leader", "牵头单位不是这几次检查的单位。", "请从参加检查的单位里选一个牵头。"
        )
    others = [each for each in visits if each.pk != kept.pk]
    _join_crews(kept, others)
    _join_items(kept, others)
    _refuse_hard_stops(kept, visits, planned_on)
    days = merging.shared_days(spans)
    kept.planned_on, kept.planned_to = planned_on, days[1] if days else planned_on
    kept.counts_toward_cap = any(each.counts_toward_cap for each in visits)
    kept.save(update_fields=["planned_on", "planned_to", "counts_toward_cap"])
    for each in others:
        each.state, each.merged_into = Visit.State.MERGED, kept
        each.save(update_fields=["state", "merged_into"])
    facts = {
        "unit": kept.lead_unit.code,
        "count": len(visits),
        "on": planned_on.isoformat(),
        "visits": [each.in_ledger for each in visits],
    }
    ledger.record("inspections.visits_merged", subject=kept.in_ledger, by=by, at=at, facts=facts)
    return kept


def _locked(visit_ids: Sequence[int]) -> list[Visit]:
    targets = Visit.objects.filter(pk__in=visit_ids).values("target")
    # The enterprise first, as whoever plans a visit does.
    list(Target.objects.select_for_update().filter(pk__in=targets).order_by("pk"))
    rows = Visit.objects.select_for_update(of=("self",)).select_related("lead_unit", "target", "permission")
    visits = list(rows.filter(pk__in=visit_ids).order_by("pk"))
    if len(visits) != len(set(visit_ids)):
        raise NotFound("其中一次检查")
    return visits


def _join_items(kept: Visit, others: Sequence[Visit]) -> None:
    known = set(kept.items.values_list("item_code", flat=True))
    for item in VisitItem.objects.filter(visit__in=others).order_by("visit", "pk"):
        if item.item_code not in known:
            known.add(item.item_code)
            item.pk, item.visit = None, kept
            item._state.adding = True
            item.save()


def _join_crews(kept: Visit, others: Sequence[Visit]) -> None:
    known = set(kept.crew.values_list("inspector", flat=True))
    for member in Crew.objects.filter(visit__in=others, replaced_by=None).order_by("visit", "pk"):
        if member.inspector_id not in known:
            known.add(member.inspector_id)
            Crew.objects.create(visit=kept, inspector_id=member.inspector_id, role=Crew.Role.COMPANION)


def _refuse_hard_stops(kept: Visit, visits: Sequence[Visit], on: date) -> None:
    crew = [each.inspector for each in queries.crew_of(kept)]
    codes = list(kept.items.values_list("item_code", flat=True))
    refused = (
        stops.items_published(codes, frozenset(queries.published_items(on)))
        or next(filter(None, map(_not_approved, visits)), None)
        or stops.crew_complete([certificate_of(each) for each in crew], queries.crew_least_on(on), on)
        or stops.nobody_tied([each.certificate_no for each in crew], queries.tied_to(kept.target, on))
    )
    if refused is not None:
        raise refused


def _not_approved(visit: Visit) -> Refusal | None:
    given = visit.permission
    return stops.approved(visit.kind, given.state if given else "", bool(given and given.is_emergency))

"""Planned visits that could be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch

from yingshang.conduct.inspections.models import Visit, VisitItem
from yingshang.conduct.inspections.rules import merging


@dataclass(frozen=True)
class Proposal:
    """Visits to one enterprise that could be one, with the days they share."""

    visits: list[Visit]
    first: date
    last: date

    @property
    def target(self) -> str:
        """The name of the enterprise."""
        return self.visits[0].target.name

    @property
    def units(self) -> str:
        """The short names of the units, each once."""
        return "、".join(dict.fromkeys(each.lead_unit.short_name for each in self.visits))

    @property
    def items(self) -> str:
        """The titles of all items, each once."""
        return "、".join(dict.fromkeys(item.title for each in self.visits for item in each.items.all()))

    @property
    def ids(self) -> list[int]:
        """The ids of the visits."""
        return [each.pk for each in self.visits]


def span_of(visit: Visit) -> merging.Span:
    """Return what decides whether a visit can be merged. ``lead_unit`` must be at hand."""
    return merging.Span(visit.pk, visit.target_id, visit.lead_unit.code, visit.planned_on, visit.planned_to)


def proposals_on(day: date, *, unit: str = "") -> list[Proposal]:
    """Return what could be merged from a day on, those of one unit only if named. Queries: 2."""
    items = Prefetch("items", VisitItem.objects.select_related("unit").order_by("item_code"))
    planned = Visit.objects.filter(state=Visit.State.PLANNED, planned_to__gte=day)
    several = planned.values("target").annotate(number=Count("pk")).filter(number__gt=1)
    rows = planned.filter(target__in=several.values("target"))
    visits = {each.pk: each for each in rows.select_related("target", "lead_unit").prefetch_related(items)}
    spans = [
        merging.Span(each.pk, each.target_id, each.lead_unit.code, max(each.planned_on, day), each.planned_to)
        for each in visits.values()
    ]
    found = []
    for group in merging.mergeable(spans):
        days = merging.shared_days(group)
        if days is not None and (not unit or unit in {span.unit for span in group}):
            found.append(Proposal([visits[span.visit] for span in group], *days))
    return found

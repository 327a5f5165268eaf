"""Whose visits, on which days."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from yingshang.conduct.inspections.models import Crew, FollowUp, Rating, ResultCode, Target, Visit, VisitItem
from yingshang.conduct.inspections.queries.settled import in_force
from yingshang.kernel.parties import Actor

SEEN_AT_THE_DOOR = [Visit.State.STARTED, Visit.State.RECORDED, Visit.State.PUBLISHED, Visit.State.CLOSED]


def visits_of_inspector(actor: Actor, day: date) -> QuerySet[Visit]:
    """Return what this person still has to inspect or record, today's first: by day, township, address. Queries: 3."""
    mine = Crew.objects.filter(inspector__person__pseudonym=actor.person, replaced_by=None)
    rows = Visit.objects.filter(crew__in=mine, state__in=[Visit.State.PLANNED, Visit.State.STARTED])
    rows = rows.filter(Q(planned_to__gte=day) | Q(state=Visit.State.STARTED)).select_related("target", "lead_unit")
    return _whole(rows).order_by("planned_on", "target__township__code", "target__address", "pk")


def visits_of_unit(unit: str) -> QuerySet[Visit]:
    """Return the visits in which a unit takes part, the newest first; for a keyset page. Queries: 3."""
    rows = Visit.objects.filter(Q(lead_unit__code=unit) | Q(items__unit__code=unit)).distinct()
    return _whole(rows.select_related("target", "lead_unit")).order_by("-planned_on", "-pk")


def visits_seen_by(target: Target, *, to_the_public: bool) -> QuerySet[Visit]:
    """Return the visits that an enterprise had with their results, the newest first. Queries: 4.

    Before the scan a visit is known to its inspectors and their unit only;
    until it is published the public sees that somebody came, not what was found.
    """
    rows = target.visits.filter(Q(state__in=SEEN_AT_THE_DOOR) | Q(state=Visit.State.STOPPED, started_at__isnull=False))
    if to_the_public:
        rows = rows.exclude(state=Visit.State.STOPPED)
    return _whole(rows.select_related("lead_unit")).prefetch_related("outcomes").order_by("-started_at", "-pk")


def ratings_of(unit: str) -> int:
    """Return how many visits that a unit led were rated by the enterprise. Queries: 1."""
    return Rating.objects.filter(visit__lead_unit__code=unit).count()


def result_codes(scheme: str, day: date) -> list[ResultCode]:
    """Return a list of results as it stands on a day. Queries: 1."""
    return list(in_force(ResultCode.objects.filter(scheme=scheme), day).order_by("place"))


def follow_ups_of(visit: Visit) -> list[FollowUp]:
    """Return what follows a visit, with its obligation and who owes it. Queries: 1."""
    return list(visit.follow_ups.select_related("obligation__party", "obligation__unit", "obligation__clock__limit"))


def _whole(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    items = Prefetch("items", VisitItem.objects.select_related("unit").order_by("item_code"))
    crew = Prefetch("crew", Crew.objects.filter(replaced_by=None).select_related("inspector__unit"))
    return rows.prefetch_related(items, crew)

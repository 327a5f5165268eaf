"""The pools as they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from yingshang.conduct.inspections.models import Exemption, Grading, Inspector, Target, Tie


def targets_on(day: date, *, tags: Sequence[str] = ()) -> QuerySet[Target]:
    """Return the targets in the pool on a day with their class as ``grade``; those with any of the tags, if given.

    A target without a class has ``grade`` None and is in no stratum.
    """
    newest = Grading.objects.filter(target=OuterRef("pk"), on__lte=day).order_by("-on")
    rows = Target.objects.filter(Q(left_on=None) | Q(left_on__gt=day), joined_on__lte=day)
    if tags:
        wanted = Q()
        for tag in tags:
            wanted |= Q(tags__contains=[tag])
        rows = rows.filter(wanted)
    return rows.annotate(grade=Subquery(newest.values("grade")[:1])).order_by("code")


def grades_on(day: date, targets: Iterable[Target]) -> dict[int, str]:
    """Return the class of each target on a day, by id; those without one are left out. Queries: 1."""
    rows = Grading.objects.filter(target__in=[each.pk for each in targets], on__lte=day).order_by("on")
    return dict(rows.values_list("target_id", "grade"))


def under_observation(day: date) -> QuerySet[Exemption]:
    """Return the observations that hold on a day: no routine draw for these targets."""
    return Exemption.objects.filter(first__lte=day, last__gte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


def inspectors_on(day: date, *, units: Sequence[str] = ()) -> QuerySet[Inspector]:
    """Return the inspectors whose certificates hold on a day, of the units if any are named."""
    rows = Inspector.objects.filter(valid_from__lte=day, valid_to__gte=day)
    rows = rows.filter(Q(suspended_on=None) | Q(suspended_on__gt=day)).select_related("unit")
    return (rows.filter(unit__code__in=units) if units else rows).order_by("certificate_no")


def ties_on(day: date) -> QuerySet[Tie]:
    """Return the ties that hold on a day. Not for a page: who must keep away from whom is private."""
    return Tie.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day).select_related("inspector", "target")


def tied_to(target: Target, day: date) -> frozenset[str]:
    """Return the certificate numbers of those who must keep away from a target on a day. Queries: 1."""
    return frozenset(ties_on(day).filter(target=target).values_list("inspector__certificate_no", flat=True))

"""The pools as they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from yingshang.conduct.inspections.models import Exemption, Grading, Inspector, Target, Tie, Visit
from yingshang.kernel import org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor


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


def pool(
    day: date, *, words: str = "", grade: str = "", township: str = "", tag: str = "", left: bool = False
) -> QuerySet[Target]:
    """Return the targets that fit, with their class of the day as ``grade`` and their township, by code.

    words: part of a name or code. grade: a class, or ``-`` for those without
    one. left: those that have left the pool instead of those in it.
    """
    newest = Grading.objects.filter(target=OuterRef("pk"), on__lte=day).order_by("-on")
    rows = Target.objects.annotate(grade=Subquery(newest.values("grade")[:1])).select_related("township")
    gone = Q(left_on__isnull=False, left_on__lte=day)
    rows = rows.filter(gone) if left else rows.exclude(gone)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__icontains=words.upper()))
    if grade:
        rows = rows.filter(grade=None) if grade == "-" else rows.filter(grade=grade)
    if township:
        rows = rows.filter(township__code=township)
    return (rows.filter(tags__contains=[tag]) if tag else rows).order_by("code")


def pool_counts(day: date) -> dict[str, int]:
    """Return how many targets of each class are in the pool on a day, without a class under ``""``. Queries: 1."""
    rows: Any = targets_on(day).order_by()
    counted = rows.values("grade").annotate(number=Count("pk")).order_by("grade")
    return {row["grade"] or "": row["number"] for row in counted}


def target_with(target_id: int) -> Target:
    """Return one target with its township. Raises NotFound. Queries: 1."""
    found = Target.objects.select_related("township").filter(pk=target_id).first()
    if found is None:
        raise NotFound("这个检查对象")
    return found


def inspector_with(inspector_id: int) -> Inspector:
    """Return one inspector with unit and person. Raises NotFound. Queries: 1."""
    found = Inspector.objects.select_related("unit", "person").filter(pk=inspector_id).first()
    if found is None:
        raise NotFound("这名执法人员")
    return found


def inspector_pool(day: date, *, words: str = "", unit: str = "", lamp: str = "") -> QuerySet[Inspector]:
    """Return all inspectors that fit, with units, by certificate. lamp: as ``certificate_lamp`` has it."""
    rows = Inspector.objects.select_related("unit")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(certificate_no__icontains=words.upper()))
    if unit:
        rows = rows.filter(unit__code=unit)
    suspended = Q(suspended_on__isnull=False, suspended_on__lte=day)
    holds = Q(valid_from__lte=day, valid_to__gte=day) & ~suspended
    this_year = Q(valid_to__lte=date(day.year, 12, 31))
    wanted = {"green": holds & ~this_year, "yellow": holds & this_year, "red": ~holds}.get(lamp)
    return (rows.filter(wanted) if wanted is not None else rows).order_by("certificate_no")


def certificate_lamp(inspector: Inspector, day: date) -> str:
    """Return the lamp of a certificate: red when it does not hold, yellow when it ends this year, else green."""
    suspended = inspector.suspended_on is not None and inspector.suspended_on <= day
    if suspended or not inspector.valid_from <= day <= inspector.valid_to:
        return "red"
    return "yellow" if inspector.valid_to.year == day.year else "green"


def observations(day: date) -> QuerySet[Exemption]:
    """Return every observation with target and unit, those that hold on a day as ``holds``, newest first."""
    holds = Q(first__lte=day, last__gte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))
    rows = Exemption.objects.select_related("target", "unit").annotate(holds=ExpressionWrapper(holds, BooleanField()))
    return rows.order_by("-last", "-pk")


def ties_open_to(actor: Actor, rows: QuerySet[Tie]) -> QuerySet[Tie]:
    """Return those of the ties that an actor may know: their own, and those of inspectors whose pool they keep."""
    own = Q(inspector__person__pseudonym=actor.person) if actor.person else Q(pk=None)
    if actor.holds("inspections.keep_pool") and actor.unit:
        own |= Q(inspector__unit__code=actor.unit)
    return rows.filter(own)


def townships() -> list[tuple[str, str]]:
    """Return (code, short name) of the townships of the county. Queries: 1."""
    rows = org.Unit.objects.filter(kind=org.Unit.Kind.TOWNSHIP).order_by("code")
    return list(rows.values_list("code", "short_name"))


def target_by_code(code: str) -> Target:
    """Return the target of a credit code that is in the pool. Raises NotFound. Queries: 1."""
    found = Target.objects.filter(code=code, left_on=None).first()
    if found is None:
        raise NotFound("名录库中统一社会信用代码相符的企业")
    return found


def observation_with(exemption_id: int) -> Exemption:
    """Return one observation with its target. Raises NotFound. Queries: 1."""
    found = Exemption.objects.select_related("target").filter(pk=exemption_id).first()
    if found is None:
        raise NotFound("这段观察期")
    return found


def visits_to(target: Target) -> QuerySet[Visit]:
    """Return the visits to a target with their items, newest first."""
    return target.visits.select_related("lead_unit").prefetch_related("items").order_by("-planned_on", "-pk")


def inspecting_units() -> list[tuple[str, str]]:
    """Return (code, short name) of the units that have inspectors. Queries: 1."""
    rows = org.Unit.objects.filter(pk__in=Inspector.objects.values("unit")).order_by("code")
    return list(rows.values_list("code", "short_name"))


@dataclass(frozen=True)
class Standing:
    """How a known target stands: its class, when it left, and whether somebody put it into a class today."""

    grade: str
    left_on: date | None
    is_graded_today: bool


def standing_of(codes: Sequence[str], day: date) -> dict[str, Standing]:
    """Return how those of the codes stand that are or were in the pool. Queries: 3."""
    known = list(Target.objects.filter(code__in=codes))
    grades = grades_on(day, known)
    today = set(Grading.objects.filter(target__in=[each.pk for each in known], on=day).values_list("target", flat=True))
    return {each.code: Standing(grades.get(each.pk, ""), each.left_on, each.pk in today) for each in known}


def targets_by_code(codes: Sequence[str]) -> dict[str, Target]:
    """Return the targets of these credit codes, those that left as well, by code. Queries: 1."""
    return {each.code: each for each in Target.objects.filter(code__in=codes)}

"""What is settled for a day: classes, caps, the least crew, the published items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from yingshang.conduct.inspections.models import Cap, CrewRule, GradeRule, NoticeText, ResultCode, Tag
from yingshang.conduct.inspections.rules.grading import GradeBounds, ratio
from yingshang.kernel import lists, org

ITEM_LIST = "inspection-items"
Settled = GradeRule | Cap | CrewRule | NoticeText | ResultCode


def bounds_on(day: date) -> dict[str, GradeBounds]:
    """Return what the class table allows on a day, by class. Queries: 1."""
    return {
        rule.grade: GradeBounds(ratio(rule.least), ratio(rule.most), rule.yearly_most, rule.on_cause_only)
        for rule in grade_rules_on(day)
    }


def grade_rules_on(day: date) -> QuerySet[GradeRule]:
    """Return the rows of the class table in force on a day, by class."""
    return in_force(GradeRule.objects.all(), day).order_by("grade", "effective_from")


def caps_on(day: date) -> QuerySet[Cap]:
    """Return the caps in force on a day with their units, the county's first."""
    return in_force(Cap.objects.select_related("unit"), day).order_by("unit__code")


def crew_rules_on(day: date) -> QuerySet[CrewRule]:
    """Return how many inspectors go at least, as in force on a day."""
    return in_force(CrewRule.objects.all(), day).order_by("-effective_from")


def notice_texts_on(day: date) -> QuerySet[NoticeText]:
    """Return the sentences that stand on a notice of a day, in order."""
    return in_force(NoticeText.objects.all(), day).order_by("place")


def unsourced_on(day: date) -> list[Settled]:
    """Return what is settled for a day without a source or with something to confirm. Queries: 5."""
    weak = Q(source="") | ~Q(todo="")
    of_the_day: list[QuerySet[Any]] = [
        grade_rules_on(day),
        caps_on(day),
        crew_rules_on(day),
        notice_texts_on(day),
        in_force(ResultCode.objects.all(), day),
    ]
    return [row for rows in of_the_day for row in rows.filter(weak)]


def cap_on(unit: org.Unit, day: date) -> int | None:
    """Return how many visits a year the unit may pay one enterprise; its own cap before the county's. Queries: 1."""
    return caps_of([unit], day)[unit.pk]


def caps_of(units: Iterable[org.Unit], day: date) -> dict[int, int | None]:
    """Return ``cap_on`` for several units, by their ids. Queries: 1."""
    wanted = [unit.pk for unit in units]
    rows = in_force(Cap.objects.filter(Q(unit__in=wanted) | Q(unit=None)), day).order_by("effective_from")
    caps = dict(rows.values_list("unit", "yearly_most"))
    return {unit: caps.get(unit, caps.get(None)) for unit in wanted}


def crew_least_on(day: date) -> int:
    """Return how many inspectors go at least. Queries: 1. Raises CrewRule.DoesNotExist where no rule is in force."""
    return in_force(CrewRule.objects.all(), day).latest("effective_from").least


def published_items(day: date) -> dict[str, lists.Row]:
    """Return the rows of the published item list in effect on a day, by item code. Queries: 2."""
    edition = lists.edition_on(ITEM_LIST, day)
    if edition is None:
        return {}
    return {
        row.key: row
        for row in edition.rows.filter(
            Q(effective_from=None) | Q(effective_from__lte=day), Q(effective_to=None) | Q(effective_to__gte=day)
        )
    }


def tag_titles() -> dict[str, str]:
    """Return what each tag or field is called, by code. Queries: 1."""
    return dict(Tag.objects.values_list("code", "title"))


def in_force(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Return those of the settled rows that are in force on a day."""
    return rows.filter(Q(effective_to=None) | Q(effective_to__gte=day), effective_from__lte=day)

"""What is settled for a day: classes, caps, the least crew, the published items."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from yingshang.conduct.inspections.models import Cap, CrewRule, GradeRule, ResultCode, Tag
from yingshang.conduct.inspections.rules.grading import GradeBounds, ratio
from yingshang.kernel import lists, org

ITEM_LIST = "inspection-items"


def bounds_on(day: date) -> dict[str, GradeBounds]:
    """Return what the class table allows on a day, by class. Queries: 1."""
    return {
        rule.grade: GradeBounds(ratio(rule.least), ratio(rule.most), rule.yearly_most, rule.on_cause_only)
        for rule in grade_rules_on(day)
    }


def grade_rules_on(day: date) -> QuerySet[GradeRule]:
    """Return the rows of the class table in force on a day, by class."""
    return _in_force(GradeRule.objects.all(), day).order_by("grade", "effective_from")


def caps_on(day: date) -> QuerySet[Cap]:
    """Return the caps in force on a day with their units, the county's first."""
    return _in_force(Cap.objects.select_related("unit"), day).order_by("unit__code")


def crew_rules_on(day: date) -> QuerySet[CrewRule]:
    """Return how many inspectors go at least, as in force on a day."""
    return _in_force(CrewRule.objects.all(), day).order_by("-effective_from")


def unsourced_on(day: date) -> list[GradeRule | Cap | CrewRule | ResultCode]:
    """Return what is settled for a day without a source or with something to confirm. Queries: 4."""
    weak = Q(source="") | ~Q(todo="")
    rows: list[GradeRule | Cap | CrewRule | ResultCode] = [
        *grade_rules_on(day).filter(weak),
        *caps_on(day).filter(weak),
    ]
    rows += [*crew_rules_on(day).filter(weak), *_in_force(ResultCode.objects.filter(weak), day)]
    return rows


def cap_on(unit: org.Unit, day: date) -> int | None:
    """Return how many visits a year the unit may pay one enterprise; its own cap before the county's. Queries: 1."""
    caps = list(_in_force(Cap.objects.filter(Q(unit=unit) | Q(unit=None)), day))
    own = next((cap for cap in caps if cap.unit_id == unit.pk), None)
    found = own or next(iter(caps), None)
    return found.yearly_most if found else None


def crew_least_on(day: date) -> int:
    """Return how many inspectors go at least. Queries: 1. Raises CrewRule.DoesNotExist where no rule is in force."""
    return _in_force(CrewRule.objects.all(), day).latest("effective_from").least


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


def _in_force(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    return rows.filter(Q(effective_to=None) | Q(effective_to__gte=day), effective_from__lte=day)

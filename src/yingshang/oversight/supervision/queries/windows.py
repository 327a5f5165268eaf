"""Reads of self-checks and problem lists: who owes one, who filed, and what the records say beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from yingshang.kernel import org, work
from yingshang.kernel.errors import NotFound
from yingshang.oversight.supervision.models import (
    Answer,
    Finding,
    NamedProblem,
    ProblemList,
    ProblemReport,
    SelfCheck,
    SelfCheckItem,
)
from yingshang.oversight.supervision.queries.county import rules_of_county
from yingshang.oversight.supervision.rules import checks as check_rules
from yingshang.oversight.supervision.rules import reports as report_rules
from yingshang.oversight.supervision.rules.comparing import Compared, Seen, compared
from yingshang.oversight.supervision.rules.periods import PROBLEM_LIST, SELF_CHECK, in_words, origin_of


@dataclass(frozen=True)
class Owing:
    """One unit and what it owes for a period: the duty with its lamp, and what was filed, if it was."""

    unit: org.Unit
    duty: work.Obligation
    lamp: Any
    filed: Any
    wrong: int = 0
    unfixed: int = 0


def self_checks_of(period: str, on: date) -> list[Owing]:
    """Return every unit that owes the sheet of a period, those who have not filled it in first. Queries: 4."""
    wrong, unfixed = Q(items__in_order=False), Q(items__in_order=False, items__fixed_on=None)
    counted = SelfCheck.objects.annotate(wrong=Count("items", filter=wrong), unfixed=Count("items", filter=unfixed))
    return _owing(SELF_CHECK, period, on, counted)


def problem_lists_of(period: str, on: date) -> list[Owing]:
    """Return every unit that owes a problem list for a period, those who have not filed first. Queries: 4."""
    return _owing(PROBLEM_LIST, period, on, ProblemList.objects.annotate(wrong=Count("problems")))


def _owing(kind: str, period: str, on: date, counted: QuerySet[Any]) -> list[Owing]:
    """Return who owes what a kind asks for a period. counted: what was filed, with ``wrong`` and maybe ``unfixed``."""
    owed = work.Obligation.objects.filter(kind=kind, origin=origin_of(kind, period))
    owed = owed.exclude(state=work.Obligation.State.CANCELLED)
    duties = list(owed.select_related("unit", "clock__limit"))
    filed: dict[int, Any] = {row.duty_id: row for row in counted.filter(duty__in=duties)}
    lamps = work.lamps(duties, on)
    rows = [
        Owing(
            duty.unit,
            duty,
            lamps.get(duty.pk) if duty.state == work.Obligation.State.OPEN else None,
            filed.get(duty.pk),
            getattr(filed.get(duty.pk), "wrong", 0),
            getattr(filed.get(duty.pk), "unfixed", 0),
        )
        for duty in duties
        if duty.unit is not None
    ]
    return sorted(rows, key=lambda row: (row.filed is not None, row.unit.path))


def duty_of(kind: str, period: str, unit_code: str) -> work.Obligation | None:
    """Return what a unit owes for a period, open or closed; None where it owes none. Queries: 1."""
    rows = work.Obligation.objects.filter(kind=kind, origin=origin_of(kind, period), unit__code=unit_code)
    return rows.select_related("unit").order_by("pk").first()


def sheet(sheet_id: int) -> SelfCheck:
    """Return a sheet with its items. Raises NotFound. Queries: 2."""
    rows = SelfCheck.objects.select_related("unit", "duty__unit").prefetch_related("items")
    found = rows.filter(pk=sheet_id).first()
    if found is None:
        raise NotFound("这张自查表")
    return found


def item(item_id: int) -> SelfCheckItem:
    """Return one line of a sheet. Raises NotFound."""
    found = SelfCheckItem.objects.select_related("sheet__unit", "sheet__duty__unit").filter(pk=item_id).first()
    if found is None:
        raise NotFound("自查表的这一项")
    return found


def self_check_subject(filled: SelfCheck) -> str:
    """Return under what the photos of a sheet are kept."""
    return f"self-check:{filled.pk}"


def named_by(unit: org.Unit, period: str) -> list[NamedProblem]:
    """Return the problems that a unit named for a period, in their order. Queries: 1."""
    return list(NamedProblem.objects.filter(of__unit=unit, of__period=period).order_by("place"))


def comparison(unit: org.Unit, period: str, first: date, on: date) -> list[Compared]:
    """Return what a unit named beside what the records say of it from ``first`` to ``on``. Queries: 7.

    Late duties are those open and late on the day; each record belongs to the
    area that the county's data gives its kind, or that was chosen for it.
    """
    county = rules_of_county()
    named: dict[str, list[str]] = {}
    for each in named_by(unit, period):
        named.setdefault(each.area, []).append(each.what)
    seen: dict[str, list[Seen]] = {}
    for area, sort, count, href in _records(unit, first, on):
        seen.setdefault(area if area in county.areas else "others", []).append(Seen(sort, count, href))
    return compared(county.areas, named, seen)


def _records(unit: org.Unit, first: date, on: date) -> list[tuple[str, str, int, str]]:
    """Return (area, sort, count, address) of each sort of record about a unit."""
    county = rules_of_county()
    duties = work.Obligation.objects.filter(unit=unit, is_sealed=False, state=work.Obligation.State.OPEN)
    late: dict[str, int] = {}
    reds: dict[str, int] = {}
    rows = list(duties.filter(due_date__lt=on).select_related("clock__limit"))
    lamps = work.lamps(rows, on)
    for row in rows:
        area = county.area_of(row.kind)
        late[area] = late.get(area, 0) + 1
        if lamps[row.pk].color == "red":
            reds[area] = reds.get(area, 0) + 1
    returned = Answer.objects.filter(unit=unit, state=Answer.State.RETURNED, at__date__gte=first).count()
    reports = ProblemReport.objects.filter(unit=unit, received_at__date__gte=first, received_at__date__lte=on)
    ours = reports.exclude(state__in=sorted(report_rules.TURNED_AWAY))
    by_area = dict(ours.values_list("area").annotate(n=Count("pk")))
    findings = Finding.objects.filter(of__unit=unit, found_at__date__gte=first, found_at__date__lte=on)
    open_ones = findings.exclude(state=check_rules.CLOSED)
    found = dict(open_ones.values_list("of__plan__area").annotate(n=Count("pk")))
    items = SelfCheckItem.objects.filter(sheet__unit=unit, in_order=False, sheet__filled_at__date__gte=first)
    own = items.filter(fixed_on=None).count()
    desk, checks, windows = (reverse(f"supervision:{name}") for name in ("reports", "checks", "self_checks"))
    return [
        *((area, "已经超期的应办事项", count, "") for area, count in late.items()),
        *((area, "其中亮红灯", count, "") for area, count in reds.items()),
        ("plan", "被退回的督办答复", returned, ""),
        *((area, "群众反映", count, desk) for area, count in by_area.items()),
        *((area, "督查发现、还没有整改的问题", count, checks) for area, count in found.items()),
        ("windows", "自查发现、还没有整改的问题", own, windows),
    ]


def period_title(period: str) -> str:
    """Return a period as people say it."""
    return in_words(period)


def areas_to_choose() -> Mapping[str, str]:
    """Return code → title of each area."""
    return {code: area.title for code, area in rules_of_county().areas.items()}

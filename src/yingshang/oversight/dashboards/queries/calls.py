"""Whom to call on Monday, who answers there, what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from yingshang.kernel import clock, org, registry
from yingshang.kernel.parties import Actor
from yingshang.oversight.dashboards.models import Call, CallingRule
from yingshang.oversight.dashboards.queries.watching import read
from yingshang.oversight.dashboards.rules import Choice, Watched, board_of, choose

ANSWERING = ("unit-head", "contact")
"""The posts whose holders answer the telephone, the head first."""
DUTIES_SHOWN = 3


@dataclass(frozen=True)
class CallRow:
    """One unit to call: why, its worst duties, who answers, what was said last, and the drafted letters."""

    unit: org.Unit
    choice: Choice
    duties: Sequence[Watched]
    answering: Sequence[tuple[str, str]]
    last: Call | None
    letters: Sequence[Any]


def calling_rule_on(on: date) -> CallingRule | None:
    """Return the rule in force on a day; None where the county has stated none. Queries: 1."""
    standing = Q(effective_to=None) | Q(effective_to__gte=on)
    return CallingRule.objects.filter(standing, effective_from__lte=on).order_by("-effective_from").first()


def last_calls() -> dict[int, Call]:
    """Return the last call to each unit, by id of the unit. Queries: 1."""
    rows = Call.objects.order_by("unit_id", "-called_at", "-pk").distinct("unit_id")
    return {call.unit_id: call for call in rows}


def calls_of(unit: org.Unit) -> QuerySet[Call]:
    """Return the calls to a unit, the latest first."""
    return Call.objects.filter(unit=unit).order_by("-called_at", "-pk")


def to_call(actor: Actor, on: date) -> tuple[CallingRule | None, list[CallRow]]:
    """Return the rule in force and the units to call by it, in order. Queries: fixed, and those of the slot."""
    rule = calling_rule_on(on)
    if rule is None:
        return None, []
    seen = read(actor, on)
    last = _by_code(seen.units, last_calls())
    called = {code: clock.beijing_date(call.called_at) for code, call in last.items()}
    choices = choose(rule.rule, rule.numbers, board_of(seen.duties, on), on, called)
    ids = [seen.units[choice.unit].pk for choice in choices]
    answering, letters = _answering(ids, on), _letters(actor, ids)
    rows = []
    for choice in choices:
        unit = seen.units[choice.unit]
        late = [duty for duty in seen.duties if duty.unit == choice.unit and duty.lamp in ("red", "yellow")]
        late.sort(key=lambda duty: (duty.lamp != "red", -duty.days_late(on), duty.pk))
        rows.append(
            CallRow(
                unit,
                choice,
                late[:DUTIES_SHOWN],
                answering.get(unit.pk, ()),
                last.get(choice.unit),
                letters.get(unit.pk, ()),
            )
        )
    return rule, rows


def _by_code(units: Any, calls: dict[int, Call]) -> dict[str, Call]:
    codes = {unit.pk: code for code, unit in units.items()}
    return {codes[unit]: call for unit, call in calls.items()}


def _answering(units: Sequence[int], on: date) -> dict[int, list[tuple[str, str]]]:
    """Return post title and name of those who hold the posts that answer, by id of the unit. Queries: 1."""
    rows = org.Appointment.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gt=on),
        post__unit__in=units,
        post__code__in=ANSWERING,
    ).select_related("post", "person")
    found: dict[int, list[tuple[str, str]]] = {}
    for row in sorted(rows, key=lambda one: (ANSWERING.index(one.post.code), one.person.pseudonym)):
        found.setdefault(row.post.unit_id, []).append((row.post.title, row.person.name))
    return found


def _letters(actor: Actor, units: Sequence[int]) -> dict[int, list[Any]]:
    """Return the drafted letters for each unit, asked of whoever drafts them (the slot ``dashboards.calls``)."""
    found: dict[int, list[Any]] = {}
    for provider in registry.slot("dashboards.calls") if units else []:
        for unit, cards in provider(actor, units).items():
            found.setdefault(unit, []).extend(cards)
    return found

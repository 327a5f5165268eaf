"""What surveys still owe, and those whose time is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from yingshang.conduct.surveys.models import Survey
from yingshang.kernel import work


def open_duty(one: Survey, kind: str) -> int | None:
    """Return the number of an open obligation of a survey, or None. Queries: 1."""
    rows = work.Obligation.objects.filter(origin=one.in_ledger, kind=kind, state=work.Obligation.State.OPEN)
    return rows.values_list("pk", flat=True).first()


def ended_on(day: date) -> list[str]:
    """Return the codes of the surveys that still collect although their last day is over. Queries: 1."""
    rows = Survey.objects.filter(state=Survey.State.OPEN, last_day__lt=day)
    return list(rows.order_by("pk").values_list("code", flat=True))


@dataclass(frozen=True)
class Waiting:
    """A survey that somebody has to attend to. sheets: how many came back."""

    code: str
    title: str
    state: str
    last_day: date
    sheets: int


def waiting_in(unit: str, states: Sequence[str]) -> list[Waiting]:
    """Return the surveys of a unit in these states, those that end first at the top. Queries: 1."""
    rows = Survey.objects.filter(unit__code=unit, state__in=states).annotate(sheets=Count("strata__answers"))
    named = rows.order_by("last_day", "pk").values_list("code", "title", "state", "last_day", "sheets")
    return [Waiting(*row) for row in named]

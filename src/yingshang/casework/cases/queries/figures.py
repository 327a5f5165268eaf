"""The figures of each item in a month: what measures say of units, for the items of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from yingshang.casework.cases.models import Case, Decision
from yingshang.casework.cases.queries.measured import ONLINE, within
from yingshang.kernel import org
from yingshang.kernel.measures import Period, Rate, percentile


@dataclass(frozen=True)
class Figures:
    """One item of one unit in one month.

    median, nine_of_ten: working days, nearest rank; None where none was decided.
    """

    item_code: str
    title: str
    received: int
    decided: int
    on_time: Rate
    median: int | None
    nine_of_ten: int | None
    online: Rate
    corrected: Rate
    prefilled: Rate
    visits: int


def figures(unit: org.Unit, period: Period) -> list[Figures]:
    """Return the figures of every item for which something came in or was decided, by code. Queries: 3."""
    came_in = {row["item_code"]: row for row in _came_in(unit, period)}
    decided = {row["item_code"]: row for row in _decided(unit, period)}
    days: dict[str, list[int]] = {}
    for code, used in _decisions(unit, period).values_list("item_code", "working_days"):
        days.setdefault(code, []).append(used)
    return [
        _figures(code, came_in.get(code, {}), decided.get(code, {}), days.get(code, []))
        for code in sorted(came_in.keys() | decided.keys())
    ]


def _came_in(unit: org.Unit, period: Period) -> Any:
    rows = Case.objects.filter(unit=unit, **within("received_at", period)).values("item_code")
    return rows.annotate(
        title=Max("version__title"),
        count=Count("pk"),
        online=Count("pk", filter=Q(channel__in=ONLINE)),
        corrected=Count("correction_notice"),
        prefilled=Sum("fields_prefilled"),
        asked=Sum("fields_asked"),
    ).order_by("item_code")


def _decided(unit: org.Unit, period: Period) -> Any:
    rows = _decisions(unit, period).values("item_code")
    return rows.annotate(
        title=Max("case__version__title"),
        count=Count("pk"),
        dated=Count("pk", filter=Q(due_on__isnull=False)),
        on_time=Count("pk", filter=Q(decided_on__lte=F("due_on"))),
        visits=Sum("case__visits"),
    ).order_by("item_code")


def _decisions(unit: org.Unit, period: Period) -> Any:
    return Decision.objects.filter(unit=unit, decided_on__range=(period.first, period.last))


def _figures(code: str, came_in: dict[str, Any], decided: dict[str, Any], days: list[int]) -> Figures:
    received = came_in.get("count", 0)
    return Figures(
        item_code=code,
        title=came_in.get("title") or decided.get("title") or code,
        received=received,
        decided=decided.get("count", 0),
        on_time=Rate(decided.get("on_time", 0), decided.get("dated", 0)),
        median=percentile(days, 50),
        nine_of_ten=percentile(days, 90),
        online=Rate(came_in.get("online", 0), received),
        corrected=Rate(came_in.get("corrected", 0), received),
        prefilled=Rate(came_in.get("prefilled") or 0, came_in.get("asked") or 0),
        visits=decided.get("visits") or 0,
    )

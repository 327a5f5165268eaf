"""Who read, what a party objected to, and what a unit has to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Count, QuerySet

from yingshang.kernel import access, clock, org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.kernel.parties import Actor, Party
from yingshang.registers.profiles.models import Objection, Reading
from yingshang.registers.profiles.queries.safekeeping import open_value


def readings_seen(actor: Actor, *, with_own: bool = False) -> QuerySet[Reading]:
    """Return the readings about the party an actor acts for; their own openings only when asked."""
    seen: QuerySet[Reading] = access.visible(actor, "profiles.see_reading")
    rows = seen.select_related("unit", "purpose", "party")
    return rows if with_own else rows.filter(is_own=False)


def readings_of(party: Party) -> QuerySet[Reading]:
    """Return every reading about a party, newest first. The caller has permitted it."""
    return Reading.objects.filter(party=party).select_related("unit", "purpose")


def reader_of(reading: Reading) -> str:
    """Return who read, as the party is told: unit and posts, never a name."""
    if reading.unit is not None:
        return f"{reading.unit.short_name}（{reading.posts}）" if reading.posts else reading.unit.short_name
    return "本人或者受托人" if reading.is_own else "系统"


def objections_of(party: Party) -> list[tuple[Objection, str]]:
    """Return what a party objected to with the answers, newest first. The caller has permitted it."""
    rows = Objection.objects.filter(party=party).select_related("unit", "obligation", "reading__unit")
    return [(row, open_value(party, "objection.answer", bytes(row.answer)) if row.answer else "") for row in rows[:50]]


def objections_to(actor: Actor) -> QuerySet[Objection]:
    """Return the objections that an actor may answer, newest first."""
    seen: QuerySet[Objection] = access.visible(actor, "profiles.answer")
    return seen.select_related("unit", "obligation", "reading__purpose")


@measure(
    title="读取个人和企业信息的次数",
    formula="期内本单位为办事读取当事人信息的次数；当事人自己看的不计。",
    shown_as="count",
)
def readings_counted(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how often a unit read. Queries: one for each period, and one."""
    codes = _codes(units)
    for period in periods:
        rows = Reading.objects.filter(unit__in=codes.values(), at__range=_moments(period))
        found = dict(rows.values("unit").annotate(n=Count("pk")).values_list("unit", "n"))
        for code in units:
            yield Cell(code, period, found.get(codes[code], 0) if code in codes else None)


@measure(
    title="纠错和追问按期答复率",
    formula="期内期限届满、由本单位答复的纠错和追问中，在期限以内答复的占多少。",
    shown_as="rate",
    better="higher",
)
def answered_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the objections due in the period that were answered by their last day.

    Queries: one for each period, and one.
    """
    codes = _codes(units)
    for period in periods:
        owed = work.Obligation.objects.filter(
            kind__in=("profiles.correct", "profiles.explain"),
            unit__in=codes.values(),
            due_date__range=(period.first, period.last),
        ).exclude(state=work.Obligation.State.CANCELLED)
        counted: dict[int, list[int]] = {}
        for unit, due, closed in owed.values_list("unit", "due_date", "closed_at"):
            in_time = closed is not None and due is not None and clock.beijing_date(closed) <= due
            of_unit = counted.setdefault(unit, [0, 0])
            of_unit[0] += in_time
            of_unit[1] += 1
        for code in units:
            yield Cell(code, period, Rate(*counted.get(codes[code], [0, 0])) if code in codes else None)


def _codes(units: Sequence[str]) -> dict[str, int]:
    return dict(org.Unit.objects.filter(code__in=units, counts_only=False).values_list("code", "pk"))


def _moments(period: Period) -> tuple[datetime, datetime]:
    """The first and the last moment of a period, Beijing time."""
    first = datetime.combine(period.first, time(), tzinfo=clock.BEIJING)
    end = datetime.combine(period.last + timedelta(days=1), time(), tzinfo=clock.BEIJING)
    return first, end - timedelta(microseconds=1)

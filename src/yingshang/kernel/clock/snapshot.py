"""Calendars and limits of this process, read again when a load changed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yingshang.kernel.clock.models import CalendarDay, CalendarYear, Limit, Loading
from yingshang.kernel.errors import NotFound
from yingshang.methods.dates import Calendar


@dataclass(frozen=True)
class Snapshot:
    """What was in force at one version; ``limits`` lists the editions of each code, oldest first."""

    version: UUID | None
    calendar: Calendar
    limits: Mapping[str, tuple[Limit, ...]]

    def limit_on(self, code: str, day: date) -> Limit:
        """Return the edition of a limit in force on a day. Raises NotFound."""
        for limit in self.limits.get(code, ()):
            if limit.effective_from <= day and (limit.effective_to is None or day <= limit.effective_to):
                return limit
        raise NotFound(f"{day:%Y年%m月%d日}有效的时限“{code}”")

    def extension_of(self, limit: Limit, day: date) -> Limit | None:
        """Return the limit that lengthens another one on a day, if a text allows any."""
        for code, editions in self.limits.items():
            if editions[0].extends == limit.code:
                try:
                    return self.limit_on(code, day)
                except NotFound:
                    return None
        return None


_held: list[Snapshot] = []


def snapshot() -> Snapshot:
    """Return calendars and limits as the database has them now. One query, more only after a load."""
    version = Loading.objects.order_by("-pk").values_list("token", flat=True).first()
    held = _held[0] if _held else None
    if held is None or held.version != version:
        held = Snapshot(version, _calendar(), _limits())
        # Another thread may stand in a transaction that sees another version: it takes its own and not this one.
        _held[:] = [held]
    return held


def calendar() -> Calendar:
    """Return the calendar in force. One query."""
    return snapshot().calendar


def limit_on(code: str, day: date) -> Limit:
    """Return the edition of a limit that was in force on a day. Raises NotFound. One query.

    A matter keeps the edition of the day it began: ask with that day.
    """
    return snapshot().limit_on(code, day)


def _calendar() -> Calendar:
    in_force = dict(CalendarYear.objects.order_by("year", "edition").values_list("year", "pk"))
    off: set[date] = set()
    worked: set[date] = set()
    for day, kind in CalendarDay.objects.filter(calendar_year__in=in_force.values()).values_list("date", "kind"):
        (worked if kind == CalendarDay.Kind.WORKED else off).add(day)
    return Calendar(frozenset(off), frozenset(worked), frozenset(in_force))


def _limits() -> dict[str, tuple[Limit, ...]]:
    editions: dict[str, list[Limit]] = defaultdict(list)
    for limit in Limit.objects.order_by("code", "effective_from"):
        editions[limit.code].append(limit)
    return {code: tuple(rows) for code, rows in editions.items()}

"""Keeping a year's holiday notice: from plain facts to rows, and to the clocks it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from yingshang.kernel import events
from yingshang.kernel.clock.digest import digest_of
from yingshang.kernel.clock.models import CalendarDay, CalendarYear, Loading
from yingshang.kernel.clock.recounting import recompute
from yingshang.kernel.clock.running import Recount
from yingshang.kernel.parties import Actor
from yingshang.methods import dates


@dataclass(frozen=True)
class KeptYear:
    """A year that was kept, and the clocks that it moved."""

    calendar_year: CalendarYear
    recounts: list[Recount] = field(default_factory=list)


def same_edition(notice: Mapping[str, Any]) -> CalendarYear | None:
    """Return the stored edition that holds exactly these notices and days, if there is one."""
    return CalendarYear.objects.filter(year=notice["year"], digest=digest_of(_facts(notice))).first()


def newest_edition(year: int) -> int:
    """Return the number of the newest edition of a year, 0 where none is kept."""
    return CalendarYear.objects.filter(year=year).aggregate(newest=Max("edition"))["newest"] or 0


@transaction.atomic
def keep_year(notice: Mapping[str, Any], *, edition: int, by: Actor, at: datetime) -> KeptYear:
    """Keep one edition of a year, count the clocks it concerns again and tell ``clock.calendar_loaded``.

    notice: fits ``dates.NOTICE_SCHEMA``. Each clock whose last day moved, or is
    no longer provisional, is told as ``clock.recounted``.
    """
    off, worked = dates.days_of(notice)
    kept = CalendarYear.objects.create(
        year=notice["year"],
        edition=edition,
        notice_nos="、".join(each["number"] for each in notice["notices"]),
        is_confirmed=all(each["confirmed"] for each in notice["notices"]),
        todo="；".join(dict.fromkeys(each["todo"] for each in notice["notices"] if each.get("todo"))),
        digest=digest_of(_facts(notice)),
        loaded_by=by.person,
        loaded_at=at,
    )
    days = [CalendarDay(calendar_year=kept, date=day, kind=CalendarDay.Kind.OFF, name=off[day]) for day in off]
    days += [CalendarDay(calendar_year=kept, date=day, kind=CalendarDay.Kind.WORKED) for day in worked]
    CalendarDay.objects.bulk_create(sorted(days, key=lambda row: row.date))
    Loading.objects.create(what=f"日历{kept}第{edition}版", loaded_at=at)
    recounts = recompute([kept.year])
    events.tell("clock.calendar_loaded", at=at, year=kept.year)
    events.tell_all((events.Telling("clock.recounted", {"clock_id": r.clock.pk}) for r in recounts), at=at)
    return KeptYear(kept, recounts)


def _facts(notice: Mapping[str, Any]) -> dict[str, Any]:
    off, worked = dates.days_of(notice)
    return {
        "notices": [[each["number"], each["confirmed"]] for each in notice["notices"]],
        "off": sorted((day.isoformat(), name) for day, name in off.items()),
        "worked": sorted(day.isoformat() for day in worked),
    }

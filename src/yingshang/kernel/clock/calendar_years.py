"""Keeping a year's holiday notice: from plain facts to rows, and to the clocks it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

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


def newest_edition(year: int) -> CalendarYear | None:
    """Return the edition of a year in force, or None."""
    return CalendarYear.objects.filter(year=year).order_by("-edition").first()


def has_same_days(kept: CalendarYear, notice: Mapping[str, Any]) -> bool:
    """Return whether an edition holds exactly the days of a notice. Raises ValueError if it contradicts itself."""
    return kept.digest == days_digest(notice)


def notes_of(notice: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said about the days of a notice: its numbers, whether they were compared, what is to be done."""
    return {
        "notice_nos": "、".join(each["number"] for each in notice["notices"]),
        "is_confirmed": all(each["confirmed"] for each in notice["notices"]),
        "todo": "；".join(dict.fromkeys(each["todo"] for each in notice["notices"] if each.get("todo"))),
    }


def take_over_notes(kept: CalendarYear, notice: Mapping[str, Any], *, at: datetime) -> bool:
    """Write the notes of a notice over those of an edition with the same days. Return whether any changed."""
    notes = notes_of(notice)
    if all(getattr(kept, name) == value for name, value in notes.items()):
        return False
    CalendarYear.objects.filter(pk=kept.pk).update(**notes)
    Loading.objects.create(what=f"{kept.year}年日历第{kept.edition}版的说明", loaded_at=at)
    return True


@transaction.atomic
def keep_year(notice: Mapping[str, Any], *, edition: int, by: Actor, at: datetime) -> KeptYear:
    """Keep one edition of a year, count the clocks it concerns again and tell ``clock.calendar_loaded``.

    notice: fits ``dates.NOTICE_SCHEMA``. Each clock whose last day moved, or is
    no longer provisional, is told as ``clock.recounted``.
    """
    off, worked = dates.days_of(notice)
    changed = _changed_days(newest_edition(notice["year"]), off, worked)
    kept = CalendarYear.objects.create(
        year=notice["year"],
        edition=edition,
        **notes_of(notice),
        digest=days_digest(notice),
        loaded_by=by.person,
        loaded_at=at,
    )
    days = [CalendarDay(calendar_year=kept, date=day, kind=CalendarDay.Kind.OFF, name=off[day]) for day in off]
    days += [CalendarDay(calendar_year=kept, date=day, kind=CalendarDay.Kind.WORKED) for day in worked]
    CalendarDay.objects.bulk_create(sorted(days, key=lambda row: row.date))
    Loading.objects.create(what=f"{kept.year}年日历第{edition}版", loaded_at=at)
    recounts = recompute(changed)
    events.tell("clock.calendar_loaded", at=at, year=kept.year)
    events.tell_all((events.Telling("clock.recounted", {"clock_id": r.clock.pk}) for r in recounts), at=at)
    return KeptYear(kept, recounts)


def _changed_days(before: CalendarYear | None, off: Mapping[date, str], worked: frozenset[date]) -> set[date]:
    """Return the days that an edition counts otherwise than the one before it; none for a first edition.

    Whoever counted through a year without a notice is provisional, and counted again for that.
    """
    if before is None:
        return set()
    kinds = {day.date: day.kind for day in before.days.all()}
    new = dict.fromkeys(off, CalendarDay.Kind.OFF) | dict.fromkeys(worked, CalendarDay.Kind.WORKED)
    return {day for day in {*kinds, *new} if kinds.get(day) != new.get(day)}


def days_digest(notice: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the days of a notice. Raises ValueError for one that contradicts itself."""
    off, worked = dates.days_of(notice)
    return digest_of(
        {
            "off": sorted((day.isoformat(), name) for day, name in off.items()),
            "worked": sorted(day.isoformat() for day in worked),
        }
    )

"""Loading calendars and limits of all China and of one county from their files."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from yingshang.kernel.clock.calendar_years import has_same_days, keep_year, newest_edition, take_over_notes
from yingshang.kernel.clock.limit_files import LIMITS_SCHEMA, read_sources, rule_of
from yingshang.kernel.clock.models import Limit, Loading
from yingshang.kernel.clock.timepiece import now
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import county_files, dates
from yingshang.methods.county_files import CountyFile

NATIONAL = "_national"


class Written(NamedTuple):
    """A limit as a file writes it, and where."""

    file: CountyFile
    place: int
    limit: Limit


@transaction.atomic
def load(county_folder: Path) -> int:
    """Load what a county's folder and ``_national`` beside it say; return how many editions were new.

    Safe to repeat: what is loaded is left alone. A published edition is never
    changed: a file that says something else about it is refused with its line.
    Raises DataProblem; nothing is loaded then.
    """
    national = county_folder.parent / NATIONAL
    years = sum(_load_year(file) for file in county_files.read_folder(national / "calendars", dates.NOTICE_SCHEMA))
    return years + _keep_limits(read_limits(county_folder))


def read_limits(county_folder: Path) -> list[Written]:
    """Return the limits that hold in a county: those of ``_national`` and its own, each with its file and place.

    Raises DataProblem for a row that does not fit, cites an unknown text,
    overlaps another edition or lengthens a limit that is not there.
    """
    folders = [county_folder.parent / NATIONAL, county_folder]
    sources = read_sources(folders)
    written = [
        Written(file, place, rule_of(file, place, folder.name, sources))
        for folder in folders
        for file in county_files.read_folder(folder / "limits", LIMITS_SCHEMA)
        for place in range(len(file.data["limits"]))
    ]
    _check_together(written)
    return written


def _load_year(file: CountyFile) -> int:
    """Keep a year that is new, or its notes; leave alone what a person has published since."""
    notice = file.data
    newest = newest_edition(notice["year"])
    edition = notice.get("edition", 1)
    try:
        is_same = newest is not None and has_same_days(newest, notice)
        if newest is None or edition > newest.edition:
            keep_year(notice, edition=edition, by=SYSTEM, at=now())
            return 1
    except ValueError as fault:
        raise file.problem((), str(fault)) from None
    if newest.loaded_by != SYSTEM.person:
        return 0
    if is_same:
        return int(take_over_notes(newest, notice, at=now()))
    raise file.problem(
        ("edition",) if "edition" in notice else ("year",),
        f"edition {edition} of the calendar of {notice['year']} is published and says something else.",
        f"Leave it as it was, or write “edition: {newest.edition + 1}”.",
    )


def _keep_limits(written: list[Written]) -> int:
    published = {(limit.code, limit.effective_from): limit for limit in Limit.objects.all()}
    new, noted = [], []
    for file, place, limit in written:
        before = published.get((limit.code, limit.effective_from))
        if before is None:
            new.append(limit)
        elif _may_become(file, place, before, limit):
            noted.append(before)
    # An edition that ends makes room for its successor, so it is written first.
    Limit.objects.bulk_update(noted, ["effective_to", "todo"])
    Limit.objects.bulk_create(new)
    if new or noted:
        Loading.objects.create(what=f"时限：新增{len(new)}条，补记{len(noted)}条", loaded_at=now())
    return len(new)


def _may_become(file: CountyFile, place: int, before: Limit, limit: Limit) -> bool:
    """Take over a note and a last day into ``before``; refuse any other change. Return whether any came."""
    reopened = before.effective_to is not None and before.effective_to != limit.effective_to
    if before.digest != limit.digest or reopened:
        raise file.problem(
            ("limits", place),
            f"the edition of {limit.code} in force from {limit.effective_from} is published and says something else.",
            "Leave it as it was, end it with “effective.to”, and add a row that begins the day after.",
        )
    notes = ("effective_to", "todo")
    changed = [name for name in notes if getattr(before, name) != getattr(limit, name)]
    for name in changed:
        setattr(before, name, getattr(limit, name))
    return bool(changed)


def _check_together(written: list[Written]) -> None:
    """Refuse editions of one limit that overlap, and extensions of a limit that is not there or counts otherwise."""
    by_code: dict[str, list[Written]] = defaultdict(list)
    for row in written:
        by_code[row.limit.code].append(row)
    for code, rows in by_code.items():
        rows.sort(key=lambda row: row.limit.effective_from)
        for (_, _, earlier), (file, place, later) in pairwise(rows):
            if earlier.effective_to is None or earlier.effective_to >= later.effective_from:
                raise file.problem(("limits", place), f"two editions of {code} are in force on {later.effective_from}.")
    for file, place, limit in written:
        key = ("limits", place, "extends", "limit")
        if limit.extends and limit.extends not in by_code:
            raise file.unknown(key, "limit", limit.extends, {*by_code})
        if limit.extends and any(row.limit.unit != limit.unit for row in by_code[limit.extends]):
            raise file.problem(key, f"{limit.code} is not counted in the unit of {limit.extends}.")

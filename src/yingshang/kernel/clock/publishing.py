"""Publishing a year's calendar from the notice of the State Council."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.clock.calendar_years import (
    KeptYear,
    has_same_days,
    keep_year,
    newest_edition,
    notes_of,
)
from yingshang.kernel.clock.snapshot import calendar
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.methods import dates

ALARM_FROM = (12, 1)


@dataclass(frozen=True)
class Preview:
    """What publishing a notice would do: its days, and how many running periods it would move or settle."""

    edition: int
    off: list[tuple[date, str]]
    worked: list[date]
    working_days: int
    moved: int
    settled: int


@transaction.atomic
def publish_calendar(*, notice: Mapping[str, Any], by: Actor, at: datetime) -> KeptYear:
    """Publish a notice as the next edition of its year and count the periods it concerns again.

    notice: fits ``dates.NOTICE_SCHEMA``.
    Raises Refusal ``clock.calendar_contradicts_itself``, ``clock.calendar_already_published``
    and what the policy refuses; Stale when another edition came first.
    Records ``clock.calendar_published``. Tells ``clock.calendar_loaded`` and,
    for each period that changed, ``clock.recounted``.
    """
    access.permit(by, "clock.publish_calendar")
    edition = _checked(notice)
    try:
        with transaction.atomic():
            kept = keep_year(notice, edition=edition, by=by, at=at)
    except IntegrityError:
        raise Stale(f"刚才有人先公布了{notice['year']}年的工作日历。") from None
    ledger.record(
        "clock.calendar_published",
        subject=f"calendar:{kept.calendar_year.year}-{edition}",
        by=by,
        at=at,
        facts={
            "year": kept.calendar_year.year,
            "edition": edition,
            "notices": kept.calendar_year.notice_nos,
            "digest": kept.calendar_year.digest,
            "recounted": len(kept.recounts),
        },
    )
    return kept


def preview(*, notice: Mapping[str, Any], by: Actor, at: datetime) -> Preview:
    """Return what ``publish_calendar`` would do, and do nothing. Raises what it would raise."""
    access.permit(by, "clock.publish_calendar")
    edition = _checked(notice)
    off, worked = dates.days_of(notice)
    with transaction.atomic():
        kept = keep_year(notice, edition=edition, by=by, at=at)
        transaction.set_rollback(True)
    alone = dates.calendar_of([notice])
    new_year = date(notice["year"], 1, 1)
    length = dates.Span(new_year, date(notice["year"], 12, 31))
    moved = sum(recount.before != recount.after for recount in kept.recounts)
    return Preview(
        edition=edition,
        off=sorted(off.items()),
        worked=sorted(worked),
        working_days=sum(alone.is_working_day(day) for day in length),
        moved=moved,
        settled=len(kept.recounts) - moved,
    )


def missing_year(on: date) -> int | None:
    """Return the coming year if its notice should be here by now and is not: from 1 December on."""
    coming = (on + timedelta(days=31)).year if (on.month, on.day) >= ALARM_FROM else on.year
    return None if coming in calendar().years else coming


def _checked(notice: Mapping[str, Any]) -> int:
    """Return the number of the edition that this notice would be."""
    year = notice["year"]
    newest = newest_edition(year)
    try:
        is_same = newest is not None and has_same_days(newest, notice)
        dates.days_of(notice)
    except ValueError as fault:
        raise Refusal(
            "clock.calendar_contradicts_itself", f"{year}年的通知前后矛盾：{fault}", "请对照通知原文改正后再上传。"
        ) from None
    if newest is None:
        return 1
    if is_same and all(getattr(newest, name) == value for name, value in notes_of(notice).items()):
        raise Refusal(
            "clock.calendar_already_published",
            f"{year}年的工作日历第{newest.edition}版与这份完全相同。",
            "不需要再次公布。",
        )
    return newest.edition + 1

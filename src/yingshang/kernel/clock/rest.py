"""Limits and working days for machines: the same rules that the platform counts by."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from yingshang.kernel.clock import queries
from yingshang.kernel.clock.models import CalendarDay, Limit
from yingshang.kernel.clock.snapshot import calendar, limit_on
from yingshang.kernel.clock.timepiece import today
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import rest
from yingshang.methods import dates

router = rest.Router()

Amount = Annotated[int, Field(ge=1, le=10_000, description="期限的数目")]
Year = Annotated[int, Field(ge=1, le=9999, description="年份")]
UnitIn = Annotated[Literal["wd", "d", "m", "y"], Field(description="wd 工作日，d 日，m 月，y 年")]


class LimitOut(Schema):
    """One edition of a limit."""

    code: str
    title: str
    length: str = Field(description="期限的文字表述")
    amount: int | None
    unit: str
    minimum: int | None
    maximum: int | None
    month: int | None
    day: int | None
    bound: str
    direction: str
    rolls: bool
    start_event: str
    on_expiry: str
    extends: str
    source: str
    edition: date | None
    effective_from: date
    effective_to: date | None
    todo: str
    digest: str


class CalendarOut(Schema):
    """The days of a year that differ from Monday to Friday."""

    year: int
    edition: int
    notices: str
    is_confirmed: bool
    days_off: list[date]
    make_up_days: list[date]


class DueOut(Schema):
    """The last day of a period."""

    date: date
    provisional: bool = Field(description="放假通知还没有公布，日期可能变化")


@router.get("/limits", response=rest.answers(list[LimitOut]), summary="某日有效的时限")
def all_limits(request: rest.ActorRequest, on: date | None = None) -> Any:
    """Return the limits in force on a day, today unless told."""
    return queries.limits_in_force(on or today())


@router.get("/limits/{code}", response=rest.answers(LimitOut), summary="一项时限在某日的版本")
def one_limit(request: rest.ActorRequest, code: rest.Code, on: date | None = None) -> Limit:
    """Return the edition of a limit in force on a day, today unless told."""
    return limit_on(code, on or today())


@router.get("/calendar/{year}", response=rest.answers(CalendarOut), summary="一年的放假和调休上班")
def one_year(request: rest.ActorRequest, year: Year) -> dict[str, Any]:
    """Return the edition of a year in force."""
    found = queries.calendar_year(year)
    days = sorted((day.date, day.kind) for day in found.days.all())
    return {
        "year": found.year,
        "edition": found.edition,
        "notices": found.notice_nos,
        "is_confirmed": found.is_confirmed,
        "days_off": [day for day, kind in days if kind == CalendarDay.Kind.OFF],
        "make_up_days": [day for day, kind in days if kind == CalendarDay.Kind.WORKED],
    }


@router.get("/due", response=rest.answers(DueOut), summary="算出到期日")
def due_date(
    request: rest.ActorRequest,
    start: date,
    amount: Amount,
    unit: UnitIn = "wd",
    before: bool = False,
    rolls: bool = False,
) -> dates.Due:
    """Return the last day of a period after an event, or the last day at least so long before it."""
    try:
        if before:
            return dates.before(start, amount, unit, calendar())
        return dates.due(start, amount, unit, calendar(), rolls=rolls)
    except (ValueError, OverflowError):
        raise Refusal(
            "clock.outside_the_calendar", "算出的日期超出了公历的范围。", "请核对起算日和期限的数目。"
        ) from None

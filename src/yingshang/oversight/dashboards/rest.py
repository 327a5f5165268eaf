"""The dashboards over the API: progress for everybody, the rest for those who see the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.oversight.dashboards import operations, queries
from yingshang.oversight.dashboards.forms import slice_from
from yingshang.oversight.dashboards.rules import SORTS, Slice, Watched, figures_of

router = rest.Router()

Section = Annotated[str, Field(max_length=340)]
MOST_ROWS = 1_000


class TaskProgressOut(Schema):
    """How far one task is; counts only. state: done, late or going."""

    section: str
    task_no: str
    sentence: str
    state: str
    owed: int
    done: int
    done_late: int
    late: int
    next_due: date | None


class ColorsOut(Schema):
    """How many duties burn in each color."""

    red: int
    yellow: int
    green: int
    gray: int


class CellOut(Schema):
    """The duties of one unit under one chapter."""

    section: str
    colors: ColorsOut
    done: int


class MonthLampOut(Schema):
    """The worst lamp of a month; struck: it was proved wrong later."""

    month: date
    color: str
    struck: bool


class StandingOut(Schema):
    """How one unit stands; days_late: of its longest lateness, in natural days."""

    unit_code: str
    unit_name: str
    colors: ColorsOut
    done: int
    days_late: int
    cells: list[CellOut]
    months: list[MonthLampOut]


class CountedOut(Schema):
    """A unit of which only counts come in."""

    unit_code: str
    unit_name: str
    open: int
    words: str


class CockpitOut(Schema):
    """The cockpit: its sentence, the units in the order asked for, and those that are only counted."""

    finding: str
    standings: list[StandingOut]
    counted: list[CountedOut]


class DutyOut(Schema):
    """One duty of a slice; lamp is empty once it is closed."""

    id: int
    title: str
    unit_code: str
    section: str
    task_no: str
    due: date | None
    closed: date | None
    lamp: str
    days_late: int


class SliceOut(Schema):
    """How many duties a slice holds, and the worst of them, 1,000 at most."""

    count: int
    rows: list[DutyOut]


class MonthFiguresOut(Schema):
    """One month of a unit in numbers."""

    month: date
    open: int
    red: int
    done: int
    on_time: int


class CallOut(Schema):
    """A unit to call, why, and what it answered last."""

    unit_code: str
    unit_name: str
    why: str
    answering: list[str]
    duties: list[DutyOut]
    last_answer: str


class CallIn(rest.Bounded):
    """What a unit answered, and by when it promised to be done."""

    answer: Annotated[str, Field(max_length=400)]
    promised_on: date | None = None


class NotedOut(Schema):
    """A call that was noted."""

    id: int
    unit_code: str
    answer: str
    promised_on: date | None


@router.get("/progress", response=rest.answers(list[TaskProgressOut]))
def progress(request: rest.ActorRequest) -> Any:
    """List the tasks of the plans and how far each is."""
    names = ("section", "sentence", "state", "owed", "done", "done_late", "late", "next_due")
    return [
        {"task_no": task.number} | {name: getattr(task, name) for name in names}
        for section in queries.progress(clock.today())
        for task in section.tasks
    ]


@router.get("/cockpit", response=rest.answers(CockpitOut))
def cockpit(request: rest.ActorRequest, sort: rest.Code = "worst", kind: rest.Code = "", section: Section = "") -> Any:
    """Show every unit by chapters, the worst first; sort: worst, open or unit."""
    access.permit(request.actor, "dashboards.see_cockpit")
    today = clock.today()
    chosen = sort if sort in SORTS else "worst"
    picture = queries.picture(request.actor, today, sort=chosen, kind=kind, section=section)
    units = picture.seen.units
    return {
        "finding": picture.finding,
        "standings": [
            {
                "unit_code": one.key,
                "unit_name": units[one.key].short_name,
                "colors": one.total.colors,
                "done": one.total.done,
                "days_late": one.total.days_late,
                "cells": [
                    {"section": name, "colors": cell.colors, "done": cell.done} for name, cell in one.cells.items()
                ],
                "months": [
                    {"month": lamp.month, "color": lamp.color, "struck": lamp.struck} for lamp in queries.strip_of(one)
                ],
            }
            for one in picture.standings
        ],
        "counted": [
            {"unit_code": row.unit.code, "unit_name": row.unit.short_name, "open": row.open, "words": row.words}
            for row in queries.counted_units(units.values(), today)
        ],
    }


@router.get("/duties", response=rest.answers(SliceOut))
def duties(
    request: rest.ActorRequest,
    unit: rest.Code = "",
    kind: rest.Code = "",
    section: Section = "",
    lamp: rest.Code = "",
    month: rest.Code = "",
    tense: rest.Code = "open",
) -> Any:
    """List the duties of a slice, the latest first; tense: open, done, on_time, lit, new or all."""
    asked = {"unit": unit, "kind": kind, "section": section, "lamp": lamp, "month": month, "tense": tense}
    chosen, today = slice_from(asked), clock.today()
    if chosen.unit:
        found = _unit(request, chosen.unit)
        seen = queries.read_unit(request.actor, found, today)
    else:
        access.permit(request.actor, "dashboards.see_cockpit")
        seen = queries.read(request.actor, today)
    rows = sorted(chosen.of(seen.duties), key=lambda duty: (-duty.days_late(today), duty.due or today.max, duty.pk))
    return {"count": len(rows), "rows": [_duty(row, today) for row in rows[:MOST_ROWS]]}


@router.get("/units/{code}/months", response=rest.answers(list[MonthFiguresOut]))
def months(request: rest.ActorRequest, code: rest.Code) -> Any:
    """List a unit's last twelve months in numbers."""
    found = _unit(request, code)
    seen = queries.read_unit(request.actor, found, clock.today())
    return [
        {"month": each.first, "open": each.open, "red": each.red, "done": each.done, "on_time": each.on_time}
        for each in figures_of(seen.duties, seen.months, Slice(unit=found.code))
    ]


@router.get("/calls", response=rest.answers(list[CallOut]))
def calls(request: rest.ActorRequest) -> Any:
    """List the units to call today, in order."""
    access.permit(request.actor, "dashboards.see_calls")
    today = clock.today()
    _rule, rows = queries.to_call(request.actor, today)
    return [
        {
            "unit_code": row.unit.code,
            "unit_name": row.unit.short_name,
            "why": row.choice.why,
            "answering": [f"{post}{name}" for post, name in row.answering],
            "duties": [_duty(duty, today) for duty in row.duties],
            "last_answer": row.last.answer if row.last else "",
        }
        for row in rows
    ]


@router.post("/units/{code}/calls", response=rest.answers(NotedOut, status=201))
def note_call(request: rest.ActorRequest, code: rest.Code, body: CallIn) -> Any:
    """Note a call to a unit."""
    call = operations.note_call(
        unit_code=code, answer=body.answer, promised_on=body.promised_on, by=request.actor, at=clock.now()
    )
    noted = {"id": call.pk, "unit_code": code, "answer": call.answer, "promised_on": call.promised_on}
    return rest.Status(201, noted)


def _unit(request: rest.ActorRequest, code: str) -> org.Unit:
    found = org.unit(code)
    if access.may(request.actor, "dashboards.see_unit", found) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    return found


def _duty(row: Watched, today: date) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "unit_code": row.unit,
        "section": row.section,
        "task_no": row.task_no,
        "due": row.due,
        "closed": row.closed,
        "lamp": row.lamp,
        "days_late": row.days_late(today),
    }

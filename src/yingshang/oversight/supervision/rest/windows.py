"""Self-checks and problem lists over the API, for units and the bureau."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.rest.routing import router
from yingshang.oversight.supervision.rules.periods import first_day

Period = Annotated[str, Field(pattern=r"^\d{4}(-W\d{2}|-\d{2}|H[12])?$", max_length=8)]
Line = Annotated[str, Field(min_length=1, max_length=400)]


class OwingOut(Schema):
    """One unit and what it owes for a period; ``problems``: found, or named."""

    unit: str
    due_date: date | None
    lamp: str
    filed: bool
    problems: int
    unfixed: int


class SheetIn(rest.Bounded):
    """The sheet of a period: code of an item → what is wrong; whatever is left out is in order."""

    wrong: Annotated[dict[rest.Code, Line], Field(max_length=100)] = {}


class ItemOut(Schema):
    """One line of a sheet."""

    id: int
    code: str
    title: str
    in_order: bool
    note: str
    fixed_on: date | None


class SheetOut(Schema):
    """A filled sheet."""

    id: int
    unit: str
    period: str
    items: list[ItemOut]


class FixIn(rest.Bounded):
    """When and how it was put right."""

    on: date
    how: Line


class ProblemIn(rest.Bounded):
    """One problem that a unit names."""

    what: Line
    area: rest.Code
    cause: Line
    measure: Line
    due_date: date


class ListIn(rest.Bounded):
    """The problem list of a period."""

    problems: Annotated[list[ProblemIn], Field(min_length=1, max_length=50)]


class SeenOut(Schema):
    """What the records say: of one sort, how many."""

    sort: str
    count: int


class ComparedOut(Schema):
    """One area: ``both``, ``seen_only`` or ``named_only``."""

    area: str
    verdict: str
    named: list[str]
    seen: list[SeenOut]


@router.get("/self-checks/{period}", response=rest.answers(list[OwingOut]), summary="各单位窗口自查")
def self_checks(request: rest.ActorRequest, period: Period) -> Any:
    """List who owes the sheet of a period; a unit sees its own line."""
    return _owing(request, queries.self_checks_of(period, clock.today()))


@router.post("/self-checks/{period}", response=rest.answers(SheetOut, status=201), summary="填写窗口自查表")
def fill(request: rest.ActorRequest, period: Period, body: SheetIn) -> Any:
    """Fill in the sheet of the actor's unit."""
    filled = operations.fill_self_check(period=period, wrong=body.wrong, by=request.actor, at=clock.now())
    return rest.Status(201, _sheet(queries.sheet(filled.pk)))


@router.post("/self-check-items/{item_id}/fix", response=rest.answers(ItemOut), summary="登记自查问题的整改")
def fix(request: rest.ActorRequest, item_id: rest.Id, body: FixIn) -> Any:
    """Say when and how an item was put right."""
    found = queries.item(item_id)
    if access.may(request.actor, "supervision.see_own_look", found.sheet.unit) is not None:
        raise NotFound("自查表的这一项")
    return operations.fix_item(item_id=item_id, on=body.on, how=body.how, by=request.actor, at=clock.now())


@router.get("/problem-lists/{period}", response=rest.answers(list[OwingOut]), summary="各单位突出问题清单")
def problem_lists(request: rest.ActorRequest, period: Period) -> Any:
    """List who owes a problem list for a period; a unit sees its own line."""
    return _owing(request, queries.problem_lists_of(period, clock.today()))


@router.post("/problem-lists/{period}", response=rest.answers(OwingOut, status=201), summary="报送突出问题清单")
def file(request: rest.ActorRequest, period: Period, body: ListIn) -> Any:
    """File the list of the actor's unit."""
    problems = [operations.Problem(**each.dict()) for each in body.problems]
    operations.file_problem_list(period=period, problems=problems, by=request.actor, at=clock.now())
    return rest.Status(201, _owing(request, queries.problem_lists_of(period, clock.today()), own=True)[0])


@router.get("/units/{code}/problems/{period}", response=rest.answers(list[ComparedOut]), summary="问题对照")
def comparison(request: rest.ActorRequest, code: rest.Code, period: Period) -> Any:
    """Show what a unit named beside what the records say since the present period began."""
    unit = org.unit(code)
    if access.may(request.actor, "supervision.see_own_look", unit) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    today = clock.today()
    first = first_day(today, queries.rules_of_county().problem_list_every)
    rows = queries.comparison(unit, period, first, today)
    return [
        {
            "area": row.area,
            "verdict": row.verdict,
            "named": list(row.named),
            "seen": [{"sort": each.sort, "count": each.count} for each in row.seen],
        }
        for row in rows
    ]


def _owing(request: rest.ActorRequest, rows: list[queries.Owing], *, own: bool = False) -> list[dict[str, Any]]:
    if not request.actor.unit:
        raise NotFound("这一期")
    sees_all = request.actor.holds("supervision.see_work") and not own
    return [
        {
            "unit": row.unit.code,
            "due_date": row.duty.due_date,
            "lamp": row.lamp.color if row.lamp else "",
            "filed": row.filed is not None,
            "problems": row.wrong,
            "unfixed": row.unfixed,
        }
        for row in rows
        if sees_all or row.unit.code == request.actor.unit
    ]


def _sheet(filled: Any) -> dict[str, Any]:
    return {"id": filled.pk, "unit": filled.unit.code, "period": filled.period, "items": list(filled.items.all())}

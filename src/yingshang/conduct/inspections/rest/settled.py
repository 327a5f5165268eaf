"""What is settled, over the API: items, classes, caps, and how often a rule stopped somebody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from yingshang.conduct.inspections import queries
from yingshang.kernel import clock
from yingshang.kernel.web import rest

router = rest.Router()


class InspectionItemOut(Schema):
    """One item that may be inspected. unit: code of the one who inspects it."""

    code: str
    name: str
    category: str
    importance: str
    objects: str
    method: str
    basis: str
    unit: str


class GradeRuleOut(Schema):
    """One class. least, most: fractions as text. yearly_most null: by need. source empty: 尚无出处."""

    grade: str
    title: str
    least: str
    most: str
    yearly_most: int | None
    on_cause_only: bool
    source: str
    todo: str
    effective_from: date


class CapOut(Schema):
    """One yearly cap. unit empty: of the units that have none of their own. source empty: 尚无出处."""

    unit: str
    yearly_most: int
    source: str
    todo: str
    effective_from: date


class InspectionsSettledOut(Schema):
    """Classes and caps in force today."""

    grades: list[GradeRuleOut]
    caps: list[CapOut]


class StopOut(Schema):
    """How often a rule stopped a unit."""

    unit: str
    refusal: str
    number: int
    last: datetime


@router.get("/items", response=rest.answers(list[InspectionItemOut]))
def items(request: rest.ActorRequest) -> Any:
    """List the published items with their legal basis."""
    names = set(InspectionItemOut.model_fields) - {"code"}
    rows = queries.published_items(clock.today())
    return [{"code": code} | {name: row.values[name] for name in names} for code, row in rows.items()]


@router.get("/settled", response=rest.answers(InspectionsSettledOut))
def settled(request: rest.ActorRequest) -> Any:
    """Show classes with their ratios, and yearly caps."""
    today = clock.today()
    caps = [
        {"unit": row.unit.code if row.unit else ""}
        | {name: getattr(row, name) for name in ("yearly_most", "source", "todo", "effective_from")}
        for row in queries.caps_on(today)
    ]
    return {"grades": list(queries.grade_rules_on(today)), "caps": caps}


@router.get("/stops", response=rest.answers(list[StopOut]))
def stops(request: rest.ActorRequest) -> Any:
    """Count the attempts that each rule stopped in each unit."""
    return queries.stop_counts()

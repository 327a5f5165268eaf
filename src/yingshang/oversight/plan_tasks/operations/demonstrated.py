"""Some weeks of plans at work, done by the demo people: plan/work_plans.yaml, in demo mode only."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import clock, org, parties
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.methods import county_files
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Duty, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.operations.drafting import set_aim, start_work_plan
from yingshang.oversight.plan_tasks.operations.filing import accept_filing, file_edition, return_filing
from yingshang.oversight.plan_tasks.operations.progressing import Told, ask_sign_off, report_progress, sign_off_stage
from yingshang.oversight.plan_tasks.operations.staging import replace_stages
from yingshang.oversight.plan_tasks.operations.yearly import open_yearly_plans
from yingshang.oversight.plan_tasks.rules import PLANNED, Goal, GoalKind, StagePlan

_TEXT = {"type": "string", "minLength": 1}
_NUMBER = {"type": "number"}
_GOAL = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "words", "source"],
    "properties": {
        "kind": {"enum": [str(kind) for kind in GoalKind]},
        "words": _TEXT,
        "source": _TEXT,
        "baseline": _NUMBER,
        "target": _NUMBER,
        "unit": _TEXT,
        "items": {"type": "array", "items": _TEXT},
    },
}
_STAGE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "goal", "from", "days", "answers"],
    "properties": {
        "title": _TEXT,
        "goal": _GOAL,
        "from": {"type": "integer"},
        "days": {"type": "integer", "minimum": 0},
        "answers": _TEXT,
        "follows": {"type": "array", "items": {"type": "integer", "minimum": 1}},
    },
}
_SAID = {
    "type": "object",
    "additionalProperties": False,
    "required": ["stage", "deed", "words"],
    "properties": {
        "stage": {"type": "integer", "minimum": 1},
        "deed": {"enum": ["report", "ask", "sign_off"]},
        "words": _TEXT,
        "value": _NUMBER,
        "problem": _TEXT,
    },
}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "plan", "decided_by", "work_plans"],
    "properties": {
        "schema": {"const": "work-plans-demo/1"},
        "plan": _TEXT,
        "decided_by": {"type": "object", "required": ["person", "unit"]},
        "work_plans": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["unit", "by", "aim", "stages", "then"],
                "properties": {
                    "unit": _TEXT,
                    "task": _TEXT,
                    "by": _TEXT,
                    "aim": _TEXT,
                    "then": {"enum": ["draft", "filed", "returned", "accepted"]},
                    "reasons": _TEXT,
                    "stages": {"type": "array", "items": _STAGE},
                    "said": {"type": "array", "items": _SAID},
                },
            },
        },
    },
}


@transaction.atomic
def load_demonstration(folder: Path) -> None:
    """Do what the file says, as the demo people, dated from today; what was done before is left alone.

    A row without ``task`` is the unit's yearly plan. Raises ``county_files.DataProblem``.
    """
    path = folder / "plan" / "work_plans.yaml"
    if not settings.YS_DEMO or not path.exists():
        return
    file = county_files.read(path, SCHEMA)
    today = clock.today()
    open_yearly_plans(by=SYSTEM, on=today, at=clock.now())
    decided = file.data["decided_by"]
    desk = _actor(decided["person"], decided["unit"], today)
    for place, row in enumerate(file.data["work_plans"]):
        owed = _owed(file.data["plan"], row, today)
        if owed is None:
            raise file.problem(("work_plans", place), "no duty fits this unit and task.")
        _act(row, owed, desk, today)


def _act(row: dict[str, Any], obligation_id: int, desk: Actor, today: date) -> None:
    by, now = _actor(row["by"], row["unit"], today), clock.now()
    plan = start_work_plan(obligation_id=obligation_id, by=by, on=today, at=now)
    edition = queries.edition_in_hand(plan)
    if edition is None or edition.stages.exists() or edition.state != WorkPlanEdition.State.DRAFT:
        return
    set_aim(edition_id=edition.pk, aim=row["aim"], by=by, at=now)
    last = queries.span_of(plan).last or date.max
    replace_stages(edition_id=edition.pk, stages=_stages(row["stages"], today, last), by=by, at=now)
    if row["then"] == "draft":
        return
    filing = file_edition(edition_id=edition.pk, by=by, on=today, at=now)
    if row["then"] == "returned":
        return_filing(filing_id=filing.pk, reasons=row["reasons"], by=desk, on=today, at=now)
    if row["then"] == "accepted":
        accept_filing(filing_id=filing.pk, by=desk, on=today, at=now)
        for said in row.get("said", []):
            _say(said, edition, by, desk, today)


def _say(said: dict[str, Any], edition: WorkPlanEdition, by: Actor, desk: Actor, today: date) -> None:
    stage_id = edition.stages.get(place=said["stage"]).pk
    value = Decimal(str(said["value"])) if "value" in said else None
    told = Told(words=said["words"], problem=said.get("problem", ""), value=value)
    deed = report_progress if said["deed"] == "report" else ask_sign_off
    deed(stage_id=stage_id, told=told, by=by, on=today, at=clock.now())
    if said["deed"] == "sign_off":
        sign_off_stage(stage_id=stage_id, by=desk, on=today, at=clock.now())


def _owed(plan_code: str, row: dict[str, Any], today: date) -> int | None:
    if "task" not in row:
        yearly = WorkPlan.objects.filter(unit__code=row["unit"], year=today.year, plan__code=plan_code)
        return yearly.values_list("obligation_id", flat=True).first()
    duties = Duty.objects.filter(task__edition__plan__code=plan_code, task__edition__superseded_on=None)
    mine = duties.filter(unit__code=row["unit"], task__number=row["task"], obligation__kind__in=PLANNED)
    return mine.exclude(obligation__state="cancelled").values_list("obligation_id", flat=True).first()


def _stages(rows: list[dict[str, Any]], today: date, last: date) -> list[StagePlan]:
    """Return the stages, dated from today and none after the last day of the task or the year."""
    return [
        StagePlan(
            place=place,
            title=row["title"],
            goal=_goal(row["goal"]),
            starts_on=min(today + timedelta(days=row["from"]), last),
            finish_on=min(today + timedelta(days=row["from"] + row["days"]), last),
            answers=row["answers"],
            follows=frozenset(row.get("follows", [])),
        )
        for place, row in enumerate(rows, 1)
    ]


def _goal(row: dict[str, Any]) -> Goal:
    def number(name: str) -> Decimal | None:
        return Decimal(str(row[name])) if name in row else None

    return Goal(
        kind=GoalKind(row["kind"]),
        words=row["words"],
        source=row["source"],
        baseline=number("baseline"),
        target=number("target"),
        unit=row.get("unit", ""),
        items=tuple(row.get("items", ())),
    )


def _actor(key: str, unit: str, on: date) -> Actor:
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym(key))
    return parties.actor_for(person, unit=org.unit(unit), on=on, level=parties.Level.SECOND_FACTOR)

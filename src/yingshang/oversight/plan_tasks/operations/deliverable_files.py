"""Bring a county's list of what the plan orders to set up in, as suggestions that a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import clock, org
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import county_files
from yingshang.oversight.plan_tasks.models import Deliverable, Plan, Reading
from yingshang.oversight.plan_tasks.operations.deliverables import confirm_deliverables
from yingshang.oversight.plan_tasks.operations.recorders import recorder
from yingshang.oversight.plan_tasks.queries import edition_or_none

_TEXT = {"type": "string", "minLength": 1}
REGISTER: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "plan", "deliverables"],
    "properties": {
        "schema": {"const": "deliverables/1"},
        "plan": {"type": "string", "pattern": "^[a-z0-9-]{1,80}$"},
        "confirmed_by": {
            "type": "object",
            "additionalProperties": False,
            "required": ["person", "unit"],
            "properties": {"person": _TEXT, "unit": _TEXT},
        },
        "note": {"type": "string"},
        "deliverables": {"type": "array", "items": {"$ref": "#/$defs/deliverable"}},
    },
    "$defs": {
        "deliverable": {
            "type": "object",
            "additionalProperties": False,
            "required": ["task", "words", "title", "kind", "rows", "capability"],
            "properties": {
                "task": _TEXT,
                "words": {"type": "string", "minLength": 2, "maxLength": 400},
                "title": {"type": "string", "minLength": 2, "maxLength": 120},
                "kind": {"enum": list(Deliverable.Kind.values)},
                "owner": _TEXT,
                "rows": {"type": "array", "items": _TEXT, "minItems": 1},
                "capability": {"type": "string", "pattern": "^[a-z_]{2,60}$"},
                "runs": {"type": "array", "items": {"type": "string", "pattern": "^[a-z_]+\\.[a-z_]+$"}},
                "due": {"type": "string", "format": "date"},
            },
        }
    },
}


@transaction.atomic
def load_deliverables(folder: Path, reading: Reading) -> None:
    """Store the rows of ``plan/deliverables.yaml`` as suggestions; in demo mode confirm them as recorded.

    Every row's words must stand exactly once in the task it names, as the
    notice was read. A row that is stored already is left as people made it.
    Raises ``county_files.DataProblem`` for words that the task does not hold
    and names that nobody bears. Safe to repeat.
    """
    path = folder / "plan" / "deliverables.yaml"
    if not path.exists():
        return
    file = county_files.read(path, REGISTER)
    doc = reading.result["doc"]
    plan, _ = Plan.objects.get_or_create(
        code=file.data["plan"], defaults={"title": doc["title"] or doc["notice_title"] or reading.file_name}
    )
    known = {(row.task_place, row.words): row for row in Deliverable.objects.filter(plan=plan)}
    units = {unit.code: unit for unit in org.Unit.objects.all()}
    fresh = []
    for number, row in enumerate(file.data["deliverables"], 1):
        place, start = _place(file, number - 1, row, reading)
        if (place, row["words"]) not in known:
            fresh.append(_suggestion(file, number, row, plan, place, start, units))
    Deliverable.objects.bulk_create(fresh)
    if settings.YS_DEMO and "confirmed_by" in file.data and edition_or_none(plan.code) is not None:
        waiting = Deliverable.objects.filter(plan=plan, confirmed_at=None, declined_at=None)
        numbers = list(waiting.order_by("number").values_list("number", flat=True))
        if numbers:
            by, now = recorder(file, "confirmed_by"), clock.now()
            confirm_deliverables(plan_code=plan.code, numbers=numbers, by=by, on=clock.today(), at=now)


def _place(file: county_files.CountyFile, index: int, row: Mapping[str, Any], reading: Reading) -> tuple[int, int]:
    """Return the place of the row's task and where its words begin in the notice's text."""
    key = ("deliverables", index)
    tasks = [(place, task) for place, task in enumerate(reading.result["tasks"], 1) if task["number"] == row["task"]]
    if not tasks:
        raise file.problem((*key, "task"), f"the notice has no task {row['task']}.")
    for place, task in tasks:
        begin, end = task["source"]["start"], task["source"]["end"]
        if reading.text.count(row["words"], begin, end) == 1:
            return place, reading.text.index(row["words"], begin, end)
    raise file.problem(
        (*key, "words"),
        f"“{row['words']}” does not stand exactly once in task {row['task']}.",
        "Copy the words as the notice prints them, commas included.",
    )


def _suggestion(
    file: county_files.CountyFile,
    number: int,
    row: Mapping[str, Any],
    plan: Plan,
    place: int,
    start: int,
    units: Mapping[str, org.Unit],
) -> Deliverable:
    owner = row.get("owner")
    if owner and owner not in units:
        raise file.unknown(("deliverables", number - 1, "owner"), "unit", owner, set(units))
    return Deliverable(
        plan=plan,
        number=number,
        task_place=place,
        task_number=row["task"],
        words=row["words"],
        start=start,
        end=start + len(row["words"]),
        title=row["title"],
        kind=row["kind"],
        owner=units[owner] if owner else None,
        rows=row["rows"],
        capability=row["capability"],
        runs=row.get("runs", []),
        due_date=row.get("due"),
        suggested_at=clock.now(),
        suggested_by=SYSTEM.person,
    )

"""Bring in what a county's notice says of its leading group and special groups."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import clock, org
from yingshang.methods import county_files
from yingshang.oversight.plan_tasks.models import LeadingGroup, Plan, Seat
from yingshang.oversight.plan_tasks.operations.recorders import recorder
from yingshang.oversight.plan_tasks.operations.seating import seat_member

_TEXT = {"type": "string", "minLength": 1}
_DAY = {"type": "string", "format": "date"}
GROUPS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "plan", "groups"],
    "properties": {
        "schema": {"const": "leading-groups/1"},
        "plan": {"type": "string", "pattern": "^[a-z0-9-]{1,80}$"},
        "groups": {"type": "array", "items": {"$ref": "#/$defs/group"}},
        "demo_seats": {"$ref": "#/$defs/seats"},
    },
    "$defs": {
        "group": {
            "type": "object",
            "additionalProperties": False,
            "required": ["code", "kind", "title", "source"],
            "properties": {
                "code": {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"},
                "kind": {"enum": list(LeadingGroup.Kind.values)},
                "title": _TEXT,
                "unit": _TEXT,
                "duties": {"type": "array", "items": _TEXT},
                "sections": {"type": "array", "items": {"type": "integer", "minimum": 1}},
                "source": {"anyOf": [_TEXT, {"type": "null"}]},
                "todo": _TEXT,
            },
        },
        "seats": {
            "type": "object",
            "additionalProperties": False,
            "required": ["recorded_by", "source", "from", "seats"],
            "properties": {
                "recorded_by": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["person", "unit"],
                    "properties": {"person": _TEXT, "unit": _TEXT},
                },
                "source": _TEXT,
                "from": _DAY,
                "seats": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["group", "role", "unit"],
                        "properties": {
                            "group": _TEXT,
                            "role": {"enum": list(Seat.Role.values)},
                            "unit": _TEXT,
                            "post": _TEXT,
                            "person": _TEXT,
                        },
                    },
                },
            },
        },
    },
}


@transaction.atomic
def load_groups(folder: Path) -> None:
    """Make the groups of ``plan/groups.yaml``; in demo mode seat the invented members it records. Safe to repeat.

    A group that is there is left as people made it. Raises
    ``county_files.DataProblem`` for a unit that nobody knows and for a group
    with neither source nor todo.
    """
    path = folder / "plan" / "groups.yaml"
    plan = None
    if path.exists():
        file = county_files.read(path, GROUPS)
        plan = Plan.objects.filter(code=file.data["plan"]).first()
    if plan is None:
        return
    known = set(LeadingGroup.objects.filter(plan=plan).values_list("code", flat=True))
    units = {unit.code: unit for unit in org.Unit.objects.all()}
    for index, row in enumerate(file.data["groups"]):
        key = ("groups", index)
        if row["source"] is None and "todo" not in row:
            raise file.problem(key, "the source is null and nothing says what to do about it.", "Add “todo: …”.")
        if "unit" in row and row["unit"] not in units:
            raise file.unknown((*key, "unit"), "unit", row["unit"], set(units))
        if row["code"] not in known:
            LeadingGroup.objects.create(
                plan=plan,
                code=row["code"],
                kind=row["kind"],
                title=row["title"],
                unit=units.get(row.get("unit", "")),
                duties="\n".join(row.get("duties", [])),
                sections=row.get("sections", []),
                source=row["source"] or "",
                todo=row.get("todo", ""),
            )
    if settings.YS_DEMO and "demo_seats" in file.data:
        _seat_demo_people(file, plan)


def _seat_demo_people(file: county_files.CountyFile, plan: Plan) -> None:
    record = file.data["demo_seats"]
    groups = {group.code: group for group in LeadingGroup.objects.filter(plan=plan)}
    if Seat.objects.filter(group__in=groups.values()).exists():
        return
    by, now = recorder(file, "demo_seats", "recorded_by"), clock.now()
    since = record["from"] if isinstance(record["from"], date) else date.fromisoformat(record["from"])
    for index, row in enumerate(record["seats"]):
        if row["group"] not in groups:
            raise file.unknown(("demo_seats", "seats", index, "group"), "group", row["group"], set(groups))
        seat_member(
            group_id=groups[row["group"]].pk,
            role=row["role"],
            unit_code=row["unit"],
            post=row.get("post", ""),
            person=org.demo_pseudonym(row["person"]) if "person" in row else "",
            since=since,
            source=record["source"],
            by=by,
            at=now,
        )

"""A published evaluation, done by the demo people: evaluation/demo-2025.yaml and .csv, in demo mode only."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import org, parties
from yingshang.kernel.parties import Actor
from yingshang.methods import county_files
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Evaluation, Value
from yingshang.oversight.evaluation.operations.collecting import enter_value, import_values, record_asked_change
from yingshang.oversight.evaluation.operations.commissioning import commission, state_interest, take_edition
from yingshang.oversight.evaluation.operations.objecting import answer_objection, object_to
from yingshang.oversight.evaluation.operations.publishing import publish
from yingshang.oversight.evaluation.operations.scoring import score
from yingshang.oversight.evaluation.operations.settling import settle
from yingshang.oversight.evaluation.operations.stages import begin_checking, begin_collecting

_TEXT = {"type": "string", "minLength": 1}
_ACTOR = {
    "type": "object",
    "additionalProperties": False,
    "required": ["person", "unit"],
    "properties": {"person": _TEXT, "unit": _TEXT},
}


def _closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


SCHEMA = _closed(
    schema={"const": "evaluation-demo/1"},
    code=_TEXT,
    title=_TEXT,
    year={"type": "integer"},
    place=_TEXT,
    contract_no=_TEXT,
    contract={"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2},
    edition=_TEXT,
    values=_TEXT,
    commissioner=_ACTOR,
    evaluator=_ACTOR,
    days=_closed(commission=_TEXT, collect=_TEXT, check=_TEXT, score=_TEXT, object=_TEXT, answer=_TEXT, publish=_TEXT),
    settle={"type": "array", "items": _closed(series=_TEXT, place=_TEXT, value=_TEXT, reason=_TEXT)},
    asked=_closed(who=_TEXT, how=_TEXT, series=_TEXT, wanted=_TEXT, answer=_TEXT, on=_TEXT),
    objection=_closed(by=_ACTOR, series=_TEXT, text=_TEXT, value=_TEXT, source=_TEXT, answer=_TEXT),
)


@transaction.atomic
def load_demonstration(folder: Path) -> None:
    """Walk one evaluation from its contract to its publication, on the days the file names.

    Nothing outside demo mode, without the file, or when it was done before. Raises ``county_files.DataProblem``.
    """
    path = folder / "evaluation" / "demo-2025.yaml"
    if not settings.YS_DEMO or not path.exists():
        return
    data = county_files.read(path, SCHEMA).data
    if Evaluation.objects.filter(code=data["code"]).exists():
        return
    _walk(data, folder)


def _walk(data: Mapping[str, Any], folder: Path) -> None:
    at = {name: _noon(day) for name, day in data["days"].items()}
    gu = _actor(data["evaluator"], at["commission"].date())
    desk = _actor(data["commissioner"], at["commission"].date())
    first, last = (date.fromisoformat(day) for day in data["contract"])
    found = commission(
        code=data["code"],
        title=data["title"],
        year=data["year"],
        place=data["place"],
        evaluator=data["evaluator"]["unit"],
        contract_no=data["contract_no"],
        contract_from=first,
        contract_to=last,
        by=desk,
        at=at["commission"],
        is_demo=True,
    )
    mine: dict[str, Any] = {"evaluation_id": found.pk, "by": gu}
    state_interest(has_conflict=False, text="", at=at["commission"], **mine)
    take_edition(content=(folder / data["edition"]).read_bytes(), at=at["commission"], **mine)
    begin_collecting(at=at["collect"], **mine)
    _collect(folder / "evaluation" / data["values"], mine, at["check"])
    asked = dict(data["asked"])
    on = date.fromisoformat(asked.pop("on"))
    record_asked_change(place=data["place"], asked_on=on, at=at["check"], **asked, **mine)
    begin_checking(at=at["check"], **mine)
    for row in data["settle"]:
        settle(value_id=_value(found, gu, row), reason=row["reason"], at=at["score"], **mine)
    score(at=at["score"], **mine)
    _object(data, found, mine, at)
    publish(at=at["publish"], **mine)


def _collect(path: Path, mine: dict[str, Any], at: datetime) -> None:
    """Import the rows, one deed for each method, source, collector and day, as an evaluator would."""
    grouped: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            source = (row["method"], row["source"], row["collector"], row["date"])
            grouped[source].append({name: row[name] for name in ("place", "series", "value")})
    for (method, source_ref, collector, day), rows in grouped.items():
        of: dict[str, Any] = {"method": method, "source_ref": source_ref, "collector": collector}
        import_values(rows=rows, collected_on=date.fromisoformat(day), at=at, **of, **mine)


def _object(data: Mapping[str, Any], found: Evaluation, mine: dict[str, Any], at: Mapping[str, datetime]) -> None:
    said = data["objection"]
    unit = _actor(said["by"], at["object"].date())
    objection = object_to(evaluation_id=found.pk, series=said["series"], text=said["text"], by=unit, at=at["object"])
    answered = at["answer"]
    row = {"place": data["place"], "series": said["series"], "value": said["value"]}
    answer_objection(objection_id=objection.pk, is_accepted=True, answer=said["answer"], by=mine["by"], at=answered)
    enter = {"place": row["place"], "series": row["series"], "written": row["value"], "source_ref": said["source"]}
    value = enter_value(
        method="statement",
        collector=mine["by"].name,
        collected_on=answered.date(),
        is_verified=True,
        at=answered,
        **enter,
        **mine,
    )
    settle(value_id=value.pk, reason=said["answer"], at=answered, **mine)
    score(why="采纳一条异议", at=answered, **mine)


def _value(found: Evaluation, by: Actor, row: Mapping[str, str]) -> int:
    with queries.reading(by):
        return Value.objects.get(evaluation=found, series=row["series"], place=row["place"], written=row["value"]).pk


def _actor(row: Mapping[str, str], on: date) -> Actor:
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym(row["person"]))
    return parties.actor_for(person, unit=org.unit(row["unit"]), on=on, level=parties.Level.SECOND_FACTOR)


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=4), tzinfo=UTC)

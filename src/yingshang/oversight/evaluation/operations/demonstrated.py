"""Evaluations done by the demo people: evaluation/demo-*.yaml and .csv, in demo mode only."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.kernel import clock, org, parties
from yingshang.kernel.parties import Actor
from yingshang.methods import county_files
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Evaluation, Value
from yingshang.oversight.evaluation.operations.asking import inquire, state_value
from yingshang.oversight.evaluation.operations.collecting import enter_value, import_values, record_asked_change
from yingshang.oversight.evaluation.operations.commissioning import commission, state_interest, take_edition
from yingshang.oversight.evaluation.operations.extracting import Taken, import_log, take_figures
from yingshang.oversight.evaluation.operations.interviewing import record_interview
from yingshang.oversight.evaluation.operations.objecting import answer_objection, object_to
from yingshang.oversight.evaluation.operations.publishing import publish
from yingshang.oversight.evaluation.operations.scoring import score
from yingshang.oversight.evaluation.operations.settling import settle
from yingshang.oversight.evaluation.operations.stages import begin_checking, begin_collecting

_TEXT = {"type": "string", "minLength": 1}
_DAY = {"anyOf": [{"type": "string", "format": "date"}, {"type": "integer", "maximum": 3660}]}
"""A day, or so many days ago (fewer than 0: from now), so that what stands open is open whenever a site is started."""


def _closed(optional: str = "", **properties: Any) -> dict[str, Any]:
    required = [name for name in properties if name not in optional.split()]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _rows(row: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": row}


_ACTOR = _closed(person=_TEXT, unit=_TEXT)
_SAID = _closed("note open", series=_TEXT, value=_TEXT, evidence=_TEXT, note=_TEXT, open={"type": "boolean"})
_INTERVIEW = _closed(
    enterprise=_TEXT, described=_TEXT, on=_DAY, minutes=_TEXT, values=_rows(_closed(series=_TEXT, value=_TEXT))
)
SCHEMA = _closed(
    "log inquiries interviews settle asked objection",
    schema={"const": "evaluation-demo/1"},
    code=_TEXT,
    title=_TEXT,
    year={"type": "integer"},
    place=_TEXT,
    contract_no=_TEXT,
    contract={"type": "array", "items": _DAY, "minItems": 2, "maxItems": 2},
    edition=_TEXT,
    values=_TEXT,
    log=_closed(
        file=_TEXT,
        title=_TEXT,
        columns=_closed(case=_TEXT, activity=_TEXT, at=_TEXT, unit=_TEXT),
        take=_closed(series=_TEXT, figure=_TEXT),
    ),
    commissioner=_ACTOR,
    evaluator=_ACTOR,
    days=_closed(
        "check score object answer publish",
        commission=_DAY,
        collect=_DAY,
        gathered=_DAY,
        check=_DAY,
        score=_DAY,
        object=_DAY,
        answer=_DAY,
        publish=_DAY,
    ),
    inquiries=_rows(_closed("by", unit=_TEXT, series=_rows(_TEXT), by=_ACTOR, statements=_rows(_SAID))),
    interviews=_rows(_INTERVIEW),
    settle=_rows(_closed(series=_TEXT, place=_TEXT, value=_TEXT, reason=_TEXT)),
    asked=_closed(who=_TEXT, how=_TEXT, series=_TEXT, wanted=_TEXT, answer=_TEXT, on=_DAY),
    objection=_closed(by=_ACTOR, series=_TEXT, text=_TEXT, value=_TEXT, source=_TEXT, answer=_TEXT, evidence=_TEXT),
)


def load_demonstration(folder: Path) -> None:
    """Walk each evaluation as far as its file names days; one without ``publish`` stands open to visitors.

    Nothing outside demo mode, without files, or where it was done before. Raises ``county_files.DataProblem``.
    """
    if not settings.YS_DEMO:
        return
    for path in sorted((folder / "evaluation").glob("demo-*.yaml")):
        data = county_files.read(path, SCHEMA).data
        if not Evaluation.objects.filter(code=data["code"]).exists():
            _walk(data, folder)


@transaction.atomic
def _walk(data: Mapping[str, Any], folder: Path) -> None:
    at = {name: _noon(day) for name, day in data["days"].items()}
    gu = _actor(data["evaluator"], at["commission"])
    found = commission(
        code=data["code"],
        title=data["title"],
        year=data["year"],
        place=data["place"],
        evaluator=data["evaluator"]["unit"],
        contract_no=data["contract_no"],
        contract_from=_day(data["contract"][0]),
        contract_to=_day(data["contract"][1]),
        by=_actor(data["commissioner"], at["commission"]),
        at=at["commission"],
        is_demo=True,
    )
    mine: dict[str, Any] = {"evaluation_id": found.pk, "by": gu}
    state_interest(has_conflict=False, text="", at=at["commission"], **mine)
    take_edition(content=(folder / data["edition"]).read_bytes(), at=at["commission"], **mine)
    begin_collecting(at=at["collect"], **mine)
    _import(folder / "evaluation" / data["values"], mine, at["gathered"])
    if "log" in data:
        _take_log(data["log"], found, folder / "evaluation", mine, at["gathered"])
    _ask(data, mine, at["collect"], at["gathered"])
    _interview(data, mine, at["gathered"])
    if "asked" in data:
        asked = dict(data["asked"])
        on = _day(asked.pop("on"))
        record_asked_change(place=data["place"], asked_on=on, at=at["gathered"], **asked, **mine)
    if "publish" in at:
        _finish(data, found, mine, at)


def _finish(data: Mapping[str, Any], found: Evaluation, mine: dict[str, Any], at: Mapping[str, datetime]) -> None:
    begin_checking(at=at["check"], **mine)
    for row in data.get("settle", []):
        settle(value_id=_value(found, mine["by"], row), reason=row["reason"], at=at["score"], **mine)
    score(at=at["score"], **mine)
    if "objection" in data:
        _object(data, found, mine, at)
    publish(at=at["publish"], **mine)


def _take_log(log: Mapping[str, Any], found: Evaluation, folder: Path, mine: dict[str, Any], at: datetime) -> None:
    """Import an outside log and take one figure of all its cases as a value."""
    content = (folder / log["file"]).read_bytes()
    made = import_log(content=content, file_name=log["file"], mapping=log["columns"], title=log["title"], at=at, **mine)
    line = next(number for number, row in enumerate(made.tables["lines"], start=1) if not row["subject"] + row["unit"])
    taken = [Taken(line, log["take"]["figure"], log["take"]["series"], found.place)]
    take_figures(extraction_id=made.pk, taken=taken, by=mine["by"], at=at)


def _import(path: Path, mine: dict[str, Any], at: datetime) -> None:
    """Import the rows, one deed for each method, source, collector and day, as an evaluator would."""
    grouped: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            source = (row["method"], row["source"], row["collector"], row["date"])
            grouped[source].append({name: row[name] for name in ("place", "series", "value", "low", "high")})
    for (method, source_ref, collector, day), rows in grouped.items():
        of: dict[str, Any] = {"method": method, "source_ref": source_ref, "collector": collector}
        on = date.fromisoformat(day) if day else clock.beijing_date(at)
        import_values(rows=rows, collected_on=on, at=at, **of, **mine)


def _ask(data: Mapping[str, Any], mine: dict[str, Any], asked: datetime, answered: datetime) -> None:
    for row in data.get("inquiries", []):
        inquiry = inquire(unit=row["unit"], series=row["series"], at=asked, **mine)
        for said in row["statements"]:
            state_value(
                inquiry_id=inquiry.pk,
                series=said["series"],
                written=said["value"],
                note=said.get("note", ""),
                evidence=_file("台账（演示）.txt", said["evidence"]),
                evidence_is_open=said.get("open", False),
                by=_actor(row["by"], asked),
                at=answered,
            )


def _interview(data: Mapping[str, Any], mine: dict[str, Any], at: datetime) -> None:
    for row in data.get("interviews", []):
        interview = record_interview(
            enterprise=row["enterprise"],
            described=row["described"],
            interviewer=mine["by"].name,
            interviewed_on=_day(row["on"]),
            has_consented=True,
            minutes=_file("访谈记录（演示）.txt", row["minutes"]),
            at=at,
            **mine,
        )
        for said in row["values"]:
            enter_value(
                series=said["series"],
                place=data["place"],
                written=said["value"],
                method="interview",
                source_ref="",
                collector="",
                collected_on=_day(row["on"]),
                interview_id=interview.pk,
                at=at,
                **mine,
            )


def _object(data: Mapping[str, Any], found: Evaluation, mine: dict[str, Any], at: Mapping[str, datetime]) -> None:
    said = data["objection"]
    objection = object_to(
        evaluation_id=found.pk,
        series=said["series"],
        text=said["text"],
        evidence=_file("异议证据（演示）.txt", said["evidence"]),
        by=_actor(said["by"], at["object"]),
        at=at["object"],
    )
    answered = at["answer"]
    answer_objection(objection_id=objection.pk, is_accepted=True, answer=said["answer"], by=mine["by"], at=answered)
    value = enter_value(
        series=said["series"],
        place=data["place"],
        written=said["value"],
        source_ref=said["source"],
        method="statement",
        collector=mine["by"].name,
        collected_on=clock.beijing_date(answered),
        is_verified=True,
        evidence=_file("核对记录（演示）.txt", said["answer"]),
        evidence_is_open=True,
        at=answered,
        **mine,
    )
    settle(value_id=value.pk, reason=said["answer"], at=answered, **mine)
    score(why="采纳一条异议", at=answered, **mine)


def _file(name: str, words: str) -> tuple[str, str, io.BytesIO]:
    return name, "text/plain", io.BytesIO(f"{words}\n（演示用的文件，内容是编的。）\n".encode())


def _value(found: Evaluation, by: Actor, row: Mapping[str, str]) -> int:
    with queries.reading(by):
        of = Value.objects.filter(evaluation=found, series=row["series"], place=row["place"], written=row["value"])
        return of.order_by("pk")[0].pk


def _actor(row: Mapping[str, str], at: datetime) -> Actor:
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym(row["person"]))
    on = clock.beijing_date(at)
    return parties.actor_for(person, unit=org.unit(row["unit"]), on=on, level=parties.Level.SECOND_FACTOR)


def _day(day: str | int) -> date:
    return clock.today() - timedelta(days=day) if isinstance(day, int) else date.fromisoformat(day)


def _noon(day: str | int) -> datetime:
    """Return noon in Beijing of a day; of today not later than now."""
    noon = datetime.combine(_day(day), datetime.min.time().replace(hour=4), tzinfo=UTC)
    return min(noon, clock.now())

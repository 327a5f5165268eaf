"""A survey that was published and one that visitors may answer, done by the demo people: surveys/demo.yaml."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Questionnaire, Survey
from yingshang.conduct.surveys.operations.answering import answer
from yingshang.conduct.surveys.operations.closing import close, publish_results
from yingshang.conduct.surveys.operations.opening import open_survey
from yingshang.conduct.surveys.operations.writing import publish_version, start, write_questions
from yingshang.kernel import clock, org, parties
from yingshang.kernel.parties import Actor
from yingshang.methods import county_files

_TEXT = {"type": "string", "minLength": 1}
_DAY = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 1_000}
_KINDS = {"type": "array", "items": {"enum": list(rules.STRATA)}, "minItems": 1}


def _closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


_ACTOR = _closed(person=_TEXT, unit=_TEXT)
SCHEMA = _closed(
    schema={"const": "surveys-demo/1"},
    entities={"type": "object", "propertyNames": {"enum": list(rules.STRATA)}, "additionalProperties": _COUNT},
    questionnaire=_closed(code=_TEXT, title=_TEXT, questions={"type": "array", "items": {"type": "object"}}),
    people=_closed(writes=_ACTOR, publishes=_ACTOR),
    published=_closed(
        code=_TEXT, title=_TEXT, kinds=_KINDS, opened=_DAY, last_day=_DAY, closed=_DAY, results=_DAY, answers=_TEXT
    ),
    open=_closed(code=_TEXT, title=_TEXT, kinds=_KINDS, days_ago=_COUNT, days=_COUNT, answered=_COUNT),
)


@transaction.atomic
def load_demonstration(folder: Path) -> None:
    """Walk one survey to its publication and keep another open, through the deeds that everybody uses.

    Nothing outside demo mode or without the file; what is there already is left alone. A demo survey that
    has ended makes room for another. Raises ``county_files.DataProblem``.
    """
    path = folder / "surveys" / "demo.yaml"
    if not settings.YS_DEMO or not path.exists():
        return
    data = county_files.read(path, SCHEMA).data
    sheets = list(_sheets(folder / "surveys" / data["published"]["answers"], data["questionnaire"]["questions"]))
    if not Questionnaire.objects.filter(code=data["questionnaire"]["code"]).exists():
        _write(data)
        _publish(data, sheets)
    if queries.demo_survey(clock.today()) is None:
        _open(data, sheets)


def _write(data: Mapping[str, Any]) -> None:
    asked, at = data["questionnaire"], _morning(data["published"]["opened"])
    writer = _acting(data["people"]["writes"], at)
    _people(data["entities"])
    start(code=asked["code"], title=asked["title"], by=writer)
    Questionnaire.objects.filter(code=asked["code"]).update(is_demo=True)
    write_questions(questionnaire=asked["code"], questions=asked["questions"], by=writer)
    publish_version(questionnaire=asked["code"], by=writer, at=at)


def _people(entities: Mapping[str, int]) -> None:
    """Make the market entities that are asked; their codes are no codes of anybody."""
    parties.Party.objects.bulk_create(
        [
            parties.Party(
                kind=kind,
                display_name=f"示例{rules.STRATA[kind]}{number:03}（演示）",
                code_hash=parties.code_hash(f"surveys-demo/{kind}/{number}"),
                is_demo=True,
            )
            for kind, count in entities.items()
            for number in range(1, count + 1)
        ],
        ignore_conflicts=True,
    )


def _publish(data: Mapping[str, Any], sheets: Sequence[tuple[str, dict[str, Any]]]) -> None:
    said, people = data["published"], data["people"]
    opened, closed, results = (_morning(said[name]) for name in ("opened", "closed", "results"))
    _begin(data, said, said["last_day"], opened, sheets)
    close(survey=said["code"], by=_acting(people["writes"], closed), at=closed)
    publish_results(survey=said["code"], by=_acting(people["publishes"], results), at=results)


def _open(data: Mapping[str, Any], sheets: Sequence[tuple[str, dict[str, Any]]]) -> None:
    said, now = data["open"], clock.now()
    today = clock.beijing_date(now)
    at = min(now, datetime.combine(today - timedelta(days=said["days_ago"]), time(9), tzinfo=clock.BEIJING))
    earlier = Survey.objects.filter(code__startswith=said["code"]).count()
    named = {**said, "code": f"{said['code']}-{earlier + 1}" if earlier else said["code"]}
    asked = [sheet for sheet in sheets if sheet[0] in said["kinds"]]
    _begin(data, named, today + timedelta(days=said["days"]), at, asked[:: len(asked) // said["answered"] or 1])


def _begin(
    data: Mapping[str, Any],
    said: Mapping[str, Any],
    last_day: date,
    at: datetime,
    sheets: Sequence[tuple[str, dict[str, Any]]],
) -> None:
    """Open a survey, put codes in place of its own that a visitor can be shown, and lay the sheets down."""
    survey, _cards = open_survey(
        code=said["code"],
        title=said["title"],
        questionnaire=data["questionnaire"]["code"],
        kinds=said["kinds"],
        last_day=last_day,
        by=_acting(data["people"]["writes"], at),
        at=at,
        is_demo=True,
    )
    codes = _issue(survey)
    on = clock.beijing_date(at)
    for stratum, values in sheets:
        answer(code=codes[stratum].pop(), values=values, on=on)


def _issue(survey: Survey) -> dict[str, list[str]]:
    """Put the demo's codes in place of those that were made; return them by stratum."""
    places = [stratum for stratum in survey.strata.order_by("pk") for _ in range(stratum.invited or 0)]
    codes = [queries.demo_code(survey.code, number) for number in range(len(places))]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT surveys_issue(%s, %s::bigint[], %s::bigint[], %s::bytea[])",
            [
                survey.pk,
                [each.pk for each in places],
                [None] * len(places),
                [rules.code_digest(code) for code in codes],
            ],
        )
    found: dict[str, list[str]] = {}
    for stratum, code in zip(places, codes, strict=True):
        found.setdefault(stratum.key, []).append(code)
    return found


def _sheets(path: Path, questions: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read the answers of the file as a page would give them."""
    read = {"multiple": lambda said: said.split("、"), "number": float}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given = {
                f"q{number}": read.get(question["kind"], str)(row[f"q{number}"])
                for number, question in enumerate(questions, start=1)
                if row[f"q{number}"]
            }
            yield row["stratum"], given


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=clock.BEIJING)


def _acting(row: Mapping[str, str], at: datetime) -> Actor:
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym(row["person"]))
    level = parties.Level.SECOND_FACTOR
    return parties.actor_for(person, unit=org.unit(row["unit"]), on=clock.beijing_date(at), level=level)

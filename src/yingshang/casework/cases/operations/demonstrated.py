"""Some weeks of cases, done by the demo people: ``cases/demonstrated.yaml`` of a county, in demo mode only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from yingshang.casework.cases.models import Case
from yingshang.casework.cases.operations.accepting import accept, accept_tolerantly, advance
from yingshang.casework.cases.operations.correcting import ask_to_correct
from yingshang.casework.cases.operations.deciding import accept_on_commitment, decide
from yingshang.casework.cases.operations.handed_in import Paper
from yingshang.casework.cases.operations.submitting import submit
from yingshang.casework.cases.operations.timing import ask_extension, stop_clock
from yingshang.casework.cases.rules import Given
from yingshang.kernel import clock, org, parties
from yingshang.kernel.parties import Actor, Level
from yingshang.methods import county_files
from yingshang.registers.catalogue import api as catalogue

DEEDS: dict[str, Callable[..., object]] = {
    "accept": accept,
    "accept_tolerantly": accept_tolerantly,
    "accept_on_commitment": accept_on_commitment,
    "ask_to_correct": ask_to_correct,
    "advance": advance,
    "stop_clock": stop_clock,
    "ask_extension": ask_extension,
    "decide": decide,
}
_TEXT = {"type": "string", "minLength": 1}
_DAYS = {"type": "integer", "minimum": 0, "maximum": 300}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "cases"],
    "properties": {
        "schema": {"const": "cases-demo/1"},
        "cases": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["key", "item", "applicant", "days_ago", "channel", "answers", "papers"],
                "properties": {
                    "key": _TEXT,
                    "item": _TEXT,
                    "applicant": _TEXT,
                    "entered_by": {"type": "object"},
                    "days_ago": _DAYS,
                    "channel": _TEXT,
                    "answers": {"type": "object"},
                    "situation": {"type": "object"},
                    "papers": {"type": "object", "additionalProperties": {"enum": [str(given) for given in Given]}},
                    "promise": _TEXT,
                    "then": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["do", "by", "unit", "days_ago"],
                            "properties": {
                                "do": {"enum": sorted(DEEDS)},
                                "by": _TEXT,
                                "unit": _TEXT,
                                "days_ago": _DAYS,
                            },
                        },
                    },
                },
            },
        },
    },
}


@transaction.atomic
def load(folder: Path) -> None:
    """Do what the file says, as the demo people, dated from today; a case that is there already is left alone.

    Raises ``county_files.DataProblem``.
    """
    path = folder / "cases" / "demonstrated.yaml"
    if not settings.YS_DEMO or not path.exists():
        return
    for row in county_files.read(path, SCHEMA).data["cases"]:
        if not Case.objects.filter(attempt=f"demo-{row['key']}").exists():
            _live(row)


def _live(row: Mapping[str, Any]) -> None:
    at = _moment(row["days_ago"])
    applicant = _acting(row["applicant"], "", at)
    entering = row.get("entered_by")
    version = catalogue.version_on(row["item"], clock.beijing_date(at))
    case = submit(
        version=version.pk,
        applicant=parties.party(applicant.party),
        answers=row["answers"],
        situation=row.get("situation", {}),
        papers=[
            Paper(key=key, given=Given(given), source="县数据共享平台（演示）") for key, given in row["papers"].items()
        ],
        channel=row["channel"],
        promise=row.get("promise", ""),
        by=_acting(entering["person"], entering["unit"], at) if entering else applicant,
        at=at,
        idempotency_key=f"demo-{row['key']}",
    )
    for place, deed in enumerate(row.get("then", [])):
        said = {name: value for name, value in deed.items() if name not in ("do", "by", "unit", "days_ago")}
        when = _moment(deed["days_ago"]) + timedelta(minutes=10 * (place + 1))
        DEEDS[deed["do"]](case_id=case.pk, by=_acting(deed["by"], deed["unit"], when), at=when, **said)


def _moment(days_ago: int) -> datetime:
    """Return nine in the morning, so many days ago; no later than now."""
    now = clock.now()
    day = clock.beijing_date(now) - timedelta(days=days_ago)
    return min(now, datetime.combine(day, time(9), tzinfo=clock.BEIJING))


def _acting(key: str, unit: str, at: datetime) -> Actor:
    """Return a demo person as they act on a day: for a unit, or for their own party."""
    person, on = org.Person.objects.get(pseudonym=org.demo_pseudonym(key)), clock.beijing_date(at)
    if unit:
        return parties.actor_for(person, unit=org.unit(unit), on=on, level=Level.SECOND_FACTOR)
    return parties.actor_for(person, party=parties.parties_of(person, on)[0], on=on, level=Level.SECOND_FACTOR)

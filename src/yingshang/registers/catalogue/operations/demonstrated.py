"""Made-up practices and delegations, so that a demonstration shows the pages alive."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.kernel import clock, org
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import county_files
from yingshang.registers.catalogue.models import Adoption, Delegation, Practice
from yingshang.registers.catalogue.operations.file_shapes import DEMO
from yingshang.registers.catalogue.operations.handling import Grant, delegate
from yingshang.registers.catalogue.operations.practices import Tried, answer_practice, propose_practice


@transaction.atomic
def load_demo(path: Path, at: datetime) -> None:
    """Carry out the deeds of ``catalogue/demo.yaml`` that have not been; days count from ``at``. Safe to repeat.

    Raises DataProblem with file and line.
    """
    if not path.exists():
        return
    file = county_files.read(path, DEMO)
    known = set(org.Unit.objects.values_list("code", flat=True))
    on = clock.beijing_date(at)
    standing = set(Practice.objects.values_list("title", flat=True))
    for place, row in enumerate(file.data.get("practices", [])):
        for code in row["units"]:
            if code not in known:
                raise file.unknown(("practices", place, "units"), "unit", code, known)
        if row["title"] not in standing:
            _propose(row, at)
    delegated = set(Delegation.objects.values_list("item__slug", "to__code"))
    for row in file.data.get("delegations", []):
        if (row["item"], row["to"]) not in delegated:
            grant = Grant(
                from_on=on,
                trained_on=on - timedelta(days=row["trained_days_ago"]),
                scope=row["scope"],
                document=row["document"],
                training=row["training"],
            )
            delegate(slug=row["item"], to=row["to"], grant=grant, by=SYSTEM, at=at)


def _propose(row: dict[str, Any], at: datetime) -> None:
    tried = Tried(**{name: row.get(name, "") for name in ("title", "tried_in", "what", "effect", "source", "zone")})
    decide_by = clock.beijing_date(at) + timedelta(days=row["decide_in_days"])
    practice = propose_practice(tried=tried, units=row["units"], decide_by=decide_by, by=SYSTEM, at=at)
    asked = dict(Adoption.objects.filter(practice=practice).values_list("unit__code", "pk"))
    for answer in row.get("answers", []):
        answer_practice(
            adoption_id=asked[answer["unit"]],
            decision=answer["decision"],
            reason=answer["reason"],
            by=SYSTEM,
            at=at,
        )

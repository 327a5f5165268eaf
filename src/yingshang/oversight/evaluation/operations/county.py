"""Loading the owners' matrix, and the demonstration of a published evaluation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from yingshang.kernel import org
from yingshang.methods import county_files
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import ExtractionTerms, Method, Owner
from yingshang.oversight.evaluation.operations.demonstrated import load_demonstration
from yingshang.oversight.evaluation.operations.terms import load_terms
from yingshang.oversight.evaluation.rules.figures import FIGURES

TEXT = {"type": "string", "minLength": 1, "maxLength": 200}


def _closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


OWNERS = _closed(
    ["schema", "edition", "owners"],
    schema={"const": "evaluation-owners/1"},
    edition=TEXT,
    owners={
        "type": "array",
        "items": _closed(
            ["series", "from", "source"],
            series=TEXT,
            unit=TEXT,
            post=TEXT,
            **{"from": {"enum": Owner.Origin.values}},
            method={"enum": Method.values},
            measure=TEXT,
            over={"enum": Owner.Scope.values},
            extract=_closed(
                ["kind", "items", "stretch", "figure"],
                kind=TEXT,
                items={"type": "array", "items": TEXT},
                stretch=TEXT,
                figure={"enum": sorted(FIGURES)},
            ),
            source={"anyOf": [TEXT, {"type": "null"}]},
            todo=TEXT,
        ),
    },
)


@transaction.atomic
def load(county_folder: Path) -> None:
    """Load owners, office hours and extraction terms where the county has them; in demo mode a published evaluation.

    Safe to repeat; the last word of the file counts. Raises the first DataProblem; nothing is loaded then.
    """
    load_terms(county_folder)
    _load_owners(county_folder)
    load_demonstration(county_folder)


def _load_owners(county_folder: Path) -> None:
    path = county_folder / "evaluation" / "owners.yaml"
    if not path.exists():
        return
    file = county_files.read(path, OWNERS)
    known = {unit.code: unit for unit in org.Unit.objects.all()}
    for place, row in enumerate(file.data["owners"]):
        if row["source"] is None and "todo" not in row:
            raise file.problem(("owners", place), "the source is null and nothing says what to do.", "Add “todo: …”.")
        if "unit" in row and row["unit"] not in known:
            raise file.unknown(("owners", place, "unit"), "unit", row["unit"], set(known))
        if "unit" not in row and row["from"] != Owner.Origin.NOBODY:
            raise file.problem(("owners", place), "nobody answers for it.", "Name a unit, or say “from: nobody”.")
        _check_extract(file, ("owners", place), row)
        Owner.objects.update_or_create(
            edition_key=file.data["edition"],
            series=row["series"],
            defaults={
                "unit": known.get(row.get("unit", "")),
                "post": row.get("post", ""),
                "origin": row["from"],
                "method": row.get("method", ""),
                "measure": row.get("measure", ""),
                "scope": row.get("over", Owner.Scope.UNIT),
                "extract": row.get("extract", {}),
                "source": row["source"] or "",
                "todo": row.get("todo", ""),
            },
        )


def _check_extract(file: county_files.CountyFile, key: tuple[str | int, ...], row: dict[str, Any]) -> None:
    """Refuse an unknown kind of matter or stretch, and a series that would be given twice."""
    if "extract" not in row:
        return
    if "measure" in row:
        raise file.problem(key, "it names a measure and an extract.", "Leave one of the two.")
    kinds = queries.kinds_of_matters()
    if row["extract"]["kind"] not in kinds:
        raise file.unknown((*key, "extract", "kind"), "kind of dossier", row["extract"]["kind"], set(kinds))
    stretches = {one["key"] for terms in ExtractionTerms.objects.all() for one in terms.stretches} | {"whole"}
    if row["extract"]["stretch"] not in stretches:
        raise file.unknown((*key, "extract", "stretch"), "stretch", row["extract"]["stretch"], stretches)

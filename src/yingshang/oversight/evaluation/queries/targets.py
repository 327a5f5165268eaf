"""What the plan aims at for an indicator (全市前列), and whether the figures at hand can tell (row 10b)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from yingshang.methods import county_files
from yingshang.oversight.evaluation.models import Owner
from yingshang.oversight.evaluation.queries.evaluations import owners_of
from yingshang.oversight.evaluation.queries.results import Result, line_of

_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "places", "targets"],
    "properties": {
        "schema": {"const": "evaluation-targets/1"},
        "places": {"type": "integer", "minimum": 1, "maximum": 1000},
        "places_source": {"anyOf": [_TEXT, {"type": "null"}]},
        "todo": _TEXT,
        "targets": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["of", "words", "source", "first"],
                "properties": {
                    "of": _TEXT,
                    "words": _TEXT,
                    "source": _TEXT,
                    "first": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
                    "todo": _TEXT,
                },
            },
        },
    },
}


@dataclass(frozen=True)
class Target:
    """One aim of the plan beside the figures at hand.

    rank: among the ``known`` places that have a score; None without an own
    score. best: the place with the best score. reached: ``yes``, ``no`` or
    ``unknown``, because nobody knows the other places or what 前列 counts.
    """

    key: str
    title: str
    words: str
    source: str
    todo: str
    unit: str
    shown: str
    rank: int | None
    known: int
    places: int
    best: str
    gap: Decimal | None
    reached: str
    is_series: bool


def targets_of(result: Result) -> list[Target]:
    """Return the aims that the edition has a figure for, in the order of the file. Queries: 1."""
    data = _file(Path(settings.YS_COUNTIES_DIR) / settings.YS_COUNTY / "evaluation" / "targets.yaml")
    if data is None:
        return []
    owners = owners_of(result.edition.key)
    return [_target(result, row, data["places"], owners) for row in data["targets"] if row["of"] in result.scores.by]


@lru_cache(maxsize=4)
def _file(path: Path) -> dict[str, Any] | None:
    return county_files.read(path, SCHEMA).data if path.exists() else None


def _target(result: Result, row: dict[str, Any], places: int, owners: dict[str, Owner]) -> Target:
    line = line_of(result, row["of"])
    scores = [result.scores.of(place, row["of"]) for place in result.scores.values.places]
    numbers = [score for score in scores if isinstance(score, Decimal)]
    rank = 1 + sum(score > line.score for score in numbers) if line.score is not None else None
    under = result.edition.by_key[row["of"]].under
    over = f"{result.edition.by_key[under].title}：" if line.is_series and under else ""
    owner = owners.get(row["of"])
    return Target(
        key=row["of"],
        title=f"{over}{line.title}",
        words=row["words"],
        source=row["source"],
        todo=row.get("todo", ""),
        unit=owner.unit.short_name if owner is not None and owner.unit else "",
        shown=line.shown,
        rank=rank,
        known=len(numbers),
        places=places,
        best=line.best_peer if line.gap is not None and line.gap < 0 else result.evaluation.place,
        gap=line.gap,
        reached=_reached(rank, len(numbers), places, row["first"]),
        is_series=line.is_series,
    )


def _reached(rank: int | None, known: int, places: int, first: int | None) -> str:
    """Whether the rank is among the first: known only with every place, or when enough known ones are ahead."""
    if rank is None or first is None:
        return "unknown"
    if rank > first:
        return "no"
    return "yes" if known == places else "unknown"

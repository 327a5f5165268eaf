"""Scores as a file that anyone can read, and compute again (scores/1)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from yingshang.methods.scoring.edition import Gap, Value
from yingshang.methods.scoring.explaining import shown
from yingshang.methods.scoring.ranking import Standing, standings
from yingshang.methods.scoring.scoring import Scores
from yingshang.methods.scoring.values import Part


def as_json(scores: Scores, *, edition_digest: str) -> bytes:
    """Return the scores of all places, best first: the same input gives the same bytes.

    Numbers are decimal text, so that no reader changes a digit. edition_digest:
    SHA-256 of the edition's file.
    """
    ranks = standings(scores)
    unranked = [place for place in scores.values.places if place not in ranks]
    head = {
        "schema": "scores/1",
        "edition": {
            "key": scores.edition.key,
            "title": scores.edition.title,
            "method": scores.edition.method,
            "sha256": edition_digest,
        },
        "values": {"sha256": scores.values.digest, "rows": scores.values.rows},
        "places": [],
    }
    opening, _, closing = _written(head).rpartition("[]")
    # Place by place: a million of them would not fit into memory as one mapping.
    places = (_written(_place(scores, place, ranks.get(place))) for place in [*ranks, *unranked])
    listed = ",\n  ".join(place.replace("\n", "\n  ") for place in places)
    return f"{opening}[\n  {listed}\n ]{closing}\n".encode() if listed else f"{_written(head)}\n".encode()


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _place(scores: Scores, place: str, standing: Standing | None) -> dict[str, Any]:
    edition = scores.edition
    keys = [one.key for one in edition.indicators if not one.only_input]
    return {
        "place": place,
        **_score(scores, place, edition.root.key),
        "rank": standing.rank if standing else None,
        "label": standing.label if standing else "",
        "indicators": {key: _indicator(scores, place, key) for key in keys if key != edition.root.key},
    }


def _score(scores: Scores, place: str, key: str) -> dict[str, Any]:
    value = scores.of(place, key)
    gate = scores.gated.get(key, {}).get(place)
    found: dict[str, Any] = {"score": _text(value), "shown": shown(value, scores.edition)}
    if isinstance(value, Gap):
        found["gap"] = value.value
    if gate is not None:
        found["gate"] = gate.why
    return found


def _indicator(scores: Scores, place: str, key: str) -> dict[str, Any]:
    found = _score(scores, place, key)
    if scores.edition.by_key[key].mark is not None:
        found["values"] = [_part(part) for part in scores.values.of(key, place)]
    return found


def _part(part: Part) -> dict[str, str]:
    gap = {"gap": part.value.value} if isinstance(part.value, Gap) else {}
    named = {"part": part.name, "share": str(part.share)} if part.name else {}
    return {"value": part.written, **gap, **named}


def _text(value: Value) -> str | None:
    return f"{value:f}" if isinstance(value, Decimal) else None

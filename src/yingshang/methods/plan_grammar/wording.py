"""Measures (one sentence each) and cited texts, with their places."""

from __future__ import annotations

import re
from typing import Any

from yingshang.methods.plan_grammar.clauses import clauses_in
from yingshang.methods.plan_grammar.shadow import Shadow

SENTENCE = re.compile(r"[^。；;！!]+[。；;！!]?")
OPENING, CLOSING = "《", "》"


def measures_in(parts: list[Shadow]) -> list[dict[str, Any]]:
    """Return the sentences of a task, its unit clauses left out."""
    found = []
    for part in parts:
        place = 0
        stops = [(clause.start, clause.end) for clause in clauses_in(part)]
        for start, end in [*stops, (len(part), len(part))]:
            found += [_stretch(piece) for piece in _sentences(part.cut(place, start))]
            place = end
    return found


def _sentences(part: Shadow) -> list[Shadow]:
    pieces = [part.cut(match.start(), match.end()) for match in SENTENCE.finditer(part.folded)]
    return [piece for piece in pieces if re.search(r"\w", piece.folded)]


def citations_in(parts: list[Shadow]) -> list[dict[str, Any]]:
    """Return the texts in 《》, the outer one where they are nested."""
    found = []
    for part in parts:
        depth = start = 0
        for place, character in enumerate(part.printed):
            if character == OPENING:
                if depth == 0:
                    start = place
                depth += 1
            elif character == CLOSING and depth:
                depth -= 1
                if depth == 0:
                    found.append(_stretch(part.cut(start, place + 1)))
    return found


def _stretch(piece: Shadow) -> dict[str, Any]:
    start, end = piece.span
    return {"text": piece.printed, "start": start, "end": end}

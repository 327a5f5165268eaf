"""Citations and measures of a task, each with where it stands."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。;；！!？?\n]+[。;；！!？?]*[”」』）)]?")


def citations(text: str, start: int) -> list[dict[str, object]]:
    """Return what stands in 《》; a title inside a title belongs to the outer one."""
    found: list[dict[str, object]] = []
    begin, depth = 0, 0
    for index, letter in enumerate(text):
        if letter == "《":
            if depth == 0:
                begin = index
            depth += 1
        elif letter == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append({"text": text[begin : index + 1], "start": start + begin, "end": start + index + 1})
        elif letter == "\n" and depth and "》" not in text[index : index + 60]:
            depth = 0
    return found


def measures(text: str, start: int, clauses: list[tuple[int, int]]) -> list[dict[str, object]]:
    """Return the sentences of a task outside its unit clauses.

    clauses: their absolute ranges, in order.
    """
    found: list[dict[str, object]] = []
    reached = start
    for begin, end in [*clauses, (start + len(text), start + len(text))]:
        piece = text[max(0, reached - start) : max(0, begin - start)]
        offset = reached
        reached = max(reached, end)
        for sentence in _SENTENCE.finditer(piece):
            printed = sentence[0]
            left = len(printed) - len(printed.lstrip())
            bare = printed.strip()
            if len(re.findall(r"[\u3400-\u9fff]", bare)) < 2:
                continue
            first = offset + sentence.start() + left
            found.append({"text": bare, "start": first, "end": first + len(bare)})
    return found

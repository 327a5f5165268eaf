"""A source text with its fields marked in place, for eyes, ears and paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Span:
    """One marked stretch of a text.

    start, end: offsets in characters, end excluded. label: what the stretch is,
    e.g. ``牵头单位``. key: its id on the page is ``span-<key>``. kind: empty,
    ``check`` (a person must look) or ``error``. href: the place of the result.
    """

    start: int
    end: int
    label: str
    key: str = ""
    kind: str = ""
    href: str = ""


@dataclass(frozen=True)
class Part:
    """A stretch of text with the innermost span over it, if any; ``number`` counts the spans from 1."""

    text: str
    span: Span | None = None
    number: int = 0


def marked(text: str, spans: Iterable[Span]) -> list[Part]:
    """Cut the text at the spans; together the parts are the text again.

    Spans are taken from left to right. One that begins inside another, or
    reaches beyond the text, is cut to the part that is still free.
    """
    parts: list[Part] = []
    place = 0
    number = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        start, end = max(span.start, place), min(span.end, len(text))
        if start >= end:
            continue
        if start > place:
            parts.append(Part(text[place:start]))
        number += 1
        parts.append(Part(text[start:end], span, number))
        place = end
    if place < len(text):
        parts.append(Part(text[place:]))
    return parts

"""A paper as the plain values a layout reads. Text stays text: it travels as JSON, never as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from yingshang.kernel.typesetting.codes import qr_svg
from yingshang.kernel.typesetting.drawings import checked, words
from yingshang.kernel.typesetting.glyphs import cleaned, is_printable, pieces, plain
from yingshang.kernel.typesetting.numbering import numbered
from yingshang.kernel.typesetting.papers import (
    Block,
    Booklet,
    Certificate,
    Code,
    Drawing,
    Form,
    Grid,
    Heading,
    OfficialDocument,
    Paper,
    Paragraph,
    Printed,
)
from yingshang.kernel.typesetting.tables import columns

UNNAMED = "文书"  # the title of a file whose paper has none
UNDATED = date(2000, 1, 1)
TABLE_ROOM = {OfficialDocument: 36.8, Form: 45.9}  # characters of a table's size in the width of the type area


def described(paper: Printed) -> dict[str, Any]:
    """Return what the layout of a paper needs, all texts as pieces."""
    if isinstance(paper, Booklet):
        return _booklet(paper)
    return _certificate(paper) if isinstance(paper, Certificate) else _paper(paper)


def _paper(paper: Paper) -> dict[str, Any]:
    shared = {
        "title": pieces(paper.title),
        "title-text": plain(paper.title) or UNNAMED,
        "made": _made(paper.signed_on if isinstance(paper, OfficialDocument) else None),
        "number": pieces(paper.number),
        "body": _body(paper.body, TABLE_ROOM[type(paper)]),
        "note": pieces(paper.note),
    }
    if isinstance(paper, Form):
        return shared | {
            "fields": [(pieces(label), pieces(value)) for label, value in paper.fields],
            "signatures": [pieces(whose) for whose in paper.signatures],
        }
    return shared | {
        "issuer": pieces(paper.issuer),
        "to": [pieces(name) for name in paper.to],
        "attachments": [pieces(name) for name in paper.attachments],
        "signed_by": pieces(paper.signed_by),
        "date": written(paper.signed_on),
        "copies_to": [pieces(name) for name in paper.copies_to],
    }


def _certificate(paper: Certificate) -> dict[str, Any]:
    return {
        "title": pieces(paper.title),
        "title-text": plain(paper.title) or UNNAMED,
        "made": _made(paper.issued_on),
        "number": pieces(paper.number),
        "fields": [(pieces(label), pieces(value)) for label, value in paper.fields],
        "code": {"svg": qr_svg(paper.code), "alt": f"二维码：{plain(paper.code)}", "text": pieces(paper.code_words)},
        "issuer": pieces(paper.issuer),
        "date": written(paper.issued_on),
        "stamp": plain(paper.stamp),
        "stamp-mark": plain(paper.stamp_mark),
        "foot": pieces(paper.foot),
        "note": pieces(paper.note),
    }


def _booklet(paper: Booklet) -> dict[str, Any]:
    return {
        "title": pieces(paper.title),
        "title-text": plain(paper.title) or UNNAMED,
        "made": _made(None),
        "subtitle": [pieces(line) for line in paper.subtitle],
        "chapters": [
            {
                "title": pieces(chapter.title),
                "fields": [(pieces(label), pieces(value)) for label, value in chapter.fields],
                "body": _body(chapter.body, TABLE_ROOM[Form]),
            }
            for chapter in paper.chapters
        ],
        "note": pieces(paper.note),
    }


def written(day: date | None) -> str:
    """Return a date as official documents write it, ``2026年3月1日``; empty for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _made(day: date | None) -> dict[str, int]:
    """The moment of creation in the file: the day of the paper, or the same day for all that bear none."""
    day = day or UNDATED
    return {"year": day.year, "month": day.month, "day": day.day, "hour": 0, "minute": 0, "second": 0}


def _body(body: Sequence[Block], room: float) -> list[dict[str, Any]]:
    depth = 0
    result: list[dict[str, Any]] = []
    for block in numbered(body):
        if isinstance(block, Heading):
            depth = min(block.level, depth + 1)  # the outline of an accessible file skips no level
            result.append({"kind": "heading", "level": block.level, "depth": depth, "text": pieces(block.text)})
        else:
            result += _block(block, room)
    return result


def _block(block: Paragraph | Grid | Drawing | Code, room: float) -> list[dict[str, Any]]:
    if isinstance(block, Paragraph):
        return [{"kind": "paragraph", "text": pieces(line)} for line in cleaned(block.text).split("\n")]
    if isinstance(block, Grid):
        return [_table(block, room)]
    if isinstance(block, Drawing):
        return [{"kind": "drawing", "svg": checked(block.svg), **_caption(block.caption)}]
    return [
        {"kind": "code", "svg": qr_svg(block.text), "alt": plain(block.text) or "二维码", "text": pieces(block.text)}
    ]


def _caption(text: str) -> dict[str, Any]:
    """A caption, and the words read out in place of the picture."""
    return {"caption": pieces(text), "alt": plain(text) or "图"}


def _table(block: Grid, room: float) -> dict[str, Any]:
    rows, weights = columns(block, room)
    return {
        "kind": "grid",
        "caption": pieces(block.caption),
        "weights": weights,
        "head": [pieces(text) for text in rows[0]] if block.head else [],
        "rows": [[pieces(text) for text in row] for row in rows[1:]],
    }


def missing_characters(paper: Printed) -> tuple[str, ...]:
    """Return the characters the fonts lack, each once, sorted: they print as a box with their code point.

    In a drawing they print as □. Raises Refusal ``typesetting.drawing_unreadable``.
    """
    return tuple(sorted({letter for text in _texts(paper) for letter in cleaned(text) if not is_printable(letter)}))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Drawing):
        yield from (words(part.svg), part.caption)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))
    elif isinstance(part, Sequence):
        for item in part:
            yield from _texts(item)

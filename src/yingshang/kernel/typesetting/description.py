"""A paper as the plain values a layout reads. Text stays text: it travels as JSON, never as markup."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from yingshang.kernel.typesetting.codes import qr_svg
from yingshang.kernel.typesetting.drawings import checked
from yingshang.kernel.typesetting.glyphs import cleaned, is_printable, pieces
from yingshang.kernel.typesetting.numbering import numbered
from yingshang.kernel.typesetting.papers import Block, Drawing, Form, Grid, Heading, Paper, Paragraph

NARROWEST, WIDEST = 3, 24  # of a column, in characters


def described(paper: Paper) -> dict[str, Any]:
    """Return what the layout of a paper needs, all texts as pieces."""
    shared = {
        "title": pieces(paper.title),
        "title-text": "".join(letter if is_printable(letter) else "□" for letter in cleaned(paper.title)),
        "number": pieces(paper.number),
        "body": [part for block in numbered(paper.body) for part in _block(block)],
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


def written(day: date | None) -> str:
    """Return a date as official documents write it, ``2026年3月1日``; empty for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _block(block: Block) -> list[dict[str, Any]]:
    if isinstance(block, Heading):
        return [{"kind": "heading", "level": block.level, "text": pieces(block.text)}]
    if isinstance(block, Paragraph):
        return [{"kind": "paragraph", "text": pieces(line)} for line in cleaned(block.text).split("\n")]
    if isinstance(block, Grid):
        return [_table(block)]
    if isinstance(block, Drawing):
        return [{"kind": "drawing", "svg": checked(block.svg), "caption": pieces(block.caption)}]
    return [{"kind": "code", "svg": qr_svg(block.text), "text": pieces(block.text)}]


def _table(block: Grid) -> dict[str, Any]:
    rows, weights = columns(block)
    return {
        "kind": "grid",
        "caption": pieces(block.caption),
        "weights": weights,
        "head": [pieces(text) for text in rows[0]],
        "rows": [[pieces(text) for text in row] for row in rows[1:]],
    }


def columns(block: Grid) -> tuple[list[list[str]], list[int]]:
    """Return the rows of a table, head first, all of one length, and how wide each column is beside the others."""
    count = max([len(block.head), *(len(row) for row in block.rows)])
    rows = [[*row, *[""] * (count - len(row))] for row in (block.head, *block.rows)]
    widest = (math.ceil(max(full_width(row[at]) for row in rows)) for at in range(count))
    return rows, [min(max(width, NARROWEST), WIDEST) for width in widest]


def full_width(text: str) -> float:
    """Return the length of a text in full-width characters; a Latin letter is half of one."""
    return sum(1 if ord(letter) > 0x2E7F else 0.5 for letter in text)

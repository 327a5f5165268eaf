"""How wide the columns of a table are, in PDF and DOCX alike."""

from __future__ import annotations

import math

from yingshang.kernel.typesetting.papers import Grid

NARROWEST, SHORT, WIDEST = 3, 10, 24  # of a column, in full-width characters


def columns(block: Grid, room: float) -> tuple[list[list[str]], list[float]]:
    """Return the rows of a table, head first, all of one length, and how wide each column is beside the others.

    room: full-width characters in the width of the type area. Where not all
    fits, short columns (numbers, dates, names) keep their width and long ones share what is left.
    """
    count = max([len(block.head), *(len(row) for row in block.rows)])
    rows = [[*row, *[""] * (count - len(row))] for row in (block.head, *block.rows)]
    widest = (math.ceil(max(full_width(row[at]) for row in rows)) + 1 for at in range(count))
    widths: list[float] = [min(max(width, NARROWEST), WIDEST) for width in widest]
    short = sum(width for width in widths if width <= SHORT)
    long = sum(widths) - short
    if short + long > room and long and short <= room * 0.7:
        widths = [width if width <= SHORT else width * (room - short) / long for width in widths]
    return rows, widths


def full_width(text: str) -> float:
    """Return the length of a text in full-width characters; a Latin letter is a little over half of one."""
    return sum(1 if ord(letter) > 0x2E7F else 0.56 for letter in text)

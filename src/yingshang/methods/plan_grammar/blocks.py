"""What a container yields, before anybody asks what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one line of a container that knows lines only.

    text: as printed, without the line end.
    start: offset of its first character in the plain text of the container.
    is_line: the container cannot tell lines from paragraphs (plain text, PDF),
        so that several of them may be one paragraph.
    is_indented: it begins further right than the text block, as a new paragraph does.
    """

    text: str
    start: int
    is_line: bool = False
    is_indented: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, printed once, which may span several rows and columns."""

    text: str
    start: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table; merged cells occur once and say what they span.

    is_wrapped: a line end inside a cell may be a mere wrap (PDF), not a paragraph.
    """

    cells: tuple[Cell, ...]
    is_wrapped: bool = False


Block: TypeAlias = Paragraph | Table


def plain_text(blocks: Sequence[Block]) -> str:
    """Return the plain text that the offsets of these blocks count in.

    What lies between two blocks is line ends, and between two cells of a row a
    tab; the readers print it so, and nothing else.
    """
    pieces: list[str] = []
    reached = 0
    for block in blocks:
        for text, start, gap in _printed(block):
            pieces.append(gap * (start - reached))
            pieces.append(text)
            reached = start + len(text)
    return "".join(pieces)


def _printed(block: Block) -> list[tuple[str, int, str]]:
    if isinstance(block, Paragraph):
        return [(block.text, block.start, "\n")]
    printed, row = [], -1
    for cell in block.cells:
        printed.append((cell.text, cell.start, "\t" if cell.row == row else "\n"))
        row = cell.row
    return printed

"""What a container yields: paragraphs and tables, as stretches of one plain text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """A stretch of the text, ``text[start:end]``: a paragraph, or one printed line where lines are all there is.

    is_line: True when the container knows only printed lines (plain text, PDF),
    which may be pieces of one paragraph.
    """

    start: int
    end: int
    is_line: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table. A merged cell stands in every place that it covers, equal to itself."""

    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """Rows of cells; rows may differ in length."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def start(self) -> int:
        return min((cell.start for row in self.rows for cell in row), default=0)

    @property
    def end(self) -> int:
        return max((cell.end for row in self.rows for cell in row), default=0)


Block = Paragraph | Table


def lines_of(text: str) -> list[Block]:
    """Return each line of a plain text that is not blank as a paragraph.

    >>> lines_of("一\\n\\n二")
    [Paragraph(start=0, end=1, is_line=True), Paragraph(start=3, end=4, is_line=True)]
    """
    found: list[Block] = []
    place = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append(Paragraph(place, place + len(line.rstrip("\r\n\x0b\x0c\x85\u2028\u2029")), is_line=True))
        place += len(line)
    return found

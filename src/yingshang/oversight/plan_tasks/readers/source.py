"""What a reader gives, the writer that gives it, and how a reader refuses."""

from __future__ import annotations

from dataclasses import dataclass, field

from yingshang.methods.plan_grammar import Block, Cell, Paragraph, Table

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_TEXT = 20_000_000
_NO_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x7F], " ")


@dataclass(frozen=True, slots=True)
class Source:
    """The plain text of a container and its blocks; every offset counts in ``text``.

    notes: what the reader left out, as sentences for a person.
    """

    text: str
    blocks: list[Block]
    media_type: str
    notes: tuple[str, ...] = ()


class Unreadable(Exception):
    """The file cannot be read. The message says in one Chinese sentence what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell before its place in the text is known."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Writer:
    """Writes blocks one below the other and remembers where each begins."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def paragraph(self, text: str, *, is_line: bool = False, is_indented: bool = False) -> None:
        """Add a paragraph, or a line of a container that knows lines only."""
        text = clean(text)
        self.blocks.append(Paragraph(text, self.length, is_line, is_indented))
        self._put(text, "\n")

    def table(self, cells: list[PrintedCell], *, is_wrapped: bool = False) -> None:
        """Add a table: cells of a row stand apart by tabs, rows by line ends."""
        placed: list[Cell] = []
        ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
        for index, cell in enumerate(ordered):
            text = clean(cell.text)
            is_last = index + 1 == len(ordered) or ordered[index + 1].row != cell.row
            placed.append(Cell(text, self.length, cell.row, cell.column, cell.rows, cell.columns))
            self._put(text, "\n" if is_last else "\t")
        self.blocks.append(Table(tuple(placed), is_wrapped))

    def source(self, media_type: str) -> Source:
        """Return what was written."""
        return Source("".join(self.pieces), self.blocks, media_type)

    def _put(self, text: str, end: str) -> None:
        self.pieces += [text, end]
        self.length += len(text) + len(end)


def clean(text: str) -> str:
    """Return the text with one kind of line end and without control characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_NO_CONTROL)

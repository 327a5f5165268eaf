"""What a reader gives, and how it says that it can't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar import Block, Cell, Paragraph, Table


@dataclass(frozen=True)
class Source:
    """The plain text of a document and its blocks. notes: what the reader left out, as sentences for a person."""

    text: str
    blocks: Sequence[Block]
    media_type: str
    notes: Sequence[str] = field(default_factory=tuple)


class Unreadable(Exception):
    """The document cannot be read. The message is one Chinese sentence that says what is wrong and where."""


@dataclass
class Writer:
    """Collects the text of a document piece by piece and remembers where each piece stands."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def paragraph(self, text: str, *, is_line: bool = False) -> None:
        """Add a paragraph and the line end behind it; nothing for a blank one, but a blank line."""
        if text.strip():
            start = self._add(text)
            self.blocks.append(Paragraph(start, start + len(text), is_line))
        self._add("\n")

    def table(self, rows: Sequence[Sequence[str | None]], same: Sequence[Sequence[object]] | None = None) -> None:
        """Add a table. same: for every place a key; places with the same key are one merged cell, written once."""
        written: dict[object, Cell] = {}
        out: list[tuple[Cell, ...]] = []
        for y, row in enumerate(rows):
            cells = []
            for x, words in enumerate(row):
                key: object = same[y][x] if same else (y, x)
                if key not in written:
                    start = self._add(words or "")
                    written[key] = Cell(start, start + len(words or ""))
                    self._add("\t")
                cells.append(written[key])
            out.append(tuple(cells))
            self._add("\n")
        if out:
            self.blocks.append(Table(tuple(out)))

    def source(self, media_type: str, notes: Sequence[str] = ()) -> Source:
        """Return what was collected."""
        return Source("".join(self.pieces).removesuffix("\n"), tuple(self.blocks), media_type, tuple(notes))

    def _add(self, text: str) -> int:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start

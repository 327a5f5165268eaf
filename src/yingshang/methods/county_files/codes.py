"""A list of codes with their words, each from a source and for a time (codes/1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yingshang.methods.county_files.reader import read

DAY = {"type": "string", "format": "date"}
TEXT = {"type": "string", "minLength": 1}
CODES = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "title", "codes"],
    "properties": {
        "schema": {"const": "codes/1"},
        "title": TEXT,
        "codes": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "words", "source", "effective"],
                "properties": {
                    "code": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"},
                    "words": TEXT,
                    "marks": {"type": "array", "items": TEXT},
                    "source": {"anyOf": [TEXT, {"type": "null"}]},
                    "todo": TEXT,
                    "effective": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["from", "to"],
                        "properties": {"from": DAY, "to": {"anyOf": [DAY, {"type": "null"}]}},
                    },
                },
            },
        },
    },
}


@dataclass(frozen=True, kw_only=True)
class Code:
    """One code. source: empty where none is known; todo then says what is to be found. last: None while it lasts."""

    code: str
    words: str
    source: str
    todo: str
    first: date
    last: date | None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Codes:
    """The codes of a list in the order of its file."""

    title: str
    rows: tuple[Code, ...]

    def on(self, day: date) -> dict[str, str]:
        """Return code → words of what may be chosen on a day."""
        return {row.code: row.words for row in self.rows if row.first <= day and (row.last is None or day <= row.last)}

    def words(self, code: str) -> str:
        """Return the words of a code, of whatever day; the code itself where it is unknown."""
        return next((row.words for row in self.rows if row.code == code), code)

    def marked(self, mark: str) -> frozenset[str]:
        """Return the codes that carry a mark."""
        return frozenset(row.code for row in self.rows if mark in row.marks)

    @property
    def weak(self) -> list[Code]:
        """Those without a source, or with something to confirm."""
        return [row for row in self.rows if not row.source or row.todo]


def read_codes(path: Path, marks: Collection[str] = ()) -> Codes:
    """Return the codes of a file. marks: those that the program knows. Raises DataProblem with line and key."""
    file = read(path, CODES)
    rows: list[Code] = []
    for place, row in enumerate(file.data["codes"]):
        if any(row["code"] == other.code for other in rows):
            raise file.problem(("codes", place, "code"), f"“{row['code']}” stands twice.", "A code names one thing.")
        for mark in row.get("marks", []):
            if mark not in marks:
                raise file.unknown(("codes", place, "marks"), "mark", mark, set(marks))
        rows.append(
            Code(
                code=row["code"],
                words=row["words"],
                source=row["source"] or "",
                todo=row.get("todo", ""),
                first=row["effective"]["from"],
                last=row["effective"]["to"],
                marks=frozenset(row.get("marks", [])),
            )
        )
    return Codes(file.data["title"], tuple(rows))

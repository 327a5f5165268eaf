"""One duty as a dashboard sees it: plain values, so that every count can be checked with paper and pencil."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol

RED, YELLOW, GREEN, GRAY = "red", "yellow", "green", "gray"
COLORS = (RED, YELLOW, GREEN, GRAY)
"""The worst first."""


class Month(Protocol):
    """The worst lamp of one month, as ``work.lamp_history`` gives it; ``month`` is its first day."""

    @property
    def month(self) -> date: ...
    @property
    def color(self) -> str: ...
    @property
    def struck(self) -> bool: ...
    @property
    def reason(self) -> str: ...


class Watched(NamedTuple):
    """A duty of a unit, with its lamp today and the lamps of past months.

    section, task_no, sentence, address: of the document behind it; empty where
    there is none. lamp: today's, empty once it is closed. lamp_before: of a
    week ago, where it is red today. opened, due, closed: Beijing dates. A plain
    tuple: there are thousands of them on a page.
    """

    pk: int
    title: str
    unit: str
    unit_kind: str
    section: str
    task_no: str
    sentence: str
    address: str
    source: str
    opened: date
    due: date | None
    closed: date | None
    is_done: bool
    was_late: bool
    lamp: str
    lamp_before: str
    months: tuple[Month, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.closed is None

    @property
    def is_new_red(self) -> bool:
        """Whether it is red today and was not a week ago."""
        return self.lamp == RED and self.lamp_before != RED

    @property
    def is_on_time(self) -> bool:
        """Whether it was done, and not late."""
        return (
            self.is_done and not self.was_late and (self.due is None or self.closed is None or self.closed <= self.due)
        )

    def days_late(self, on: date) -> int:
        """Return by how many natural days it is late on a day, or was when it was closed; 0 when it is not."""
        return max(0, ((self.closed or on) - self.due).days) if self.due else 0

"""What a unit is dealing with for others: cases and other dossiers under a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Running:
    """The matters of one unit: how many run, how many are past a limit, for how many days the longest."""

    code: str
    name: str
    open: int
    late: int
    days_late: int


def finding_of_running(rows: Sequence[Running]) -> str:
    """Return the sentence on matters past a limit, in Chinese; empty where there is none."""
    late = sum(row.late for row in rows)
    if not late:
        return ""
    longest = max(rows, key=lambda row: row.days_late)
    return f"另有{late}件办件过了时限，最久的已迟{longest.days_late}天（{longest.name}）。"

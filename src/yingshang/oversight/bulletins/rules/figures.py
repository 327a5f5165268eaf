"""The numbers of a bulletin, each with the duties it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from yingshang.methods.dates import Calendar

ONE_DAY = timedelta(days=1)


class Line(NamedTuple):
    """One duty at the end of a month.

    lamp: on the last day, empty if it was closed by then. lamp_before: on the
    last day of the month before. closed: the day it was done, if by the end.
    struck: why a lateness was struck through in this month.
    """

    pk: int
    title: str
    unit: str
    section: str
    task_no: str
    due: date | None
    closed: date | None
    was_late: bool
    lamp: str
    lamp_before: str
    struck: str = ""


@dataclass(frozen=True)
class Counted:
    """One number: its key and title, the chapter or unit it belongs to (empty: all), and the duties it counts."""

    key: str
    title: str
    about: str
    lines: Sequence[Line]


Test = Callable[[Line], bool]

OVERALL: Mapping[str, tuple[str, Test]] = {
    "open": ("待办", lambda line: bool(line.lamp)),
    "red": ("红灯", lambda line: line.lamp == "red"),
    "yellow": ("黄灯", lambda line: line.lamp == "yellow"),
    "new_red": ("新增红灯", lambda line: line.lamp == "red" and line.lamp_before != "red"),
    "done": ("办结", lambda line: line.closed is not None),
    "on_time": ("按期办结", lambda line: line.closed is not None and not _late(line)),
    "caught_up": ("补办", lambda line: line.closed is not None and _late(line)),
    "struck": ("更正", lambda line: bool(line.struck)),
}
"""Key → the name that stands in the text, and which duties it counts."""

BY_SECTION = ("open", "red", "yellow", "done", "caught_up")


def figures_of(lines: Iterable[Line], *, worst: int, best: int) -> list[Counted]:
    """Return all numbers: those of the county, those of each chapter, and the units named.

    worst: how many units with red lamps are named, the most first. best: how
    many units without one, those that did most on time first.
    """
    rows = list(lines)
    found = [Counted(key, title, "", [row for row in rows if test(row)]) for key, (title, test) in OVERALL.items()]
    for section in dict.fromkeys(row.section for row in rows):
        of_section = [row for row in rows if row.section == section]
        for key in BY_SECTION:
            title, test = OVERALL[key]
            about = section or "其他应办事项"
            found.append(Counted(f"section.{key}", title, about, [row for row in of_section if test(row)]))
    return found + _named(rows, worst, best)


def _named(rows: Sequence[Line], worst: int, best: int) -> list[Counted]:
    red: dict[str, list[Line]] = {}
    on_time: dict[str, list[Line]] = {}
    for row in rows:
        if OVERALL["red"][1](row):
            red.setdefault(row.unit, []).append(row)
        elif OVERALL["on_time"][1](row):
            on_time.setdefault(row.unit, []).append(row)
    clean = {unit: done for unit, done in on_time.items() if unit not in red}
    return [
        *(Counted("worst", "红灯", unit, red[unit]) for unit in _most(red)[:worst]),
        *(Counted("best", "按期办结", unit, clean[unit]) for unit in _most(clean)[:best]),
    ]


def _most(of: Mapping[str, Sequence[Line]]) -> list[str]:
    return sorted(of, key=lambda unit: (-len(of[unit]), unit))


def _late(line: Line) -> bool:
    return line.was_late or (line.due is not None and line.closed is not None and line.closed > line.due)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month before a day.

    >>> month_of(date(2026, 3, 2))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    last = day.replace(day=1) - ONE_DAY
    return last.replace(day=1), last


def first_working_day(day: date, calendar: Calendar) -> date:
    """Return the first working day of a day's month."""
    found = day.replace(day=1)
    while not calendar.is_working_day(found):
        found += ONE_DAY
    return found

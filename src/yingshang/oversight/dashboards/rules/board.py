"""The cockpit's arithmetic: cells of units and sections, the order of units, the sentence on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from yingshang.oversight.dashboards.rules.duties import COLORS, RED, YELLOW, Month, Watched

OTHER = ""
"""The section of duties that rest on no chapter of a plan."""


@dataclass
class Cell:
    """Some duties: how many burn in which color, how many are done, which is late the longest.

    courses: the months of its duties, each different course once: most duties of a plan run alike.
    """

    colors: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLORS, 0))
    done: int = 0
    courses: dict[int, Sequence[Month]] = field(default_factory=dict)
    longest: Watched | None = None
    days_late: int = 0

    @property
    def open(self) -> int:
        """How many are still to be done."""
        return sum(self.colors.values())

    @property
    def worst(self) -> str:
        """The worst color that burns; empty when nothing is open."""
        return next((color for color in COLORS if self.colors[color]), "")

    @property
    def worst_count(self) -> int:
        """How many burn in the worst color."""
        return self.colors[self.worst] if self.worst else 0

    def count(self, duty: Watched, on: date) -> None:
        """Count one duty."""
        self.courses[id(duty.months)] = duty.months
        if duty.closed is not None:
            self.done += duty.is_done
            return
        self.colors[duty.lamp] += 1
        if duty.due is not None and (on - duty.due).days > self.days_late:
            self.longest, self.days_late = duty, (on - duty.due).days

    def take_in(self, other: Cell) -> None:
        """Add what another cell counted."""
        for color, count in other.colors.items():
            self.colors[color] += count
        self.done += other.done
        self.courses |= other.courses
        if other.days_late > self.days_late:
            self.longest, self.days_late = other.longest, other.days_late


@dataclass
class Standing:
    """How one unit, or one chapter, stands: its cells, and their sum."""

    key: str
    cells: dict[str, Cell] = field(default_factory=dict)
    total: Cell = field(default_factory=Cell)

    def take_in(self, key: str, cell: Cell) -> None:
        """Add a cell."""
        self.cells[key] = cell
        self.total.take_in(cell)


@dataclass(frozen=True)
class Headline:
    """The numbers on top and those of the month before: open, red and yellow at its end; done in it, and on time."""

    open: int
    open_before: int
    red: int
    red_before: int
    yellow: int
    yellow_before: int
    done: int
    done_before: int
    on_time: int
    on_time_before: int


@dataclass(frozen=True)
class Board:
    """Everything the cockpit shows, by code of unit and by section."""

    units: dict[str, Standing]
    sections: dict[str, Standing]
    total: Cell


def board_of(duties: Iterable[Watched], on: date) -> Board:
    """Count duties by unit and section: each once, then the cells together."""
    cells: dict[tuple[str, str], Cell] = {}
    for duty in duties:
        key = (duty.unit, duty.section)
        if key not in cells:
            cells[key] = Cell()
        cells[key].count(duty, on)
    board = Board({}, {}, Cell())
    for (unit, section), cell in cells.items():
        board.units.setdefault(unit, Standing(unit)).take_in(section, cell)
        board.sections.setdefault(section, Standing(section)).take_in(unit, cell)
        board.total.take_in(cell)
    return board


def headline_of(duties: Iterable[Watched], this: date, before: date) -> Headline:
    """Count what stands on top. this, before: first days of this month and of the one before it.

    The same numbers as slices give, in one pass.
    """
    counts = dict.fromkeys(Headline.__dataclass_fields__, 0)
    after = (this.replace(day=28) + timedelta(days=4)).replace(day=1)
    for duty in duties:
        if duty.closed is None:
            counts["open"] += 1
            if duty.lamp in (RED, YELLOW):
                counts[duty.lamp] += 1
        elif duty.is_done and before <= duty.closed < after:
            when = "" if duty.closed >= this else "_before"
            counts[f"done{when}"] += 1
            counts[f"on_time{when}"] += duty.is_on_time
        if duty.opened < this and (duty.closed is None or duty.closed >= this):
            counts["open_before"] += 1
            then = duty.months[-2]
            if then.color in (RED, YELLOW) and not then.struck:
                counts[f"{then.color}_before"] += 1
    return Headline(**counts)


def _by_worst(standing: Standing) -> tuple[int, int, int, int]:
    colors = standing.total.colors
    return (-colors[RED], -standing.total.days_late, -colors[YELLOW], -standing.total.open)


def _by_open(standing: Standing) -> tuple[int, ...]:
    return (-standing.total.open, *_by_worst(standing))


SORTS = {"worst": _by_worst, "open": _by_open, "unit": lambda standing: ()}
"""The orders of units: the worst first; the most to do first; as the register lists them (a stable sort)."""


def finding(duties: Sequence[Watched], on: date, names: Mapping[str, str]) -> str:
    """Return the one sentence on top of the cockpit, in Chinese. names: of units, by code."""
    red = [duty for duty in duties if duty.lamp == RED]
    if not red:
        dated = sorted((duty for duty in duties if duty.is_open and duty.due and duty.due >= on), key=_due)
        if not dated:
            return "现在没有红灯。"
        first = dated[0]
        return f"现在没有红灯。最近到期的是{names[first.unit]}“{first.title}”，{_day(first.due or on)}到期。"
    new = sum(duty.is_new_red for duty in red)
    longest = max(red, key=lambda duty: duty.days_late(on))
    began = f"最近7天新增红灯{new}件" if new else f"最近7天没有新增红灯，现有红灯{len(red)}件"
    late = longest.days_late(on)
    return f"{began}；最久的已迟{late}天：{names[longest.unit]}“{longest.title}”。"


def _due(duty: Watched) -> date:
    return duty.due or date.max


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"

"""How far a thing that the plan orders to set up has come: issued, in force, at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SET_UP = "plan_tasks.set_up"
"""The duty to set up one thing that the plan orders."""


class State(StrEnum):
    """Where a deliverable stands on a day."""

    SUGGESTED = "suggested"
    TO_MAKE = "to_make"
    ISSUED = "issued"
    IN_FORCE = "in_force"
    RUNNING = "running"
    STOPPED = "stopped"


WORDS = {
    State.SUGGESTED: "建议，待确认",
    State.TO_MAKE: "待制定",
    State.ISSUED: "已印发",
    State.IN_FORCE: "已施行",
    State.RUNNING: "运行中",
    State.STOPPED: "已停用",
}


@dataclass(frozen=True)
class Known:
    """What is known of a deliverable: its dates, and the last time the records show it at work.

    idle_until: the last day on which it may be in force and never have run; None: no such rule.
    is_connected: whether the package that runs it is installed, so that silence means anything.
    duty_color: the lamp of the duty to set it up, where that is still open.
    """

    is_confirmed: bool
    in_force_on: date | None = None
    is_issued: bool = False
    is_stopped: bool = False
    last_run_on: date | None = None
    idle_until: date | None = None
    is_connected: bool = True
    duty_color: str = "gray"


@dataclass(frozen=True)
class Standing:
    """The state on a day, the color of its lamp, and why it has that color."""

    state: State
    color: str
    why: str

    @property
    def word(self) -> str:
        """The state in Chinese."""
        return WORDS[self.state]


def standing_on(known: Known, on: date) -> Standing:
    """Return where a deliverable stands on a day.

    Issued papers that nothing ever ran through are what the register is for:
    they turn red once the county's number of days has passed. Where the
    package that runs it is not installed, nothing can be said, and the lamp
    stays gray.

    >>> known = Known(is_confirmed=True, is_issued=True, in_force_on=date(2026, 1, 1), idle_until=date(2026, 3, 2))
    >>> [standing_on(known, day).color for day in (date(2026, 3, 2), date(2026, 3, 3))]
    ['yellow', 'red']
    """
    if not known.is_confirmed:
        return Standing(State.SUGGESTED, "gray", "还没有人确认。")
    if known.is_stopped:
        return Standing(State.STOPPED, "gray", "已经停用。")
    if not known.is_issued or known.in_force_on is None:
        return Standing(State.TO_MAKE, known.duty_color, "还没有印发。")
    if on < known.in_force_on:
        return Standing(State.ISSUED, "green", f"{_said(known.in_force_on)}起施行。")
    return _in_force(known, known.in_force_on, on)


def _in_force(known: Known, since: date, on: date) -> Standing:
    if known.last_run_on is not None and known.last_run_on >= since:
        return Standing(State.RUNNING, "green", f"最近一次运行是{_said(known.last_run_on)}。")
    if not known.is_connected:
        return Standing(State.IN_FORCE, "gray", "未接入：承载它的模块还没有安装，运行情况无法核对。")
    days = (on - since).days
    if known.idle_until is not None and on > known.idle_until:
        return Standing(State.IN_FORCE, "red", f"已施行{days}天，从未运行过。")
    return Standing(State.IN_FORCE, "yellow", f"已施行{days}天，还没有运行过。")


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

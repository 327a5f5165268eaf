"""Whom to call on Monday: named rules; their numbers stand in the county's dashboards.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from yingshang.oversight.dashboards.rules.board import Board, Standing
from yingshang.oversight.dashboards.rules.duties import RED, YELLOW


@dataclass(frozen=True)
class Choice:
    """A unit to call, and why, in words."""

    unit: str
    why: str
    standing: Standing


def reds_then_days(
    board: Board, on: date, called: Mapping[str, date], numbers: Mapping[str, int]
) -> Iterable[Standing]:
    """The most red lamps first, then the longest lateness, then the most yellow ones.

    Left out: units that were called within ``quiet_days``, and units with
    fewer than ``red_at_least`` red lamps. The first ``units`` of the rest.
    """
    quiet = on - timedelta(days=numbers["quiet_days"])
    open_to_call = [
        standing
        for standing in board.units.values()
        if standing.total.colors[RED] >= numbers["red_at_least"]
        and not (standing.key in called and called[standing.key] > quiet)
    ]
    worst_first = sorted(
        open_to_call, key=lambda one: (-one.total.colors[RED], -one.total.days_late, -one.total.colors[YELLOW], one.key)
    )
    return worst_first[: numbers["units"]]


Calling = Callable[[Board, date, Mapping[str, date], Mapping[str, int]], Iterable[Standing]]

CALLING_RULES: Mapping[str, tuple[Calling, frozenset[str]]] = {
    "reds_then_days": (reds_then_days, frozenset({"units", "red_at_least", "quiet_days"})),
}
"""Name → the rule and the numbers that it asks for."""


def choose(rule: str, numbers: Mapping[str, int], board: Board, on: date, called: Mapping[str, date]) -> list[Choice]:
    """Return the units to call, in order, by a named rule. called: the last call of each unit."""
    function, _ = CALLING_RULES[rule]
    return [Choice(each.key, _why(each), each) for each in function(board, on, called, numbers)]


def _why(standing: Standing) -> str:
    colors = standing.total.colors
    words = f"红灯{colors[RED]}件"
    if colors[YELLOW]:
        words += f"，黄灯{colors[YELLOW]}件"
    return f"{words}，最久的已迟{standing.total.days_late}天" if standing.total.days_late else words

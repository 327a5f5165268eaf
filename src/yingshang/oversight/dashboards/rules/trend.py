"""Month after month: what was to be done, what was late, what was done, what was done on time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from yingshang.oversight.dashboards.rules.duties import RED, Watched
from yingshang.oversight.dashboards.rules.slices import Slice, Tense


@dataclass(frozen=True)
class MonthFigures:
    """One month in numbers, each with the slice it counts."""

    first: date
    open: int
    red: int
    done: int
    on_time: int
    slices: dict[str, Slice]


def figures_of(duties: Sequence[Watched], months: Sequence[date], within: Slice) -> list[MonthFigures]:
    """Return the figures of each month (its first day), counted among the duties of a slice."""
    return [_figures(duties, month, within) for month in months]


def _figures(duties: Sequence[Watched], month: date, within: Slice) -> MonthFigures:
    here = replace(within, month=f"{month:%Y-%m}", lamp="")
    slices = {
        "open": here,
        "red": replace(here, lamp=RED, tense=Tense.LIT),
        "done": replace(here, tense=Tense.DONE),
        "on_time": replace(here, tense=Tense.ON_TIME),
    }
    counted = {name: len(each.of(duties)) for name, each in slices.items()}
    return MonthFigures(month, counted["open"], counted["red"], counted["done"], counted["on_time"], slices)

"""How a lamp is lit: named rules, plain Python. The thresholds stand in the county's lamps.yaml.

Colors: ``gray`` no date yet, or the clock stands; ``green``; ``yellow``; ``red``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from yingshang.methods.dates import Calendar, working_days_between

GREEN, YELLOW, RED, GRAY = "green", "yellow", "red", "gray"

LampFunction = Callable[[date, date, date, Calendar, Mapping[str, int]], str]


def working_days_left(opened: date, due: date, on: date, calendar: Calendar, thresholds: Mapping[str, int]) -> str:
    """Yellow with ``yellow_within`` working days left or fewer; red when more than ``red_after`` working days late.

    On the last day itself 0 working days are left. ``opened`` does not matter.
    """
    left = working_days_between(on, due, calendar) if on <= due else -working_days_between(due, on, calendar)
    # A rest day right after the last day is late, though no working day has passed.
    late = on > due
    if (late and -left > thresholds["red_after"]) or (late and thresholds["red_after"] == 0):
        return RED
    return YELLOW if late or left <= thresholds["yellow_within"] else GREEN


def share_of_span(opened: date, due: date, on: date, calendar: Calendar, thresholds: Mapping[str, int]) -> str:
    """Yellow within the last ``yellow_percent`` of the span, or late by at most ``red_after`` days; then red.

    Natural days, from the day it was opened to the last day on time.
    """
    if on > due:
        return RED if (on - due).days > thresholds["red_after"] else YELLOW
    span = (due - opened).days
    return YELLOW if (due - on).days * 100 <= span * thresholds["yellow_percent"] else GREEN


LAMP_RULES: Mapping[str, tuple[LampFunction, frozenset[str]]] = {
    "working_days_left": (working_days_left, frozenset({"yellow_within", "red_after"})),
    "share_of_span": (share_of_span, frozenset({"yellow_percent", "red_after"})),
}
"""Name → the rule and the thresholds that it asks for."""

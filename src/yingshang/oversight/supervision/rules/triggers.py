"""When an obligation climbs a rung: named rules, plain Python. Which rung asks which stands in supervision.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

YELLOW, RED = "yellow", "red"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one watched obligation stands on a day.

    color: of its lamp. days_late: working days after its last day; 0 when not late.
    task_yellows: yellow lamps of the same unit under the same task, this one counted.
    place: rungs climbed so far, 0 for none. since_rung: working days since the
    latest letter was issued; None without one. is_unanswered: that letter's limit
    has passed and nobody answered. is_promise_broken: the day promised in an
    accepted answer has passed. is_promise_running: it has not.
    """

    color: str
    days_late: int = 0
    task_yellows: int = 0
    place: int = 0
    since_rung: int | None = None
    is_unanswered: bool = False
    is_promise_broken: bool = False
    is_promise_running: bool = False


@dataclass(frozen=True)
class Rise:
    """The rung to climb (place 1 for the lowest), the rule that asks for it, and why, in Chinese."""

    place: int
    rung: str
    rule: str
    why: str


Trigger = Callable[[Standing, Mapping[str, int]], str]
"""(standing, arguments) → why it holds, in Chinese; empty when it does not."""


def lamp_is_yellow(standing: Standing, arguments: Mapping[str, int]) -> str:
    """The lamp is yellow: close to its last day, or slightly late."""
    return "亮黄灯" if standing.color == YELLOW else ""


def lamp_is_red(standing: Standing, arguments: Mapping[str, int]) -> str:
    """The lamp is red."""
    return "亮红灯" if standing.color == RED else ""


def yellows_on_one_task(standing: Standing, arguments: Mapping[str, int]) -> str:
    """At least ``count`` yellow lamps of the unit under one task, ``working_days`` after the rung before.

    Pattern: 「两黄」转督办函, domain notes 9.2.
    """
    if standing.color != YELLOW or standing.task_yellows < arguments["count"] or standing.is_promise_running:
        return ""
    if standing.place and (standing.since_rung or 0) < arguments["working_days"]:
        return ""
    return f"同一任务有{standing.task_yellows}个黄灯"


def no_answer(standing: Standing, arguments: Mapping[str, int]) -> str:
    """The limit of the latest letter has passed without an answer."""
    return "上一级文书到期没有答复" if standing.is_unanswered else ""


def promise_broken(standing: Standing, arguments: Mapping[str, int]) -> str:
    """The day promised in an accepted answer has passed."""
    return "答复中承诺的日期已过" if standing.is_promise_broken else ""


def red_since_rung(standing: Standing, arguments: Mapping[str, int]) -> str:
    """Red, ``working_days`` after the rung before, and no promised day is still to come."""
    if standing.color != RED or standing.since_rung is None or standing.is_promise_running:
        return ""
    if standing.since_rung < arguments["working_days"]:
        return ""
    return f"上一级文书发出已满{standing.since_rung}个工作日，仍是红灯"


TRIGGERS: Mapping[str, tuple[Trigger, frozenset[str]]] = {
    "lamp_is_yellow": (lamp_is_yellow, frozenset()),
    "lamp_is_red": (lamp_is_red, frozenset()),
    "yellows_on_one_task": (yellows_on_one_task, frozenset({"count", "working_days"})),
    "no_answer": (no_answer, frozenset()),
    "promise_broken": (promise_broken, frozenset()),
    "red_since_rung": (red_since_rung, frozenset({"working_days"})),
}
"""Name → the rule and the arguments that it asks for."""


def rise(standing: Standing, rungs: Sequence[Mapping[str, Any]]) -> Rise | None:
    """Return the next rung of the ladder if a trigger of it holds; None otherwise and at the top.

    Only the next one: a rung is never skipped. A matter on the lamps of which
    nothing is wrong any more (green, gray) climbs by no lamp.
    """
    if standing.place >= len(rungs):
        return None
    rung = rungs[standing.place]
    for trigger in rung["triggers"]:
        function, asked = TRIGGERS[trigger["rule"]]
        why = function(standing, {name: trigger[name] for name in asked})
        if why:
            return Rise(standing.place + 1, rung["rung"], trigger["rule"], why)
    return None

"""A procedure's own tests: some dates go in, and what the clock makes of them must come out.

Runs on the clock's own reckoning, in memory: nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from yingshang.kernel import clock
from yingshang.kernel.procedures.definition import MAIN, Definition, LimitRule, Scenario
from yingshang.methods.dates import Calendar

LimitOn = Callable[[str, date], clock.Limit]


@dataclass(frozen=True)
class Miss:
    """Where a scenario and the procedure disagree."""

    scenario: str
    key: str
    expected: date | str
    found: date | str | None

    def __str__(self) -> str:
        return f"“{self.scenario}”: {self.key} should be {self.expected}, it is {self.found or 'nothing'}."


def misses(definition: Definition, limit_on: LimitOn, calendar: Calendar) -> list[Miss]:
    """Return every expectation of the procedure's scenarios that does not hold; empty when all do."""
    return [
        Miss(scenario.name, key, expected, found.get(key))
        for scenario in definition.scenarios
        for found in [outcome(definition, scenario, limit_on, calendar)]
        for key, expected in scenario.expect.items()
        if found.get(key) != expected
    ]


def outcome(definition: Definition, scenario: Scenario, limit_on: LimitOn, calendar: Calendar) -> dict[str, date | str]:
    """Return limit key → its last day, and under ``state`` where the matter stands.

    limit_on: the edition of a limit on a day, e.g. ``clock.limit_on``. A limit
    missed by ``scenario.on`` makes its clock move; a deemed result counts from
    the day the limit began (《行政许可法》第三十二条第一款第四项).
    """
    entered = dict(scenario.given)
    due: dict[str, date] = {}
    waiting = list(definition.limits.values())
    while begun := [rule for rule in waiting if rule.begins in entered and not rule.extends]:
        rule = begun[0]
        waiting.remove(rule)
        started = entered[rule.begins]
        limit = limit_on(rule.limit, started)
        due[rule.key] = _last_day(definition, scenario, rule, limit, started, limit_on, calendar)
        if rule.on_miss and _is_missed(rule, due[rule.key], entered, scenario.on):
            move = definition.move_from(rule.begins, rule.on_miss)
            assert move is not None  # the course was checked
            deemed = limit.on_expiry == clock.Limit.OnExpiry.DEEMED_ACCEPTED
            entered.setdefault(move.to, started if deemed else due[rule.key] + timedelta(days=1))
    state = walked(definition, scenario.walk) if scenario.walk else list(entered)[-1]
    return {**due, "state": state}


def walked(definition: Definition, moves: tuple[str, ...]) -> str:
    """Return the main state after the moves, or a sentence that says which one was not possible.

    Opinions and conditions are taken as given; branches open and join as they
    would for a real matter.
    """
    at = {MAIN: definition.start}
    for do in moves:
        found = next(((line, move) for line, state in at.items() if (move := definition.move_from(state, do))), None)
        if found is None:
            return f"“{do}” is not possible in {', '.join(at.values())}"
        line, move = found
        at[line] = move.to
        if line == MAIN:
            _open_branches(definition, at)
        _join(definition, at)
    return at[MAIN]


def _open_branches(definition: Definition, at: dict[str, str]) -> None:
    for line in [line for line in at if line != MAIN]:
        del at[line]
    for branch in definition.branches_during(at[MAIN]):
        at[branch.key] = branch.start


def _join(definition: Definition, at: dict[str, str]) -> None:
    join = definition.join_from(at[MAIN])
    while join and all(definition.is_final(at[key]) for key in join.waits_for):
        at[MAIN] = join.to
        _open_branches(definition, at)
        join = definition.join_from(at[MAIN])


def _is_missed(rule: LimitRule, due: date, entered: dict[str, date], on: date | None) -> bool:
    answered = any(state in entered and entered[state] <= due for state in rule.until)
    return on is not None and on > due and not answered


def _last_day(
    definition: Definition,
    scenario: Scenario,
    rule: LimitRule,
    limit: clock.Limit,
    started: date,
    limit_on: LimitOn,
    calendar: Calendar,
) -> date:
    pauses = [
        clock.Pause(first_day=first, last_day=last)
        for key, first, last in scenario.paused
        if rule.key in definition.pauses[key].stops
    ]
    extensions = [
        clock.Extension(limit=longer, amount=longer.amount)
        for extension in definition.limits.values()
        if extension.extends == rule.key and extension.key in scenario.extended
        for longer in [limit_on(extension.limit, started)]
    ]
    return clock.reckon(
        clock.Clock(limit=limit, amount=rule.amount, started_on=started), calendar, pauses, extensions
    ).date

"""The course of a procedure: every state can be reached and left, and every join can complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from yingshang.kernel.procedures.definition import CLOCK, MAIN, Definition, MoveRule
from yingshang.methods.county_files import CountyFile, DataProblem

Arrows = Mapping[str, set[str]]


def faults(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    """Yield what makes the course impossible or ambiguous. Every name in it is known by now."""
    yield from _doubled_names(file, definition)
    yield from _doubled_moves(file, definition)
    yield from _lines_crossed(file, definition)
    yield from _main_line(file, definition)
    yield from _branches(file, definition)
    yield from _joins(file, definition)
    yield from _joint_steps(file, definition)
    yield from _limits(file, definition)
    yield from _filing(file, definition)


def arrows(definition: Definition) -> dict[str, set[str]]:
    """Return state → states that a move or a join leads to, for all lines."""
    found: dict[str, set[str]] = {}
    for move in definition.moves:
        for state in move.begins:
            found.setdefault(state, set()).add(move.to)
    for join in definition.joins:
        found.setdefault(join.begins, set()).add(join.to)
    return found


def reached(start: Iterable[str], leads: Arrows) -> set[str]:
    """Return the states that can be reached, the start included."""
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            waiting.extend(leads.get(state, ()))
    return seen


def _backward(leads: Arrows) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for state, targets in leads.items():
        for target in targets:
            found.setdefault(target, set()).add(state)
    return found


def _doubled_names(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    states = Counter[str](list(definition.states))
    for branch in definition.branches.values():
        states.update(list(branch.states))
    for state, times in states.items():
        if times > 1:
            yield file.problem(("states",), f"the state “{state}” stands in two lines.", "A state has one place.")
    for part in ("sources", "materials", "duties", "branches", "joins", "pauses"):
        rows = file.data.get(part, [])
        for key, times in Counter(row["key"] for row in rows).items():
            if times > 1:
                yield file.problem((part,), f"the key “{key}” stands twice.", "A key names one thing.")


def _doubled_moves(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    seen: set[tuple[str, str]] = set()
    for place, move in enumerate(definition.moves):
        for state in move.begins:
            if (state, move.do) in seen:
                found = f"“{move.do}” already leads out of “{state}”."
                yield file.problem(("moves", place, "do"), found, "One move, one way out of a state.")
            seen.add((state, move.do))


def _lines_crossed(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    for place, move in enumerate(definition.moves):
        lines = {definition.line_of(state) for state in (*move.begins, move.to)}
        if len(lines) > 1:
            found = f"“{move.do}” leads from one line into another."
            yield file.problem(("moves", place), found, "Branches open and end by themselves; see joins.")
        for state in move.begins:
            if definition.is_final(state) != move.afterwards:
                yield file.problem(("moves", place, "from"), *_crossed_end(state, move))
        if move.afterwards and (move.to not in definition.final or lines != {MAIN}):
            found = f"“{move.do}” is done after the end, but does not lead to a final state of the main line."
            yield file.problem(("moves", place, "to"), found, "What has ended is not opened again.")


def _crossed_end(state: str, move: MoveRule) -> tuple[str, str]:
    """Return what is wrong with a move out of a state that has ended, or said to come after the end and does not."""
    if move.afterwards:
        return f"“{state}” is not final, and “{move.do}” is done afterwards.", "Make it two moves of one name."
    return f"“{state}” is final; nothing leads out of it.", "A deed on a matter that has ended says “afterwards: true”."


def _main_line(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    leads = arrows(definition)
    yield from _dead_ends(file, ("states",), definition.states, [definition.start], set(definition.final), leads)


def _branches(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    leads = arrows(definition)
    for place, branch in enumerate(definition.branches.values()):
        key = ("branches", place, "states")
        for problem in _dead_ends(file, key, branch.states, [branch.start], set(branch.final), leads):
            problem.expected += " Otherwise the join of this branch can never complete."
            yield DataProblem(
                problem.path, problem.line, problem.key, problem.found, problem.expected.strip(), problem.hint
            )


def _dead_ends(
    file: CountyFile,
    key: tuple[str | int, ...],
    states: Mapping[str, str],
    start: list[str],
    final: set[str],
    leads: Arrows,
) -> Iterator[DataProblem]:
    ahead, back = reached(start, leads), reached(final, _backward(leads))
    for state in states:
        if state not in ahead:
            yield file.problem((*key, state), f"no move leads to “{state}”.", "Add a move, or remove the state.")
        elif state not in back:
            found = f"“{state}” is a dead end: nothing final can be reached from it."
            yield file.problem((*key, state), found, "Add a move out of it, or list it under final.")


def _joins(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    for place, join in enumerate(definition.joins):
        for key in join.waits_for:
            during = definition.branches[key].during
            if during != join.begins:
                found = f"the join waits in “{join.begins}” for “{key}”, which runs during “{during}”."
                yield file.problem(("joins", place, "waits_for"), found, "It would never complete.")
    for place, branch in enumerate(definition.branches.values()):
        waiting = [join for join in definition.joins if branch.key in join.waits_for]
        if len(waiting) != 1:
            found = f"{len(waiting)} joins wait for the branch “{branch.key}”."
            yield file.problem(("branches", place), found, "One join waits for each branch.")
    for state, times in Counter(join.begins for join in definition.joins).items():
        if times > 1:
            yield file.problem(("joins",), f"{times} joins lead out of “{state}”.", "One join for each parallel state.")
    if definition.branches_during(definition.start):
        found = f"branches run during “{definition.start}”, where the procedure starts."
        yield file.problem(("branches",), found, "Parallel work begins with a move.")


def _joint_steps(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    for place, joint in enumerate(definition.joint_steps.values()):
        if not any(move.on_opinion == "agreed" for move in definition.moves_from(joint.during)):
            found = f"nothing leads out of “{joint.during}” when the units agree."
            yield file.problem(("joint_steps", place), found, "Add a move with on_opinion: agreed.")
    for place, move in enumerate(definition.moves):
        if move.on_opinion and not set(move.begins) <= set(definition.joint_steps):
            found = f"“{move.do}” asks for an opinion, but “{move.begins[0]}” has no joint step."
            yield file.problem(("moves", place, "on_opinion"), found, "Add it under joint_steps.")


def _limits(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    named = {rule.on_miss for rule in definition.limits.values()} | {d.on_miss for d in definition.duties.values()}
    for key, rule in definition.limits.items():
        if bool(rule.begins) == bool(rule.extends):
            found = "a limit has either “from” or “extends”."
            yield file.problem(("limits", key), found, "“from” names the state that begins it.")
        elif rule.extends and not rule.approved_by:
            yield file.problem(("limits", key), "the key “approved_by” is missing.", "It names the post that extends.")
        elif rule.begins and not rule.until:
            yield file.problem(("limits", key), "the key “until” is missing.", "It names the states that fulfill it.")
        if rule.on_miss and definition.move_from(rule.begins, rule.on_miss) is None:
            found = f"“{rule.on_miss}” does not lead out of “{rule.begins}”, where the limit runs."
            yield file.problem(("limits", key, "on_miss"), found, "See docs/procedures.md#deemed-results.")
    for place, duty in enumerate(definition.duties.values()):
        if (duty.material or duty.on_miss) and not duty.limit:
            found = f"“{duty.key}” has to be in by a day, but cites no limit."
            yield file.problem(("duties", place), found, "Add “limit”, for a late material that of tolerance.")
    for place, move in enumerate(definition.moves):
        if CLOCK in move.by:
            yield from _clock_move(file, place, move, named)


def _clock_move(file: CountyFile, place: int, move: MoveRule, named: set[str]) -> Iterator[DataProblem]:
    if move.do not in named:
        found = f"only the clock makes “{move.do}”, but no limit names it."
        yield file.problem(("moves", place, "by"), found, "Name it as on_miss of a limit.")
    if len(move.by) > 1 or move.needs or move.when or move.on_opinion:
        found = f"“{move.do}” is made by the clock, which can neither bring facts nor answer conditions."
        yield file.problem(("moves", place), found, "Keep do, title, from, to and by alone.")


def _filing(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    """A filing takes effect on receipt and cannot be refused (plan item 13: 真备案)."""
    if definition.kind != "filing":
        return
    refused = [state for state, outcome in definition.final.items() if outcome == "refused"]
    for state in refused:
        leading = next((place for place, move in enumerate(definition.moves) if move.to == state), 0)
        yield file.problem(
            ("moves", leading),
            f"a filing is not refused, but this move ends in “{state}”.",
            "A filing takes effect on receipt; take the move out, or make it a license with its legal source.",
            "See docs/procedures.md#filings.",
        )
    if definition.takes_effect != definition.start:
        yield file.problem(
            ("takes_effect",) if "takes_effect" in file.data else (),
            f"a filing takes effect on receipt: “takes_effect” must be “{definition.start}”.",
            "Receipt is the start; nothing comes before it.",
            "See docs/procedures.md#filings.",
        )

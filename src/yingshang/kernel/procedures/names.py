"""Every name in a procedure means something: checked against the county's and the program's own names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from yingshang.kernel.procedures.definition import APPLICANT, CLOCK, HOLDER, LEAD, Definition
from yingshang.kernel.procedures.quorum import QUORUMS
from yingshang.methods.county_files import CountyFile, DataProblem

READ_ON = "docs/procedures.md"


@dataclass(frozen=True)
class Known:
    """Names from outside the file. None leaves that kind unchecked (a file read by itself)."""

    units: frozenset[str] | None = None
    posts: frozenset[str] | None = None
    limits: frozenset[str] | None = None
    conditions: frozenset[str] | None = None


def unknown_names(file: CountyFile, definition: Definition, known: Known) -> Iterator[DataProblem]:
    """Yield a problem for each name that nothing bears, in the order of the file's parts."""
    yield from _lead_unit(file, definition, known)
    yield from _in_limits(file, definition, known)
    yield from _in_duties(file, definition, known)
    yield from _in_moves(file, definition, known)
    yield from _in_parallel_work(file, definition, known)
    yield from _in_pauses(file, definition)
    yield from _in_scenarios(file, definition)


@dataclass(frozen=True)
class _Asked:
    """A name that stands in the file, what it is to be, and where to read on."""

    key: tuple[str | int, ...]
    what: str
    name: str
    known: Collection[str] | None
    anchor: str


def _complaints(file: CountyFile, asked: Iterable[_Asked]) -> Iterator[DataProblem]:
    for one in asked:
        if one.known is not None and one.name not in one.known:
            yield file.unknown(one.key, one.what, one.name, set(one.known), _hint(one.what, one.anchor))


def _hint(what: str, anchor: str) -> str:
    where = {
        "condition": "Conditions are Python functions",
        "limit": "Limits stand in counties/*/limits",
        "post": "Posts stand in posts.yaml",
        "unit": "Units stand in units.yaml",
    }.get(what)
    return f"{where}; see {READ_ON}#{anchor}." if where else f"See {READ_ON}#{anchor}."


def _lead_unit(file: CountyFile, definition: Definition, known: Known) -> Iterator[DataProblem]:
    if definition.lead_unit:
        yield from _complaints(file, [_Asked(("lead_unit",), "unit", definition.lead_unit, known.units, "head")])


def _in_limits(file: CountyFile, definition: Definition, known: Known) -> Iterator[DataProblem]:
    states, clock_moves = _all_states(definition), {m.do for m in definition.moves if CLOCK in m.by}
    for key, rule in definition.limits.items():
        at = ("limits", key)
        asked = [_Asked((*at, "limit"), "limit", rule.limit, known.limits, "limits")]
        if rule.extends:
            asked.append(_Asked((*at, "extends"), "limit of this file", rule.extends, definition.limits, "limits"))
            if rule.approved_by:
                asked.append(_Asked((*at, "approved_by"), "post", rule.approved_by, _posts(known), "posts"))
        else:
            asked.append(_Asked((*at, "from"), "state", rule.begins, states, "states"))
            asked += [_Asked((*at, "until", n), "state", s, states, "states") for n, s in enumerate(rule.until)]
            asked.append(_Asked((*at, "borne_by"), "unit", rule.borne_by, _bearers(known), "limits"))
        if rule.on_miss:
            asked.append(_Asked((*at, "on_miss"), "move by the clock", rule.on_miss, clock_moves, "deemed-results"))
        yield from _complaints(file, asked)


def _in_duties(file: CountyFile, definition: Definition, known: Known) -> Iterator[DataProblem]:
    clock_moves = {move.do for move in definition.moves if CLOCK in move.by}
    materials = {m.key for m in definition.materials if m.tolerable_days is not None}
    sources = {source.key for source in definition.sources}
    asked = []
    for place, material in enumerate(definition.materials):
        if material.source:
            asked.append(_Asked(("materials", place, "source"), "source", material.source, sources, "sources"))
    for place, duty in enumerate(definition.duties.values()):
        at = ("duties", place)
        asked.append(_Asked((*at, "borne_by"), "unit", duty.borne_by, _bearers(known), "duties"))
        if duty.limit:
            asked.append(_Asked((*at, "limit"), "limit", duty.limit, known.limits, "limits"))
        if duty.on_miss:
            asked.append(_Asked((*at, "on_miss"), "move by the clock", duty.on_miss, clock_moves, "deemed-results"))
        if duty.material:
            what = "material with tolerable_days"
            asked.append(_Asked((*at, "material"), what, duty.material, materials, "materials"))
    yield from _complaints(file, asked)


def _in_moves(file: CountyFile, definition: Definition, known: Known) -> Iterator[DataProblem]:
    states = _all_states(definition)
    asked = [_Asked(("start",), "state", definition.start, definition.states, "states")]
    asked += [_Asked(("final", state), "state", state, definition.states, "states") for state in definition.final]
    for place, move in enumerate(definition.moves):
        at = ("moves", place)
        lists: list[tuple[str, str, tuple[str, ...], Collection[str] | None, str]] = [
            ("from", "state", move.begins, states, "states"),
            ("to", "state", (move.to,), states, "states"),
            ("by", "post", move.by, _posts(known), "posts"),
            ("when", "condition", move.when, known.conditions, "conditions"),
            ("opens", "duty of this file", move.opens, definition.duties, "duties"),
            ("fulfills", "duty of this file", move.fulfills, definition.duties, "duties"),
        ]
        asked += [
            _Asked((*at, key), what, name, names, anchor)
            for key, what, listed, names, anchor in lists
            for name in listed
        ]
    yield from _complaints(file, asked)


def _in_parallel_work(file: CountyFile, definition: Definition, known: Known) -> Iterator[DataProblem]:
    holders = None if known.units is None else known.units | {LEAD}
    states = _all_states(definition)
    asked = []
    for place, branch in enumerate(definition.branches.values()):
        at: tuple[str | int, ...] = ("branches", place)
        asked.append(_Asked((*at, "during"), "state of the main line", branch.during, definition.states, "branches"))
        asked.append(_Asked((*at, "unit"), "unit", branch.unit, holders, "branches"))
        asked.append(_Asked((*at, "start"), "state of this branch", branch.start, branch.states, "branches"))
        asked += [
            _Asked((*at, "final"), "state of this branch", s, branch.states, "branches") for s in sorted(branch.final)
        ]
    for place, join in enumerate(definition.joins):
        at = ("joins", place)
        asked.append(_Asked((*at, "from"), "state of the main line", join.begins, definition.states, "joins"))
        asked.append(_Asked((*at, "to"), "state of the main line", join.to, definition.states, "joins"))
        asked += [_Asked((*at, "waits_for"), "branch", b, definition.branches, "joins") for b in join.waits_for]
    for place, joint in enumerate(definition.joint_steps.values()):
        at = ("joint_steps", place)
        asked.append(_Asked((*at, "during"), "state", joint.during, states, "joint-steps"))
        asked.append(_Asked((*at, "quorum"), "quorum rule", joint.quorum, QUORUMS, "joint-steps"))
        asked += [_Asked((*at, "units", n), "unit", u, holders, "joint-steps") for n, u in enumerate(joint.units)]
    yield from _complaints(file, asked)


def _in_pauses(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    sources = {source.key for source in definition.sources}
    asked = []
    for place, pause in enumerate(definition.pauses.values()):
        at = ("pauses", place)
        asked += [_Asked((*at, "stops"), "limit of this file", s, definition.limits, "pauses") for s in pause.stops]
        if pause.source:
            asked.append(_Asked((*at, "source"), "source", pause.source, sources, "sources"))
    yield from _complaints(file, asked)


def _in_scenarios(file: CountyFile, definition: Definition) -> Iterator[DataProblem]:
    states, extensions = _all_states(definition), {k for k, rule in definition.limits.items() if rule.extends}
    steps = {move.do for move in definition.moves}
    asked = []
    for place, scenario in enumerate(definition.scenarios):
        at = ("scenarios", place)
        asked += [_Asked((*at, "given", state), "state", state, states, "scenarios") for state in scenario.given]
        asked += [
            _Asked((*at, "paused"), "pause", pause, definition.pauses, "scenarios") for pause, *_ in scenario.paused
        ]
        asked += [_Asked((*at, "extended"), "extension", key, extensions, "scenarios") for key in scenario.extended]
        asked += [_Asked((*at, "walk", n), "move", do, steps, "scenarios") for n, do in enumerate(scenario.walk)]
        expectable = {*definition.limits, "state"}
        asked += [_Asked((*at, "expect", k), "limit, or “state”", k, expectable, "scenarios") for k in scenario.expect]
    yield from _complaints(file, asked)


def _all_states(definition: Definition) -> Mapping[str, str]:
    found = dict(definition.states)
    for branch in definition.branches.values():
        found |= branch.states
    return found


def _posts(known: Known) -> frozenset[str] | None:
    return None if known.posts is None else known.posts | {APPLICANT, CLOCK}


def _bearers(known: Known) -> frozenset[str] | None:
    return None if known.units is None else known.units | {HOLDER, LEAD, APPLICANT}

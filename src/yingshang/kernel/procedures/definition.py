"""A procedure as plain, frozen values, and the questions the engine asks of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

APPLICANT = "applicant"
"""Stands in ``by`` and ``borne_by`` for the party whose matter it is."""
CLOCK = "clock"
"""Stands in ``by`` of a move that only a missed limit makes."""
HOLDER = "holder"
"""Stands in ``borne_by`` for the unit that holds the step."""
LEAD = "lead"
"""Stands in ``borne_by`` and ``unit`` for the lead unit of the dossier."""
ORDERED = {"states", "final", "limits", "needs", "given", "expect"}
"""Mappings of a procedure's data whose order counts."""
MAIN = ""
"""The key of the main line, beside the keys of branches."""


@dataclass(frozen=True)
class Source:
    """A legal text. ``edition`` None means that nobody has confirmed it yet; ``todo`` says what to do."""

    key: str
    text: str
    edition: date | None
    todo: str


@dataclass(frozen=True)
class LimitRule:
    """A dated duty that entering a state begins: ``limit`` is a code, its length stands in the limits files.

    until: states that fulfill it. on_miss: the move that the clock makes when it is missed.
    A rule with ``extends`` begins nothing: it lengthens another, ``times`` times, by a person
    in the post ``approved_by``. amount: set here where the limit leaves a range.
    """

    key: str
    title: str
    limit: str
    begins: str
    until: tuple[str, ...]
    borne_by: str
    on_miss: str
    extends: str
    approved_by: str
    times: int
    amount: int | None = None


@dataclass(frozen=True)
class Material:
    """A paper the applicant hands in; ``tolerable_days`` working days later at most, None if not later at all."""

    key: str
    title: str
    required: bool
    tolerable_days: int | None
    source: str


@dataclass(frozen=True)
class Duty:
    """A duty that a move opens by name: dated by a limit, or not dated.

    material: a material that may come later; its ``tolerable_days`` are the
    amount of the limit. on_miss: the move that the clock makes.
    """

    key: str
    title: str
    borne_by: str
    limit: str
    material: str
    on_miss: str


@dataclass(frozen=True)
class MoveRule:
    """One lawful move: what it is called, from where to where, who, and what must hold first.

    when: names of conditions that are registered. needs: facts that the deed must carry, each with
    its Chinese title. on_opinion: the outcome of the joint step that allows it. afterwards: done on
    a matter that has ended (a license is revoked), from one final state to another.
    """

    do: str
    title: str
    begins: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    when: tuple[str, ...]
    needs: Mapping[str, str]
    opens: tuple[str, ...]
    fulfills: tuple[str, ...]
    on_opinion: str
    afterwards: bool = False


@dataclass(frozen=True)
class Branch:
    """A part done in parallel while the main line stands in ``during``; ``unit`` is a code or ``lead``."""

    key: str
    title: str
    during: str
    unit: str
    states: Mapping[str, str]
    start: str
    final: frozenset[str]


@dataclass(frozen=True)
class Join:
    """Where branches meet: when all have ended, the main line goes on by itself."""

    key: str
    title: str
    waits_for: tuple[str, ...]
    begins: str
    to: str


@dataclass(frozen=True)
class JointStep:
    """A state in which several units say their opinion; ``quorum`` names the rule that counts them."""

    during: str
    units: tuple[str, ...]
    quorum: str


@dataclass(frozen=True)
class PauseRule:
    """A stretch that the law does not count: which limits stop, and what the deed must carry."""

    key: str
    title: str
    stops: tuple[str, ...]
    needs: Mapping[str, str]
    source: str


@dataclass(frozen=True)
class Scenario:
    """The procedure's own test: some dates, and what must come out."""

    name: str
    given: Mapping[str, date]
    paused: tuple[tuple[str, date, date], ...]
    extended: tuple[str, ...]
    walk: tuple[str, ...]
    on: date | None
    expect: Mapping[str, date | str]


@dataclass(frozen=True)
class Definition:
    """One version of a procedure. Equal content has equal ``sha256``; see docs/procedures.md for each key.

    lead_unit: empty where it is named when a dossier opens (procedures common to all counties).
    """

    id: str
    title: str
    kind: str
    version: int
    effective_from: date
    effective_to: date | None
    lead_unit: str
    item_code: str
    takes_effect: str
    sources: tuple[Source, ...]
    limits: Mapping[str, LimitRule]
    duties: Mapping[str, Duty]
    materials: tuple[Material, ...]
    states: Mapping[str, str]
    start: str
    final: Mapping[str, str]
    moves: tuple[MoveRule, ...]
    branches: Mapping[str, Branch]
    joins: tuple[Join, ...]
    joint_steps: Mapping[str, JointStep]
    pauses: Mapping[str, PauseRule]
    scenarios: tuple[Scenario, ...]
    canonical: str

    @property
    def sha256(self) -> str:
        """Hex digest of the canonical JSON: the name under which this version is frozen."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def line_of(self, state: str) -> str:
        """Return the key of the branch that a state belongs to, or MAIN. Raises KeyError for an unknown state."""
        if state in self.states:
            return MAIN
        for branch in self.branches.values():
            if state in branch.states:
                return branch.key
        raise KeyError(state)

    def title_of(self, state: str) -> str:
        """Return the Chinese title of a state of any line."""
        line = self.line_of(state)
        return (self.branches[line].states if line else self.states)[state]

    def title_of_move(self, do: str, begins: str = "") -> str:
        """Return the title of a move, join, pause or limit, or its name. begins: tells moves of one name apart."""
        rule = self.move_from(begins, do)
        bearers = [(move.do, move.title) for move in self.moves] + [(join.key, join.title) for join in self.joins]
        bearers += [(pause.key, pause.title) for pause in self.pauses.values()]
        bearers += [(limit.key, limit.title) for limit in self.limits.values()]
        return rule.title if rule else dict(bearers).get(do, do)

    def is_final(self, state: str) -> bool:
        """Return whether a state ends its line."""
        line = self.line_of(state)
        return state in (self.branches[line].final if line else self.final)

    def move_from(self, state: str, do: str) -> MoveRule | None:
        """Return the move of that name that may start in a state, or None."""
        return next((move for move in self.moves if move.do == do and state in move.begins), None)

    def moves_from(self, state: str) -> list[MoveRule]:
        """Return the moves that may start in a state, in the order of the file."""
        return [move for move in self.moves if state in move.begins]

    def branches_during(self, state: str) -> list[Branch]:
        """Return the branches that entering a main state opens, in the order of the file."""
        return [branch for branch in self.branches.values() if branch.during == state]

    def join_from(self, state: str) -> Join | None:
        """Return the join that ends the parallel work of a main state, or None."""
        return next((join for join in self.joins if join.begins == state), None)

    def limits_begun_by(self, state: str) -> list[LimitRule]:
        """Return the limits that entering a state begins."""
        return [rule for rule in self.limits.values() if rule.begins == state and not rule.extends]

    def limits_fulfilled_by(self, state: str) -> list[str]:
        """Return the keys of limits that entering a state fulfills."""
        return [rule.key for rule in self.limits.values() if state in rule.until]

    def extension_of(self, key: str) -> LimitRule | None:
        """Return the rule that lengthens a limit, or None if nothing does."""
        return next((rule for rule in self.limits.values() if rule.extends == key), None)

    def material(self, key: str) -> Material:
        """Return a material by its key. Raises KeyError."""
        return {material.key: material for material in self.materials}[key]


def canonical_json(data: Mapping[str, Any]) -> str:
    """Return the one JSON text of a procedure's data: keys sorted, no spaces, dates in ISO form.

    Where the order of keys says something (which state comes first), a mapping
    is written as pairs, so that the frozen version reads like the file.
    """
    return json.dumps(_paired(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_iso)


def definition_of(data: Mapping[str, Any]) -> Definition:
    """Return the definition that data of a checked file, or of a frozen version, stand for."""
    return Definition(
        id=data["id"],
        title=data["title"],
        kind=data["kind"],
        version=data["version"],
        effective_from=_day(data["effective"]["from"]),
        effective_to=_day_or_none(data["effective"]["to"]),
        lead_unit=data["lead_unit"] or "",
        item_code=data["item_code"] or "",
        takes_effect=data.get("takes_effect", ""),
        sources=tuple(
            Source(s["key"], s["text"], _day_or_none(s["edition"]), s.get("todo", "")) for s in data["sources"]
        ),
        limits={key: _limit(key, row) for key, row in dict(data.get("limits", {})).items()},
        duties=_by_key(
            Duty(d["key"], d["title"], d["borne_by"], d.get("limit", ""), d.get("material", ""), d.get("on_miss", ""))
            for d in data.get("duties", [])
        ),
        materials=tuple(_material(row) for row in data.get("materials", [])),
        states=dict(data["states"]),
        start=data["start"],
        final=dict(data["final"]),
        moves=tuple(_move(row) for row in data["moves"]),
        branches=_by_key(_branch(row) for row in data.get("branches", [])),
        joins=tuple(
            Join(j["key"], j["title"], tuple(j["waits_for"]), j["from"], j["to"]) for j in data.get("joins", [])
        ),
        joint_steps={
            j["during"]: JointStep(j["during"], tuple(j["units"]), j["quorum"]) for j in data.get("joint_steps", [])
        },
        pauses=_by_key(_pause(row) for row in data.get("pauses", [])),
        scenarios=tuple(_scenario(row) for row in data["scenarios"]),
        canonical=canonical_json(data),
    )


def _paired(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: [[name, _paired(part)] for name, part in held.items()]
            if key in ORDERED and isinstance(held, Mapping)
            else _paired(held)
            for key, held in value.items()
        }
    return [_paired(part) for part in value] if isinstance(value, list) else value


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a procedure")


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _day_or_none(value: date | str | None) -> date | None:
    return None if value is None else _day(value)


def _several(value: str | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _by_key(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.key: row for row in rows}


def _limit(key: str, row: Mapping[str, Any]) -> LimitRule:
    return LimitRule(
        key=key,
        title=row["title"],
        limit=row["limit"],
        begins=row.get("from", ""),
        until=tuple(row.get("until", ())),
        borne_by=row.get("borne_by", HOLDER),
        on_miss=row.get("on_miss", ""),
        extends=row.get("extends", ""),
        approved_by=row.get("approved_by", ""),
        times=row.get("times", 1),
        amount=row.get("amount"),
    )


def _material(row: Mapping[str, Any]) -> Material:
    return Material(row["key"], row["title"], row["required"], row.get("tolerable_days"), row.get("source") or "")


def _move(row: Mapping[str, Any]) -> MoveRule:
    return MoveRule(
        do=row["do"],
        title=row["title"],
        begins=_several(row["from"]),
        to=row["to"],
        by=_several(row["by"]),
        when=_several(row.get("when")),
        needs=dict(row.get("needs", {})),
        opens=_several(row.get("opens")),
        fulfills=_several(row.get("fulfills")),
        on_opinion=row.get("on_opinion", ""),
        afterwards=row.get("afterwards", False),
    )


def _branch(row: Mapping[str, Any]) -> Branch:
    states = dict(row["states"])
    return Branch(row["key"], row["title"], row["during"], row["unit"], states, row["start"], frozenset(row["final"]))


def _pause(row: Mapping[str, Any]) -> PauseRule:
    return PauseRule(row["key"], row["title"], tuple(row["stops"]), dict(row.get("needs", {})), row.get("source") or "")


def _scenario(row: Mapping[str, Any]) -> Scenario:
    return Scenario(
        name=row["name"],
        given={state: _day(day) for state, day in dict(row["given"]).items()},
        paused=tuple((p["pause"], _day(p["first"]), _day(p["last"])) for p in row.get("paused", ())),
        extended=tuple(row.get("extended", ())),
        walk=tuple(row.get("walk", ())),
        on=_day_or_none(row.get("on")),
        expect={key: _expected(value) for key, value in dict(row["expect"]).items()},
    )


def _expected(value: date | str) -> date | str:
    if isinstance(value, str) and value[:1].isdigit():
        return date.fromisoformat(value)
    return value

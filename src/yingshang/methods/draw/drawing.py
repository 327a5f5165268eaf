"""The draw itself, and what may happen to its result afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from yingshang.methods import merkle
from yingshang.methods.draw.canonical import HEX_64, canonical, canonical_id, checked_name
from yingshang.methods.draw.pairing import Queue
from yingshang.methods.draw.plan import Plan, Stratum
from yingshang.methods.draw.problems import NothingToReplace, PlanProblem
from yingshang.methods.draw.tickets import in_order, key, ticket

SPARE = 100  # tickets kept beyond those drawn, so that substitutions don't sort a class each


@dataclass(frozen=True, slots=True)
class Assignment:
    """A drawn target and who visits it: lead and companion; nobody when unassignable or when no pairs are wanted."""

    stratum: str
    target: str
    team: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What a draw gave. assignments: every drawn target, classes in plan order, tickets in order."""

    serial: int
    strata: tuple[str, ...]
    pairs: bool
    assignments: tuple[Assignment, ...]
    opened: tuple[tuple[str, str, str], ...]
    key: bytes

    @property
    def unassignable(self) -> tuple[str, ...]:
        """Drawn targets for whom no two inspectors were found."""
        return tuple(one.target for one in self.assignments if self.pairs and not one.team)

    def content(self) -> dict[str, Any]:
        """Return the result as it is published."""
        drawn: dict[str, list[str]] = {name: [] for name in self.strata}
        for one in self.assignments:
            drawn[one.stratum].append(one.target)
        teams = [
            {"stratum": one.stratum, "target": one.target, "team": list(one.team)}
            for one in self.assignments
            if one.team
        ]
        return {
            "drawn": drawn,
            "assignments": teams,
            "unassignable": list(self.unassignable),
            "opened": _opened(self.opened),
        }

    def root_content(self) -> dict[str, Any]:
        """Return what is recorded at once: the root over all assignments, sealed by salts, tells nothing."""
        return {"root": merkle.root(self._leaves()).hex(), "size": len(self.assignments)}

    def opening(self, target: str) -> dict[str, Any]:
        """Return the proof that shows one visit was drawn, for its inspectors and the target, before the reveal.

        Raises NothingToReplace when the target was not drawn.
        """
        places = [place for place, one in enumerate(self.assignments) if one.target == target]
        if not places:
            raise NothingToReplace("not_drawn", target, f"“{target}”没有被抽中。")
        tree: dict[merkle.Node, bytes] = {}
        edge = merkle.CompactRange()
        for place, leaf in enumerate(self._leaves()):
            for level, node in enumerate(edge.append(leaf)):
                tree[merkle.Node(level, place >> level)] = node
        path = merkle.inclusion_proof(places[0], len(self.assignments), lambda nodes: [tree[node] for node in nodes])
        return {
            "format": "draw-opening/1",
            "leaf": self._leaf(self.assignments[places[0]]),
            "index": places[0],
            "path": [one.hex() for one in path],
            **self.root_content(),
        }

    def _leaves(self) -> list[bytes]:
        return [merkle.leaf_hash(canonical(self._leaf(one))) for one in self.assignments]

    def _leaf(self, one: Assignment) -> dict[str, Any]:
        salt = ticket(self.key, f"{self.serial}|opening|{one.target}").hex()[:32]
        return {
            "salt": salt,
            "serial": self.serial,
            "stratum": one.stratum,
            "target": one.target,
            "team": list(one.team),
        }


def check_opening(opening: dict[str, Any], root: str) -> bool:
    """Return whether an opening leads to the root recorded at the draw. Anything malformed is False."""
    try:
        leaf = merkle.leaf_hash(canonical(opening["leaf"]))
        path = [bytes.fromhex(one) for one in opening["path"]]
        return merkle.verify_inclusion(
            index=opening["index"], size=opening["size"], leaf=leaf, proof=path, root=bytes.fromhex(root)
        )
    except (KeyError, TypeError, ValueError):
        return False


class Drawing:
    """A draw being made: the order of each class, the queue of inspectors, and who was taken so far."""

    def __init__(self, plan: Plan, *, serial: int, code: bytes, randomness: str) -> None:
        self.plan, self.serial = plan, serial
        self.key = key(code, randomness)
        self.queue = Queue(plan, self.key, serial)
        self.strata = {one.name: one for one in plan.strata}
        self.now: dict[str, Assignment] = {}
        self.taken: dict[str, int] = {}
        self.spare: dict[str, list[str]] = {}
        self.gone: dict[str, set[str]] = {}
        self.told: set[tuple[str, str]] = set()

    def draw(self) -> Result:
        """Draw every class and pair as it goes."""
        for stratum in self.plan.strata:
            members = self.plan.eligible(stratum.name)
            share = stratum.share(len(members))
            for target in in_order(self.key, self._prefix(stratum), members, share):
                self._assign(stratum, target)
            self.taken[stratum.name] = share
        return Result(
            self.serial, tuple(self.strata), self.plan.pairs, tuple(self.now.values()), self._newly_opened(), self.key
        )

    def replace(self, role: str, target: str, out: str, *, reason: str, evidence: str) -> dict[str, Any]:
        """Replace a target by the next ticket of its class, or an inspector by the next in the queue."""
        before = self.now.get(target)
        if (
            before is None
            or role not in ("target", "inspector")
            or out not in ({target} if role == "target" else before.team)
        ):
            raise NothingToReplace("nothing_to_replace", target, f"“{out}”不在现在的抽取结果里，不能替换。")
        if not HEX_64.fullmatch(evidence):
            raise PlanProblem("no_evidence", "evidence", "替换要有证据材料，写明材料的SHA-256摘要。")
        if role == "target":
            after = self._next(self.strata[before.stratum], target)
            came = after.target if after else ""
        else:
            after = self._beside(before, out)
            came = next((one for one in after.team if one not in before.team), "")
        return {
            "role": role,
            "stratum": before.stratum,
            "target": target,
            "out": out,
            "in": came,
            "team": list(after.team) if after else [],
            "reason": checked_name(reason, "reason"),
            "evidence": evidence,
            "opened": _opened(self._newly_opened()),
            "salt": ticket(self.key, f"{self.serial}|substitution|{target}|{out}").hex()[:32],
        }

    def _assign(self, stratum: Stratum, target: str) -> Assignment:
        team = (self.queue.pair(target, stratum.field) or ()) if self.plan.pairs else ()
        self.now[target] = Assignment(stratum.name, target, team)
        return self.now[target]

    def _next(self, stratum: Stratum, out: str) -> Assignment | None:
        del self.now[out]
        if not self.spare.get(stratum.name):
            members, taken = self.plan.eligible(stratum.name), self.taken[stratum.name]
            self.spare[stratum.name] = in_order(self.key, self._prefix(stratum), members, taken + SPARE)[taken:]
        if not self.spare[stratum.name]:
            return None
        self.taken[stratum.name] += 1
        return self._assign(stratum, self.spare[stratum.name].pop(0))

    def _beside(self, before: Assignment, out: str) -> Assignment:
        gone = self.gone.setdefault(before.target, set())
        gone.add(out)
        seat = before.team.index(out)
        field = self.strata[before.stratum].field if seat == 0 else ""
        came = self.queue.beside(before.target, field, before.team[1 - seat], gone)
        team = (came, before.team[1]) if seat == 0 else (before.team[0], came)
        self.now[before.target] = Assignment(before.stratum, before.target, team if came else ())
        return self.now[before.target]

    def _prefix(self, stratum: Stratum) -> str:
        return f"{self.serial}|{self.plan.role}|{stratum.name}|"

    def _newly_opened(self) -> tuple[tuple[str, str, str], ...]:
        fresh = sorted(self.queue.opened - self.told)
        self.told |= self.queue.opened
        return tuple((inspector, target, self.queue.conflicts[inspector, target]) for inspector, target in fresh)


def run(plan: Plan, *, serial: int, code: bytes, randomness: str) -> Result:
    """Return the result of a draw. The same input gives the same result, on any machine."""
    return Drawing(plan, serial=serial, code=code, randomness=randomness).draw()


def substitute(
    plan: Plan,
    *,
    serial: int,
    code: bytes,
    randomness: str,
    before: Sequence[dict[str, Any]],
    role: str,
    target: str,
    out: str,
    reason: str,
    evidence: str,
) -> dict[str, Any]:
    """Return the step content of one substitution, after those that went before.

    role: "target" (out is the target itself) or "inspector" (out is one of its
    team). evidence: SHA-256 of what shows the reason. Raises NothingToReplace.
    """
    drawing = Drawing(plan, serial=serial, code=code, randomness=randomness)
    drawing.draw()
    for one in before:
        drawing.replace(one["role"], one["target"], one["out"], reason=one["reason"], evidence=one["evidence"])
    return drawing.replace(role, canonical_id(target), canonical_id(out), reason=reason, evidence=evidence)


def current(result: Result, substitutions: Iterable[dict[str, Any]]) -> list[Assignment]:
    """Return who visits whom once the substitutions are applied, in drawing order, replacements last."""
    now = {one.target: one for one in result.assignments}
    for one in substitutions:
        if one["role"] == "target":
            del now[one["target"]]
        target = one["in"] if one["role"] == "target" else one["target"]
        if target:
            now[target] = Assignment(one["stratum"], target, tuple(one["team"]))
    return list(now.values())


def _opened(pairs: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [{"inspector": inspector, "target": target, "salt": salt} for inspector, target, salt in pairs]

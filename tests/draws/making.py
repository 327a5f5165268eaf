"""Published draws to test verifiers with: real plans, a ledger of their own, everything from a seed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yingshang.methods import draw, merkle

Json = Any
SECTIONS = ("purpose", "role", "strata", "targets", "exclusions", "inspectors", "pairs", "conflicts")
# One published round of drand's quicknet; it was due at 2023-09-15 11:00:03 UTC.
ROUND = 657413
SIGNATURE = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
BEFORE = datetime(2023, 9, 15, 9, 0, tzinfo=UTC)
AFTER = datetime(2023, 9, 15, 12, 0, tzinfo=UTC)
SIGNER = merkle.Signer("example.org/draws", Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
KEY = str(SIGNER.verifier)


class Ledger:
    """A tree of entries and one signed checkpoint over all of them."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.nodes: dict[merkle.Node, bytes] = {}
        self.edge = merkle.CompactRange()

    def add(self, does: str, facts: Json, at: datetime) -> int:
        """Add an entry as kernel.ledger spells it; return its index."""
        moment = at.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
        entry = draw.canonical(
            {"actor": "p1", "at": moment, "facts": facts, "kind": f"draws.{does}", "subject": "draw"}
        )
        for level, node in enumerate(self.edge.append(merkle.leaf_hash(entry))):
            self.nodes[merkle.Node(level, len(self.entries) >> level)] = node
        self.entries.append(entry)
        return len(self.entries) - 1

    def note(self) -> str:
        return merkle.Checkpoint(SIGNER.name, len(self.entries), self.edge.root()).signed(SIGNER)

    def proof(self, index: int, note: str) -> str:
        path = merkle.inclusion_proof(index, len(self.entries), lambda nodes: [self.nodes[one] for one in nodes])
        return str(merkle.ProofFile(index, tuple(path), note, self.entries[index]))


class Case:
    """One draw from seal to reveal. Change an attribute before ``steps`` to be the one who cheats."""

    def __init__(
        self, plan: draw.Plan, rule: draw.Rule, *, serial: int = 1, seed: int = 1, reveals: Sequence[str] = ()
    ):
        self.plan, self.rule, self.serial, self.seed = plan, rule, serial, seed
        self.chain = draw.chain(sha256(f"secret {seed} {serial}".encode()).digest(), 3)
        self.code, self.head = self.chain[-2], self.chain[-1]
        self.salt = sha256(f"salt {seed} {serial}".encode()).digest()
        self.before = fillers(serial - 1)
        self.previous = draw.digest(self.before[-1]["commitment"]) if self.before else draw.FIRST_PREVIOUS
        self.commitment = draw.commit(
            plan, rule=rule, serial=serial, previous=self.previous, head=self.head, salt=self.salt
        )
        self.parts: list[Json] = []
        if rule.beacon:
            self.parts.append({"source": "drand", "round": ROUND, "signature": SIGNATURE, "previous": ""})
        if rule.dice:
            self.parts.append(draw.dice(rule, "".join(Random(seed).choices("0123456789", k=20))))
        for party, value in zip(rule.parties, reveals, strict=True):
            self.parts.append(draw.reveal(rule, party.name, value) if value else draw.refusal(rule, party.name))
        self.randomness = draw.randomness_string(rule, self.parts)
        self.result = draw.run(plan, serial=serial, code=self.code, randomness=self.randomness)
        self.substitutions: list[Json] = []

    def substitute(self, role: str, target: str, out: str) -> Json:
        one = draw.substitute(
            self.plan, serial=self.serial, code=self.code, randomness=self.randomness, before=self.substitutions,
            role=role, target=target, out=out, reason="closed", evidence=sha256(out.encode()).hexdigest(),
        )  # fmt: skip
        self.substitutions.append(one)
        return one

    def contents(self) -> list[tuple[str, Json]]:
        """Return what each step does and holds."""
        return [
            ("committed", self.commitment),
            *(("randomness_added", part) for part in self.parts),
            ("drawn", self.result.root_content()),
            *(("substituted", one) for one in self.substitutions),
            ("revealed", {"code": self.code.hex()}),
        ]

    def record(self, ledger: Ledger, steps: Iterable[tuple[str, Json]] | None = None) -> list[Json]:
        """Enter the steps into the ledger, minutes apart; return them without proofs, with their index."""
        result = []
        for number, (does, content) in enumerate(self.contents() if steps is None else steps, 1):
            facts = {"serial": self.serial, "step": number, "digest": draw.digest(content)}
            at = BEFORE if does == "committed" else AFTER + timedelta(minutes=number)
            result.append({"does": does, "content": content, "index": ledger.add(does, facts, at)})
        return result

    def file(self, steps: Sequence[Json], outcome: str = "revealed") -> Json:
        """Return the published file as plain JSON; steps with proofs."""
        reason = "beacon_missing" if outcome == "void" else ""
        own = {"serial": self.serial, "commitment": self.commitment, "outcome": outcome, "reason": reason}
        after = filler(self.serial + 1, draw.digest(self.commitment))
        register = [*self.before, own, after]
        shown = {"plan": self.plan, "salt": self.salt, "result": self.result} if outcome == "revealed" else {}
        return json.loads(draw.publish(serial=self.serial, steps=steps, register=register, key=KEY, **shown))


def filler(serial: int, previous: str) -> Json:
    """Return the row of another draw in the register."""
    sections = {name: hashed(f"{name} {serial}") for name in SECTIONS}
    rule = {"drand": None, "dice": 20, "parties": []}
    one = {"format": "draw/1", "serial": serial, "previous": previous, "head": hashed(f"head {serial}")}
    commitment = {**one, "sections": sections, "rule": rule}
    return {"serial": serial, "commitment": commitment, "outcome": "committed", "reason": ""}


def fillers(count: int) -> list[Json]:
    """Return the first rows of a register, chained."""
    rows: list[Json] = []
    for serial in range(1, count + 1):
        rows.append(filler(serial, draw.digest(rows[-1]["commitment"]) if rows else draw.FIRST_PREVIOUS))
    return rows


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def published(case: Case, change: Callable[[Case, list[tuple[str, Json]]], None] | None = None) -> Json:
    """Return the file of one draw with proofs from a ledger of its own."""
    contents = copy.deepcopy(case.contents())
    if change:
        change(case, contents)
    ledger = Ledger()
    ledger.add("sealed_elsewhere", {}, BEFORE)
    steps = case.record(ledger, contents)
    return case.file(proven(ledger, steps))


def proven(ledger: Ledger, steps: Sequence[Json]) -> list[Json]:
    """Return steps with their proofs under a checkpoint of the ledger as it is now."""
    note = ledger.note()
    return [
        {"does": one["does"], "content": one["content"], "proof": ledger.proof(one["index"], note)} for one in steps
    ]


def credit_code(number: int) -> str:
    """Return an id of eighteen characters."""
    return f"91230127MA{number:08d}"


def example() -> Case:
    """The draw of the manual: four classes, two units, a conflict that causes a skip, three substitutions."""
    names = {"A": 40, "B": 12, "C": 6, "D": 3}
    targets, start = {}, 0
    for name, size in names.items():
        targets[name] = [credit_code(number) for number in range(start, start + size)]
        start += size
    strata = [
        draw.Stratum("A", 1, 20),
        draw.Stratum("B", 1, 10),
        draw.Stratum("C", 1, 2, field="food"),
        draw.Stratum("D", count=2),
    ]
    people = [
        draw.Inspector(
            f"2301270{number:02d}", "scjgj" if number % 2 else "yjglj", ("food",) if number % 3 else ("fire",)
        )
        for number in range(8)
    ]
    chance = Random(5)
    pool = [one for ids in targets.values() for one in ids]
    conflicts = [
        draw.Conflict(chance.choice(people).id, one, f"{chance.getrandbits(128):032x}")
        for one in pool
        if chance.random() < 0.4
    ]
    values = [sha256(b"party 1").hexdigest(), ""]
    parties = tuple(
        draw.Party(name, sha256(sha256(said).digest()).hexdigest())
        for name, said in (("县商会", b"party 1"), ("人大代表", b"party 2"))
    )
    plan = draw.Plan(
        purpose={"title": "2023年秋季双随机抽查（演示）"},
        strata=strata,
        targets=targets,
        exclusions={targets["A"][3]: "inspected_this_year", targets["C"][1]: "new_business"},
        inspectors=people,
        different_units=True,
        conflicts=conflicts,
    )
    rule = draw.Rule(draw.Beacon("quicknet", ROUND), 20, parties)
    case = Case(plan, rule, serial=3, seed=4, reveals=values)
    first, second = case.result.assignments[0], case.result.assignments[-1]
    case.substitute("target", first.target, first.target)
    case.substitute("inspector", second.target, second.team[0])
    case.substitute("inspector", second.target, second.team[1])
    return case

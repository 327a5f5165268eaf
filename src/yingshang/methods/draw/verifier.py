"""The verifier: from the published file alone, was this draw honest?

It shares no code with the draw itself; signatures are left to the beacon and
to the ledger's proofs. Its twin is verify.js, which must say the same, byte for
byte. The format, the order of checks and the manipulations that are told by
name stand in docs/methods/draw.md; their sentences in tables.py.
"""

from __future__ import annotations

import hmac
import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from heapq import nsmallest
from operator import lt

from yingshang.methods import merkle
from yingshang.methods.draw import beacons, tables
from yingshang.methods.draw.shapes import Json, canonical, digest, is_strict, kind, read, wrong
from yingshang.methods.draw.visits import Visits

CHANGED = dict(line.split() for line in tables.CHANGED.split("\n") if line)
SAID = dict(line.split() for line in tables.SAID.split("\n") if line)
OUTCOMES = {"revealed": "revealed", "voided": "void", "drawn": "drawn", "substituted": "drawn"}
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. name: of the manipulation; said: in Chinese; where: in the file."""

    name: str
    said: str
    where: str


def verify(text: bytes, *, key: str = "") -> list[Finding]:
    """Return what is wrong with a published draw; nothing when it holds. Never raises for what the file holds.

    key: the ledger's verifier key as you know it from elsewhere; without it the
    file's own key is believed, which shows less.
    """
    check = Check(text, key)
    with suppress(Stop):
        check.all()
    return check.found


def as_json(findings: list[Finding]) -> bytes:
    """Return findings in the form on which both verifiers agree."""
    return canonical([asdict(one) for one in findings])


class Stop(Exception):
    """What follows would rest on what was just found wrong."""


class Check:
    """One pass over one file. ``found`` keeps the order in which things were found."""

    def __init__(self, text: bytes, key: str) -> None:
        self.text, self.pinned = text, key
        self.found: list[Finding] = []

    def all(self) -> None:
        self.read()
        self.in_sequence()
        self.registered()
        self.last = (-1, "")
        for i, step in enumerate(self.steps):
            self.proven(i, step, f"steps[{i}].proof")
        self.random()
        self.stop_if_found()
        if self.plan is not None:
            self.sealed()
            self.stop_if_found()
            self.redraw()

    def say(self, name: str, where: str) -> None:
        self.found.append(Finding(name, SAID[name], where))

    def stop(self, name: str, where: str) -> None:
        self.say(name, where)
        raise Stop

    def stop_if_found(self) -> None:
        if any(one.name != "unproven" for one in self.found):
            raise Stop

    def read(self) -> None:
        """It is a draw/1 file; plan, salt and result are there if and only if the code is."""
        whole = read(self.text)
        bad = wrong("file", whole, "")
        steps = [] if bad else whole["steps"]
        is_revealed = any(step["does"] == "revealed" for step in steps)
        for i, step in enumerate(steps):
            is_sealed = step["does"] == "substituted" and step["content"] is None and not is_revealed
            bad = bad or ("" if is_sealed else wrong(kind(step), step["content"], f"steps[{i}].content"))
        if not bad:
            shown = [whole["plan"] is not None, whole["result"] is not None, whole["salt"] != ""]
            bad = "format" if whole["format"] != "draw/1" else "" if shown == [is_revealed] * 3 else "plan"
        if bad:
            self.stop("malformed", bad)
        self.file, self.serial, self.steps, self.plan = whole, whole["serial"], whole["steps"], whole["plan"]

    def in_sequence(self) -> None:
        """One commitment, then each source once, one draw, substitutions, one end."""
        seen: list[str] = []
        for i, step in enumerate(self.steps):
            what = kind(step) + (" " + step["content"]["name"] if kind(step) == "party" else "")
            is_again = (what in seen and what != "substituted") or ("drawn" in seen and what not in OUTCOMES)
            if what == "committed" and seen and "committed" not in seen:
                self.say("late_commitment", f"steps[{i}]")
            elif what == "revealed" and "drawn" not in seen:
                self.say("early_reveal", f"steps[{i}]")
            elif what == "substituted" and "drawn" not in seen:
                self.say("forged_substitution", f"steps[{i}]")
            elif is_again or {"revealed", "voided"} & set(seen):
                self.say("re_run", f"steps[{i}]")
            seen.append(what)
        if "committed" not in seen:
            self.say("forged_commitment", "steps")
        self.stop_if_found()
        self.seen, self.commitment, self.rule = seen, self.steps[0]["content"], self.steps[0]["content"]["rule"]

    def registered(self) -> None:
        """Every serial from 1 is there, each commitment chained to the one before, with a code of its own."""
        rows, heads, previous = self.file["register"], set(), "0" * 64
        for i, row in enumerate(rows):
            one, where = row["commitment"], f"register[{i}]"
            if [row["serial"], one["serial"], one["previous"]] != [i + 1, i + 1, previous]:
                self.stop("dropped_serial", where)
            if one["head"] in heads:
                self.say("reused_code", where)
            if row["outcome"] == "void" and not row["reason"]:
                self.say("unexplained_void", where)
            if row["outcome"] not in {"committed", *OUTCOMES.values()}:
                self.say("false_outcome", where)
            heads.add(one["head"])
            previous = digest(one)
        if not 0 < self.serial <= len(rows):
            self.stop("dropped_serial", "register")
        own, where = rows[self.serial - 1], f"register[{self.serial - 1}]"
        if own["commitment"] != self.commitment:
            self.say("forged_commitment", where)
        if own["outcome"] != OUTCOMES.get(self.seen[-1], "committed"):
            self.say("false_outcome", where)

    def proven(self, i: int, step: Json, where: str) -> None:
        """The step is in the signed ledger as it stands here, numbered, after the step before and in time."""
        if i == 0 and self.pinned and self.pinned != self.file["key"]:
            self.say("foreign_key", "key")
        if not step["proof"]:
            self.say("unproven", where)
            return
        try:
            proof = merkle.ProofFile.parse(step["proof"])
            proof.holds(trusted=[merkle.Verifier.parse(self.pinned or self.file["key"])])
            entry = json.loads(proof.extra)
            facts, at = entry["facts"], entry["at"]
            is_ours = [entry["kind"], facts["serial"]] == ["draws." + step["does"], self.serial] and TIME.fullmatch(at)
            place, said = facts["step"], facts["digest"]
        except (ValueError, KeyError, TypeError):
            is_ours = None
        if not is_ours or not all(map(is_strict, step["proof"].split())):
            self.say("forged_proof", where)
            return
        if step["content"] is not None and said != digest(step["content"]):
            self.say(CHANGED[kind(step)], f"steps[{i}].content")
        elif place != i + 1:
            self.say("re_run", where)
        elif proof.index <= self.last[0] or at < self.last[1]:
            self.say("late_commitment" if i == 1 else "early_reveal" if step["does"] == "revealed" else "re_run", where)
        due = beacons.due(self.rule["drand"]["chain"], self.rule["drand"]["round"]) if self.rule["drand"] else ""
        if due and (at >= due if i == 0 else at < due and step["does"] == "revealed"):
            self.say("late_commitment" if i == 0 else "early_reveal", where)
        self.last = (proof.index, at)

    def random(self) -> None:
        """Every source of the rule has spoken, and as it had to."""
        rule, values = self.rule, {}
        parties = {"party " + one["name"]: one["commitment"] for one in rule["parties"]}
        wanted = ["drand"] * (rule["drand"] is not None) + ["dice"] * (rule["dice"] == 20) + list(parties)
        if len(wanted) == len(parties) or rule["dice"] not in (0, 20):
            self.say("other_randomness", "steps[0].content.rule")
        for i, step in enumerate(self.steps):
            if step["does"] != "randomness_added":
                continue
            part, what, where = step["content"], self.seen[i], f"steps[{i}].content"
            if what not in wanted or (what == "drand" and part["round"] != rule["drand"]["round"]):
                self.say("other_randomness", where)
            elif what == "drand":
                values[what] = hashed(part["signature"])
                if not beacons.is_signed(rule["drand"]["chain"], part["round"], part["signature"], part["previous"]):
                    self.say("forged_beacon", where)
            elif what == "dice":
                values[what] = part["digits"]
                if not re.fullmatch("[0-9]{20}", part["digits"]):
                    self.say("forged_dice", where)
            else:
                values[what] = part["value"] or "refused"
                if part["value"] and hashed(part["value"]) != parties[what]:
                    self.say("forged_reveal", where)
        if "drawn" in self.seen and len(values) < len(wanted):
            self.say("other_randomness", "steps")
        self.randomness = "".join(f"{what}={values.get(what)}/" for what in wanted)

    def sealed(self) -> None:
        """Code and plan are the ones that were committed to, and the plan can be drawn from."""
        plan, end, salt = self.plan, len(self.steps) - 1, bytes.fromhex(self.file["salt"])
        if hashed(self.steps[end]["content"]["code"]) != self.commitment["head"]:
            self.say("wrong_code", f"steps[{end}].content.code")
        for name in sorted(plan):
            said = hmac.digest(salt, name.encode() + b"\n" + canonical(plan[name]), "sha256").hex()
            if said != self.commitment["sections"][name]:
                self.say(CHANGED[name], f"plan.{name}")
        classes = [one["class"] for one in plan["strata"]]
        shares = [one["num"] <= one["den"] < 2**31 and min(one["num"], one["count"]) >= 0 for one in plan["strata"]]
        if sorted(classes) != sorted(plan["targets"]) or not all(shares):
            self.say("malformed", "plan.strata")
        if plan["role"] not in ("target", "person"):
            self.say("malformed", "plan.role")
        lists = {"targets." + name: ids for name, ids in sorted(plan["targets"].items())}
        lists |= {name: [one["id"] for one in plan[name]] for name in ("exclusions", "inspectors")}
        for name, ids in (lists | {"conflicts": plan["conflicts"]}).items():
            if not all(map(lt, ids, ids[1:])):
                self.say("duplicate_id", f"plan.{name}")
        if len(set().union(*plan["targets"].values())) != sum(map(len, plan["targets"].values())):
            self.say("duplicate_id", "plan.targets")

    def redraw(self) -> None:
        """Draw again and compare: targets, teams, the root recorded at the draw, substitutions."""
        code, drawn = self.steps[-1]["content"]["code"], self.file["result"]["drawn"]
        self.key = hmac.digest(bytes.fromhex(code), self.randomness.encode(), "sha256")
        out = {one["id"] for one in self.plan["exclusions"]}
        swaps = [step["content"] for step in self.steps if step["does"] == "substituted"]
        self.orders, self.shares = {}, {}
        for one in self.plan["strata"]:
            name, ids = one["class"], self.plan["targets"][one["class"]]
            ids = [each for each in ids if each not in out] if out else ids
            share = -(-len(ids) * one["num"] // one["den"]) if one["den"] else min(one["count"], len(ids))
            tickets = self.tickets(f"{self.plan['role']}|{name}", ids)
            most = share + len(swaps) + len(drawn.get(name, ()))
            self.orders[name] = [each for _, each in nsmallest(most, zip(tickets, ids, strict=True))]
            self.shares[name] = share
        if sorted(drawn) != sorted(self.orders):
            self.stop("changed_result", "result.drawn")
        for name, order in self.orders.items():
            if drawn[name] != order[: self.shares[name]]:
                self.say(self.misdrawn(name, drawn[name], order[: self.shares[name]], out), f"result.drawn.{name}")
        self.stop_if_found()
        Visits(self).check(self.file["result"])

    def misdrawn(self, name: str, given: list[str], due: list[str], out: set[str]) -> str:
        """Return what was done to the list of a class."""
        others = set().union(*(ids for other, ids in self.plan["targets"].items() if other != name))
        if len(set(given)) < len(given):
            return "duplicate_id"
        if out & set(given):
            return "hidden_exclusion"
        if others & set(given):
            return "wrong_stratum"
        if sorted(given) == sorted(due):
            return "reordered_results"
        next_ones = self.orders[name][: len(due) + len(set(due) - set(given))]
        return "undisclosed_skip" if len(given) == len(due) and set(given) <= set(next_ones) else "changed_result"

    def tickets(self, prefix: str, ids: list[str]) -> list[bytes]:
        start, key, draw = f"{self.serial}|{prefix}|".encode(), self.key, hmac.digest
        return [draw(key, start + one.encode() + b"\x01", "sha256") for one in ids]


def hashed(text: str) -> str:
    """Return the SHA-256 of the bytes that hex spells."""
    return sha256(bytes.fromhex(text)).hexdigest()

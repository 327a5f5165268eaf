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
from yingshang.methods.draw.seats import Queue
from yingshang.methods.draw.shapes import Json, canonical, digest, kind, read, wrong

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
        self.stop_if(self.found)
        if self.plan is not None:
            self.sealed()
            self.stop_if(self.found)
            self.redraw()

    def say(self, name: str, where: str) -> None:
        self.found.append(Finding(name, SAID[name], where))

    def stop_if(self, found: list[Finding]) -> None:
        if any(one.name != "unproven" for one in found):
            raise Stop

    def read(self) -> None:
        """It is a draw/1 file; plan, salt and result are there if and only if the code is."""
        whole = read(self.text)
        bad = wrong("file", whole, "")
        for i, step in enumerate([] if bad else whole["steps"]):
            bad = bad or wrong(kind(step), step["content"], f"steps[{i}].content")
        if not bad:
            is_revealed = any(step["does"] == "revealed" for step in whole["steps"])
            shown = [whole["plan"] is not None, whole["result"] is not None, whole["salt"] != ""]
            bad = "format" if whole["format"] != "draw/1" else "" if shown == [is_revealed] * 3 else "plan"
        if bad:
            self.say("malformed", bad)
            raise Stop
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
        self.stop_if(self.found)
        self.seen, self.commitment, self.rule = seen, self.steps[0]["content"], self.steps[0]["content"]["rule"]

    def registered(self) -> None:
        """Every serial from 1 is there, chained to the one before, with a code of its own."""
        rows, heads = self.file["register"], set()
        for i, row in enumerate(rows):
            if row["serial"] != i + 1:
                self.say("dropped_serial", f"register[{i}]")
                raise Stop
            if row["head"] in heads:
                self.say("reused_code", f"register[{i}]")
            if row["outcome"] == "void" and not row["reason"]:
                self.say("unexplained_void", f"register[{i}]")
            heads.add(row["head"])
        if not 0 < self.serial <= len(rows):
            self.say("dropped_serial", "register")
            raise Stop
        own, ours, where = rows[self.serial - 1], self.commitment, f"register[{self.serial - 1}]"
        if ours["serial"] != self.serial or own["digest"] != digest(ours) or own["head"] != ours["head"]:
            self.say("forged_commitment", where)
        if ours["previous"] != (rows[self.serial - 2]["digest"] if self.serial > 1 else "0" * 64):
            self.say("dropped_serial", "steps[0].content.previous")
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
        if not is_ours:
            self.say("forged_proof", where)
            return
        if said != digest(step["content"]):
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
            self.say("changed_result", "result.drawn")
            raise Stop
        for name, order in self.orders.items():
            if drawn[name] != order[: self.shares[name]]:
                self.say(self.misdrawn(name, drawn[name], order[: self.shares[name]], out), f"result.drawn.{name}")
        self.stop_if(self.found)
        self.visited(self.file["result"])

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

    def visited(self, result: Json) -> None:
        """The teams, the root recorded at the draw, and the substitutions after it."""
        opened = self.opened(result["opened"], "result.opened")
        queue, teams = self.walk(opened)
        due = [one for one in teams if one["team"]]
        alone = [one["target"] for one in teams if not one["team"] and self.plan["pairs"]["wanted"]]
        if result["unassignable"] != alone:
            self.say("hidden_unassignable", "result.unassignable")
        elif result["assignments"] != due:
            self.say(self.misassigned(result["assignments"], due, opened), "result.assignments")
        elif queue.used != opened:
            self.say("padded_conflicts", "result.opened")
        self.stop_if(self.found)
        leaves = []
        for one in teams:
            salt = self.tickets("opening", [one["target"]])[0].hex()[:32]
            leaves.append(merkle.leaf_hash(canonical({**one, "salt": salt, "serial": self.serial})))
        place = self.seen.index("drawn")
        if self.steps[place]["content"] != {"root": merkle.root(leaves).hex(), "size": len(leaves)}:
            self.say("changed_after_draw", f"steps[{place}].content")
        now = {one["target"]: one for one in teams}
        for i, step in enumerate(self.steps):
            if step["does"] == "substituted":
                self.substituted(step["content"], queue, now, f"steps[{i}].content")

    def substituted(self, step: Json, queue: Queue, now: dict[str, Json], where: str) -> None:
        """A target gives way to the next ticket of its class, an inspector to the next who fits."""
        before, target, out = now.get(step["target"]), step["target"], step["out"]
        opened = self.opened(step["opened"], where + ".opened")
        queue.opened, queue.used = queue.opened | opened, set()
        if before is None or before["stratum"] != step["stratum"]:
            due = None
        elif step["role"] == "target" and out == target:
            order, taken = self.orders[step["stratum"]], self.shares[step["stratum"]]
            del now[target]
            came, self.shares[step["stratum"]] = "".join(order[taken : taken + 1]), taken + 1
            due = [
                came,
                queue.team(came, self.fields[step["stratum"]]) if came and self.plan["pairs"]["wanted"] else [],
            ]
            target = came
        elif step["role"] == "inspector" and out in before["team"]:
            seat = before["team"].index(out)
            came = queue.beside(target, "" if seat else self.fields[step["stratum"]], before["team"][1 - seat], out)
            due = [came, (([came, before["team"][1]], [before["team"][0], came])[seat]) if came else []]
        else:
            due = None
        if due != [step["in"], step["team"]] or queue.used != opened:
            self.say("forged_substitution", where)
            raise Stop
        now[target] = {"stratum": step["stratum"], "target": target, "team": due[1]}

    def walk(self, opened: set[tuple[str, str]]) -> tuple[Queue, list[Json]]:
        """Return the queue after the draw, and the team of every drawn target in drawing order."""
        queue, teams = Queue(self.plan, self.tickets, opened), []
        self.fields = {one["class"]: one["field"] for one in self.plan["strata"]}
        for name, field in self.fields.items():
            for target in self.orders[name][: self.shares[name]]:
                team = queue.team(target, field) if self.plan["pairs"]["wanted"] else []
                teams.append({"stratum": name, "target": target, "team": team})
        return queue, teams

    def opened(self, openings: list[Json], where: str) -> set[tuple[str, str]]:
        """Return the opened conflicts; each was committed to in the plan."""
        committed = set(self.plan["conflicts"]) if openings else set()
        for i, one in enumerate(openings):
            text = "|".join([one["salt"], one["inspector"], one["target"]])
            if sha256(text.encode()).hexdigest() not in committed:
                self.say("padded_conflicts", f"{where}[{i}]")
        return {(one["inspector"], one["target"]) for one in openings}

    def misassigned(self, given: list[Json], due: list[Json], opened: set[tuple[str, str]]) -> str:
        """Return what was done to the teams: would it fit if somebody had been skipped without a word?"""
        targets = [one["target"] for one in given]
        if len(set(targets)) < len(targets):
            return "duplicate_id"
        if sorted(map(canonical, given)) == sorted(map(canonical, due)):
            return "reordered_results"
        for _ in range(8):
            at = next((i for i in range(min(len(given), len(due))) if given[i] != due[i]), -1)
            skipped = [one for one in due[at]["team"] if one not in given[at]["team"]] if at >= 0 else []
            if not skipped:
                break
            opened = opened | {(skipped[0], due[at]["target"])}
            due = [one for one in self.walk(opened)[1] if one["team"]]
            if due == given:
                return "undisclosed_skip"
        return "swapped_inspector"


def hashed(text: str) -> str:
    """Return the SHA-256 of the bytes that hex spells."""
    return sha256(bytes.fromhex(text)).hexdigest()

"""The verifier's second half: were the right people sent, and was nothing swapped afterwards?"""

from __future__ import annotations

from hashlib import sha256
from typing import Protocol

from yingshang.methods import merkle
from yingshang.methods.draw.seats import Queue
from yingshang.methods.draw.shapes import Json, canonical


class Verifier(Protocol):
    """What is known once the targets are right. orders: ids of each class by ticket; shares: how many were drawn."""

    plan: Json
    steps: Json
    serial: int
    seen: list[str]
    orders: dict[str, list[str]]
    shares: dict[str, int]

    def say(self, name: str, where: str) -> None: ...
    def stop(self, name: str, where: str) -> None: ...
    def stop_if_found(self) -> None: ...
    def tickets(self, prefix: str, ids: list[str]) -> list[bytes]: ...


class Visits:
    """Every team, drawn again."""

    def __init__(self, verifier: Verifier) -> None:
        self.verifier, self.plan = verifier, verifier.plan
        self.fields = {one["class"]: one["field"] for one in self.plan["strata"]}

    def check(self, result: Json) -> None:
        """The teams, the root recorded at the draw, and the substitutions after it."""
        opened = self.opened(result["opened"], "result.opened")
        queue, teams = self.walk(opened)
        due = [one for one in teams if one["team"]]
        alone = [one["target"] for one in teams if not one["team"] and self.plan["pairs"]["wanted"]]
        if result["unassignable"] != alone:
            self.verifier.say("hidden_unassignable", "result.unassignable")
        elif result["assignments"] != due:
            self.verifier.say(self.misassigned(result["assignments"], due, opened), "result.assignments")
        elif queue.used != opened:
            self.verifier.say("padded_conflicts", "result.opened")
        self.verifier.stop_if_found()
        leaves = []
        for one in teams:
            salt = self.verifier.tickets("opening", [one["target"]])[0].hex()[:32]
            leaves.append(merkle.leaf_hash(canonical({**one, "salt": salt, "serial": self.verifier.serial})))
        place = self.verifier.seen.index("drawn")
        if self.verifier.steps[place]["content"] != {"root": merkle.root(leaves).hex(), "size": len(leaves)}:
            self.verifier.say("changed_after_draw", f"steps[{place}].content")
        now = {one["target"]: one for one in teams}
        for i, step in enumerate(self.verifier.steps):
            if step["does"] == "substituted":
                self.substituted(step["content"], queue, now, f"steps[{i}].content")

    def substituted(self, step: Json, queue: Queue, now: dict[str, Json], where: str) -> None:
        """A target gives way to the next ticket of its class, an inspector to the next who fits."""
        before, target, out = now.get(step["target"], {}), step["target"], step["out"]
        opened = self.opened(step["opened"], where + ".opened")
        known, queue.opened, queue.used = queue.opened, queue.opened | opened, set()
        due: Json = None
        stratum, is_known = step["stratum"], before.get("stratum") == step["stratum"]
        if is_known and step["role"] == "target" and out == target:
            order, taken = self.verifier.orders[stratum], self.verifier.shares[stratum]
            del now[target]
            target, self.verifier.shares[stratum] = "".join(order[taken : taken + 1]), taken + 1
            needs_team = target and self.plan["pairs"]["wanted"]
            due = [target, queue.team(target, self.fields[stratum]) if needs_team else []]
        elif is_known and step["role"] == "inspector" and out in before["team"]:
            seat = before["team"].index(out)
            stays = before["team"][1 - seat]
            came = queue.beside(target, "" if seat else self.fields[stratum], stays, out)
            due = [came, ([stays, came] if seat else [came, stays]) if came else []]
        if due != [step["in"], step["team"]] or queue.used - known != opened:
            self.verifier.stop("forged_substitution", where)
        now[target] = {"stratum": stratum, "target": target, "team": due[1]}

    def walk(self, opened: set[tuple[str, str]]) -> tuple[Queue, list[Json]]:
        """Return the queue after the draw, and the team of every drawn target in drawing order."""
        queue, teams = Queue(self.plan, self.verifier.tickets, opened), []
        for name, field in self.fields.items():
            for target in self.verifier.orders[name][: self.verifier.shares[name]]:
                team = queue.team(target, field) if self.plan["pairs"]["wanted"] else []
                teams.append({"stratum": name, "target": target, "team": team})
        return queue, teams

    def opened(self, openings: list[Json], where: str) -> set[tuple[str, str]]:
        """Return the opened conflicts; each was committed to in the plan."""
        committed = set(self.plan["conflicts"]) if openings else set()
        for i, one in enumerate(openings):
            text = "|".join([one["salt"], one["inspector"], one["target"]])
            if sha256(text.encode()).hexdigest() not in committed:
                self.verifier.say("padded_conflicts", f"{where}[{i}]")
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

"""One deed on a dossier: what it changes, collected, and written together at the end.

Writing together keeps a move within its number of statements, however many
limits it begins and ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from yingshang.kernel import events, ledger
from yingshang.kernel.parties import Actor
from yingshang.kernel.procedures import Definition
from yingshang.kernel.work.duties import Owed, insert, told_opened
from yingshang.kernel.work.models import CheckResult, Dossier, Move, Obligation, Step

ENDED_WITH_IT = "所属事项已经结束"


class Held(NamedTuple):
    """What a deed must know of an obligation that it locked."""

    pk: int
    key: str
    step: int | None
    kind: str


@dataclass
class Deed:
    """A deed in the making.

    since: the day that limits begun by this deed count from; a deemed result
    counts from an earlier day than it is made. recorded_as: ledger kind and
    facts of the capability that opens a dossier, in the place of ``work.dossier_opened``.
    """

    dossier: Dossier
    definition: Definition
    by: Actor
    at: datetime
    since: date
    moves: list[Move] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    fulfilled: set[str] = field(default_factory=set)
    ended_steps: set[int] = field(default_factory=set)
    ends_dossier: bool = False
    recorded_as: tuple[str, Mapping[str, Any]] | None = None

    def note(self, step: Step, kind: Move.Kind, do: str, from_state: str, **more: Any) -> None:
        """Add the row that says how a step came into the state it is in now."""
        row = Move(
            dossier=self.dossier,
            step=step,
            kind=kind,
            do=do,
            branch=step.branch,
            unit_id=step.unit_id,
            from_state=from_state,
            to_state=step.state,
            by=self.by.person,
            at=self.at,
            **more,
        )
        self.moves.append(row)

    def finish(self) -> Move:
        """Write obligations, moves, check results, one ledger entry and the facts; return the first move."""
        fulfilled, running = self._close_obligations()
        secret = self.dossier.is_sealed
        due = [replace(o, dossier=self.dossier, since=self.since, sealed=secret) for o in self.owed]
        # A limit that still runs is not begun anew when its state is entered again.
        opened = insert([owed for owed in due if owed.key not in running], by=self.by, at=self.at)
        Move.objects.bulk_create(self.moves)
        if self.checks:
            CheckResult.objects.bulk_create(self.checks)
        if not secret:
            self._record()
            events.tell_all([*self._told(), *map(_told_fulfilled, fulfilled), *map(told_opened, opened)], at=self.at)
        return self.moves[0]

    def _close_obligations(self) -> tuple[list[Held], set[str]]:
        """Fulfill what the entered states fulfill, cancel what ended with its step.

        Returns the fulfilled ones, and the keys of those that go on.
        """
        is_new = self.moves[0].kind == Move.Kind.OPEN
        if is_new or not (self.fulfilled or self.ended_steps or self.owed):
            return [], set()
        columns = self._touched().select_for_update().values_list("pk", "key", "step_id", "kind")
        rows = [Held(*row) for row in columns]
        done = [row for row in rows if row.key in self.fulfilled]
        over = [row for row in rows if row not in done and (self.ends_dossier or row.step in self.ended_steps)]
        self._close(done, Obligation.State.FULFILLED, f"move:{self.moves[0].do}")
        self._close(over, Obligation.State.CANCELLED, ENDED_WITH_IT)
        return done, {row.key for row in rows if row not in done and row not in over}

    def _touched(self) -> QuerySet[Obligation]:
        """Return the open obligations that this deed may close or must not open twice.

        They belong to steps that the deed has locked, so their own order does
        not matter, and branches that run in parallel never meet here.
        """
        held = Obligation.objects.filter(dossier=self.dossier, state=Obligation.State.OPEN).exclude(key="")
        if self.ends_dossier:
            return held
        keys = self.fulfilled | {owed.key for owed in self.owed}
        return (
            held.filter(Q(key__in=keys) | Q(step__in=self.ended_steps))
            if self.ended_steps
            else held.filter(key__in=keys)
        )

    def _close(self, rows: list[Held], state: Obligation.State, evidence: str) -> None:
        if rows:
            Obligation.objects.filter(pk__in=[row.pk for row in rows]).update(
                state=state, closed_at=self.at, closed_by=self.by.person, evidence=evidence
            )

    def _record(self) -> None:
        first, *others = self.moves
        opening = first.kind == Move.Kind.OPEN
        if self.recorded_as is not None:
            kind, facts = self.recorded_as
            ledger.record(kind, subject=f"dossier:{self.dossier.pk}", by=self.by, at=self.at, facts=facts)
            return
        of = self.definition
        title = of.title if opening else of.title_of_move(first.do, first.from_state)
        ledger.record(
            "work.dossier_opened" if opening else "work.moved",
            subject=f"dossier:{self.dossier.pk}",
            by=self.by,
            at=self.at,
            facts={
                "title": title,
                "do": first.do,
                "from": first.from_state,
                "to": first.to_state,
                "then": [f"{move.branch}:{move.to_state}" for move in others],
            },
        )

    def _told(self) -> list[events.Telling]:
        dossier = self.dossier.pk
        made = [move for move in self.moves if move.kind != Move.Kind.OPEN]
        told = [events.Telling("work.dossier_moved", {"dossier_id": dossier, "move": move.do}) for move in made]
        if self.ends_dossier:
            told.append(events.Telling("work.dossier_closed", {"dossier_id": dossier, "state": self.dossier.state}))
        return told


def _told_fulfilled(obligation: Held) -> events.Telling:
    return events.Telling("work.obligation_fulfilled", {"obligation_id": obligation.pk, "kind": obligation.kind})

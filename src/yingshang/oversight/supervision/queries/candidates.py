"""What is watched on a day, how each stands, and which rung it should climb."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from yingshang.kernel import clock, org, work
from yingshang.methods.dates import Calendar, working_days_between
from yingshang.oversight.supervision.models import Answer, Climb, DigestItem, Ladder, Letter, Supervision
from yingshang.oversight.supervision.rules.picking import Candidate
from yingshang.oversight.supervision.rules.triggers import RED, YELLOW, Standing, rise

OWN = "supervision:"
"""How the origin of what supervision itself opened begins: such a duty never gets a supervision of its own."""


@dataclass(frozen=True)
class Watch:
    """What was looked at on a day: how many obligations, and those that should climb."""

    seen: int
    candidates: list[Candidate]


def watched(ladder: Ladder, on: date) -> QuerySet[work.Obligation]:
    """Return the open, dated obligations that a ladder watches, never one that a supervision opened itself.

    Units that only report counts (courts, party, discipline) are not among
    them, nor is what is sealed or not to be watched.
    """
    kinds, left_out = ladder.content["watches"]["kinds"], ladder.content["watches"]["except"]
    named = Q() if "*" in kinds else Q(kind__in=kinds)
    rows = work.Obligation.objects.filter(
        named,
        state=work.Obligation.State.OPEN,
        is_watched=True,
        is_sealed=False,
        unit__isnull=False,
        unit__counts_only=False,
        due_date__isnull=False,
    )
    return rows.exclude(kind__in=left_out).exclude(origin__startswith=OWN)


def watch(ladder: Ladder, on: date) -> Watch:
    """Look at everything a ladder watches and return what should climb. Queries: 9, whatever the number."""
    kept: dict[int, work.Obligation] = {}

    def rows() -> Iterator[work.Obligation]:
        fields = ("kind", "unit_id", "origin", "due_date", "opened_at", "closed_at", "clock_id")
        for row in watched(ladder, on).only(*fields).iterator(chunk_size=2000):
            kept[row.pk] = row
            yield row

    colors = {pk: lamp.color for pk, lamp in work.lamps(rows(), on).items()}
    chased = _chased()
    lit = {pk: row for pk, row in kept.items() if colors[pk] in {YELLOW, RED} or pk in chased}
    yellows = Counter((row.unit_id, row.origin) for pk, row in lit.items() if row.origin and colors[pk] == YELLOW)
    calendar, heirs, held = clock.calendar(), _Heirs(on), _Held.on(on)
    late_days: dict[date, int] = {}
    found = []
    for pk, row in lit.items():
        supervision = chased.get(pk)
        assert row.due_date is not None and row.unit_id is not None  # the query asks for both
        if row.due_date not in late_days:
            late_days[row.due_date] = max(0, working_days_between(row.due_date, on, calendar))
        standing = replace(
            _standing(supervision, on, calendar, held.unread),
            color=colors[pk],
            days_late=late_days[row.due_date],
            task_yellows=yellows[(row.unit_id, row.origin)] if row.origin else int(colors[pk] == YELLOW),
        )
        rising = rise(standing, (supervision.ladder if supervision else ladder).rungs)
        unit_id = supervision.unit_id if supervision else heirs.of(row.unit_id)
        if rising is None or unit_id is None or held.holds(pk, rising.place, rising.rule):
            continue
        found.append(
            Candidate(
                obligation_id=pk,
                unit_id=unit_id,
                rise=rising,
                color=colors[pk],
                days_late=standing.days_late,
                due_date=row.due_date,
                supervision_id=supervision.pk if supervision else 0,
            )
        )
    return Watch(len(kept), found)


def _chased() -> dict[int, Supervision]:
    rows = Supervision.objects.filter(ended_on=None).select_related("ladder", "latest__duty")
    return {row.obligation_id: row for row in rows}


def _standing(supervision: Supervision | None, on: date, calendar: Calendar, unread: set[int]) -> Standing:
    """Return how far the chase is; lamps and days come from elsewhere."""
    if supervision is None:
        return Standing(color="")
    latest, duty, promised = supervision.latest, supervision.latest.duty, supervision.promised_on
    assert latest.issued_on is not None  # a supervision stands on a letter that was issued
    is_owed = duty is not None and duty.state == work.Obligation.State.OPEN
    return Standing(
        color="",
        place=supervision.place,
        since_rung=working_days_between(latest.issued_on, on, calendar),
        is_unanswered=bool(is_owed and duty and duty.due_date and duty.due_date < on),
        is_promise_broken=promised is not None and promised < on,
        is_promise_running=(promised is not None and promised >= on) or latest.pk in unread,
    )


class _Heirs:
    """Who stands in the place of a unit on a day; closed units are read once."""

    def __init__(self, on: date) -> None:
        closed = org.Unit.objects.filter(valid_to__lte=on).select_related("successor")
        self.heirs = {unit.pk: org.heir_on(unit, on) for unit in closed}

    def of(self, unit_id: int) -> int | None:
        if unit_id not in self.heirs:
            return unit_id
        heir = self.heirs[unit_id]
        return heir.pk if heir is not None and not heir.counts_only else None


@dataclass(frozen=True)
class _Held:
    """What a supervisor took out or postponed, and what waits in a letter that is not yet out.

    A line taken out does not come back for the same rung under the same rule.
    """

    taken_out: set[tuple[int, int, str]]
    postponed: set[tuple[int, int]]
    waiting: set[int]
    unread: set[int]

    @classmethod
    def on(cls, on: date) -> _Held:
        items = DigestItem.objects.filter(obligation__state=work.Obligation.State.OPEN)
        out = items.filter(state=DigestItem.State.TAKEN_OUT).values_list("obligation_id", "place", "rule")
        later = items.filter(state=DigestItem.State.POSTPONED, until__gt=on).values_list("obligation_id", "place")
        waiting = Climb.objects.filter(letter__state=Letter.State.WAITING).values_list("obligation_id", flat=True)
        unread = Answer.objects.filter(state=Answer.State.WAITING).values_list("letter_id", flat=True)
        return cls(set(out), set(later), set(waiting), set(unread))

    def holds(self, obligation_id: int, place: int, rule: str) -> bool:
        is_out = (obligation_id, place, rule) in self.taken_out
        return is_out or (obligation_id, place) in self.postponed or obligation_id in self.waiting

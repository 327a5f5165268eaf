"""Bring supervisions into line with what became of the obligations and units they chase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from yingshang.kernel import ledger, org, work
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision.models import Climb, Letter, Supervision
from yingshang.oversight.supervision.operations.correcting import lock_letters, strike
from yingshang.oversight.supervision.operations.issuing import ANSWER
from yingshang.oversight.supervision.queries.candidates import OWN

OPEN = work.Obligation.State.OPEN
FULFILLED = work.Obligation.State.FULFILLED
CANCELLED = work.Obligation.State.CANCELLED


@dataclass(frozen=True)
class Settled:
    """How many supervisions ended, how many rungs were struck through, how many passed to an heir."""

    ended: int
    struck: int
    inherited: int


@transaction.atomic
def settle(*, on: date, by: Actor, at: datetime) -> Settled:
    """Strike what proved wrong, end what is over, pass on what belonged to a unit that is gone; safe to repeat.

    Facts decide and no event: a supervision ends when its obligation is
    fulfilled, cancelled, or was not late after all. Statements: fixed while
    nothing changed, and a few for each supervision that did. Records
    ``supervision.rung_struck``, ``supervision.ended``, ``supervision.inherited``.
    """
    struck = _strike_disproved(on, by, at)
    inherited = _pass_on(on, at)
    ended = _end_closed(on, at)
    return Settled(ended, struck, inherited)


def _strike_disproved(on: date, by: Actor, at: datetime) -> int:
    """Strike the rungs that were climbed as late on a day which, as is known now, was not late."""
    wrong = Climb.objects.filter(struck_on=None, was_late=True, climbed_on__isnull=False).filter(
        Q(obligation__due_date=None) | Q(obligation__due_date__gte=F("climbed_on"))
    )
    touched = sorted(set(wrong.values_list("letter_id", flat=True)))
    if not touched:
        return 0
    lock_letters(touched)
    rows = list(wrong.select_for_update(of=("self",)).select_related("letter", "supervision").order_by("pk"))
    facts = work.ObligationFact.objects.filter(
        obligation__in=[row.obligation_id for row in rows], kind=work.ObligationFact.Kind.STRUCK
    ).order_by("pk")
    said = {fact.obligation_id: fact.reason for fact in facts}
    reasons = {row.pk: said.get(row.obligation_id, "期限已经更正，发文时并未超期。") for row in rows}
    strike(rows, reasons=reasons, ending=Supervision.Ending.STRUCK, by=by, on=on, at=at)
    return len(rows)


def _end_closed(on: date, at: datetime) -> int:
    """End the supervisions whose obligation is done or taken back, and the answers nobody needs any more."""
    rows = Supervision.objects.filter(ended_on=None).exclude(obligation__state=OPEN)
    over = list(rows.select_for_update(of=("self",)).select_related("obligation", "unit").order_by("pk"))
    taken_over = _taken_over(over, on)
    ended = []
    for row in over:
        if row.pk in taken_over:
            row.obligation_id = taken_over[row.pk]
            row.save(update_fields=["obligation"])
            continue
        done = row.obligation.state == FULFILLED
        ending = Supervision.Ending.FULFILLED if done else Supervision.Ending.CANCELLED
        why = "督办的事项已经办结。" if done else f"督办的事项已撤销：{row.obligation.evidence}"
        end(row, ending, why, on=on, at=at)
        ended.append(row)
    release_answers(ended, why="督办的事项已经办结或者撤销，不再需要答复。", at=at)
    return len(ended)


def end(row: Supervision, ending: Supervision.Ending, why: str, *, on: date, at: datetime) -> None:
    """End one supervision with its reason. Records ``supervision.ended``."""
    row.ended_on, row.ending, row.reason = on, ending, why[:400]
    row.save(update_fields=["ended_on", "ending", "reason"])
    ledger.record(
        "supervision.ended",
        subject=f"supervision:{row.pk}",
        by=SYSTEM,
        at=at,
        facts={"ending": row.get_ending_display(), "on": on.isoformat()},
    )


def release_answers(ended: Iterable[Supervision], *, why: str, at: datetime) -> None:
    """Take back the answers still owed for letters none of whose lines belongs to a chase that goes on."""
    letters = Climb.objects.filter(supervision__in=list(ended)).values("letter_id")
    standing = Climb.objects.filter(letter__in=letters, struck_on=None, supervision__ended_on=None).values("letter_id")
    free = Letter.objects.filter(pk__in=letters, duty__state=OPEN).exclude(pk__in=standing)
    for duty_id in free.order_by("duty_id").values_list("duty_id", flat=True):
        assert duty_id is not None  # the query asks for it
        work.cancel(obligation_id=duty_id, reason=why, by=SYSTEM, at=at)


def _taken_over(rows: list[Supervision], on: date) -> dict[int, int]:
    """Return, by supervision, the open obligation that its heir took over for the cancelled one of a closed unit.

    The package that opened it cancels the duty of a unit that was merged and
    opens the same (kind and origin) for the heir; the chase goes on there.
    """
    moved = [
        row
        for row in rows
        if row.obligation.state == CANCELLED and row.obligation.origin and row.obligation.unit_id != row.unit_id
    ]
    found = {}
    for row in moved:
        same = work.Obligation.objects.filter(
            state=OPEN, unit=row.unit, kind=row.obligation.kind, origin=row.obligation.origin, is_sealed=False
        )
        chased = Supervision.objects.filter(ended_on=None).values("obligation_id")
        heir = same.exclude(pk__in=chased).order_by("pk").values_list("pk", flat=True).first()
        if heir is not None:
            found[row.pk] = heir
    return found


def _pass_on(on: date, at: datetime) -> int:
    """Hand the open supervisions of units that are gone to their heirs; without an heir they end."""
    rows = Supervision.objects.filter(ended_on=None, unit__valid_to__lte=on)
    gone = list(rows.select_for_update(of=("self",)).select_related("unit__successor", "latest").order_by("pk"))
    heirs: dict[int, org.Unit] = {}
    for row in gone:
        heir = org.heir_on(row.unit, on)
        if heir is None or heir.counts_only:
            why = (
                f"{row.unit.short_name}已撤销，没有承接单位。"
                if heir is None
                else f"由{heir.short_name}承接，只收计数。"
            )
            end(row, Supervision.Ending.NO_HEIR, why, on=on, at=at)
            continue
        before, row.unit = row.unit, heir
        row.save(update_fields=["unit"])
        heirs[row.pk] = heir
        ledger.record(
            "supervision.inherited",
            subject=f"supervision:{row.pk}",
            by=SYSTEM,
            at=at,
            facts={"from": before.short_name, "to": heir.short_name},
        )
    lines = Climb.objects.filter(supervision__in=heirs).values_list("letter_id", "supervision_id")
    _answer_by_heirs({letter_id: heirs[row_id] for letter_id, row_id in lines if row_id is not None}, at)
    release_answers([row for row in gone if row.ended_on], why="单位已撤销，没有承接单位。", at=at)
    return len(gone)


def _answer_by_heirs(heirs: dict[int, org.Unit], at: datetime) -> None:
    """Let the heirs owe the answers: the limit of the rung begins anew, for they receive the letter today."""
    letters = Letter.objects.select_for_update(of=("self",)).filter(pk__in=heirs).select_related("duty", "ladder")
    for letter in letters.order_by("pk"):
        heir = heirs[letter.pk]
        if letter.duty is not None and letter.duty.state == OPEN:
            why = f"{letter.bearer.short_name}已并入{heir.short_name}，由其答复。"
            work.cancel(obligation_id=letter.duty.pk, reason=why, by=SYSTEM, at=at)
            rung = letter.ladder.rung(letter.kind)
            letter.duty = work.owe(
                kind=ANSWER,
                title=f"答复{rung['title']}",
                unit=heir,
                origin=f"{OWN}{letter.pk}",
                limit=rung["answer"],
                by=SYSTEM,
                at=at,
            )
        letter.bearer = heir
        letter.save(update_fields=["duty", "bearer"])

"""Issue letters: number them, climb the rungs, open the answers that are owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yingshang.kernel import clock, events, ledger, work
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Climb, Letter, Supervision
from yingshang.oversight.supervision.operations.notifying import put_in_outbox
from yingshang.oversight.supervision.queries.candidates import OWN

ANSWER = "supervision.answer"


def issue(letters: Sequence[Letter], *, by: Actor, at: datetime) -> list[Letter]:
    """Issue letters that wait and return those that went out; called inside the deed that permitted it.

    Each gets its number and its day; each of its lines climbs one rung of its
    supervision, which is opened with the first. The unit owes one answer per
    letter, whose origin is the letter, so that it never gets a supervision of
    its own. Lines whose obligation was done or moved on meanwhile are dropped;
    a letter without lines is refused by itself. Records
    ``supervision.letter_issued`` and tells ``supervision.rung_climbed``, once
    for each letter.
    """
    on = clock.beijing_date(at)
    lines = _standing_lines(letters)
    out = []
    for letter in letters:
        if not lines[letter.pk]:
            letter.state = Letter.State.REFUSED
            letter.save(update_fields=["state"])
            continue
        letter.state, letter.issued_on, letter.issued_at, letter.issued_by = Letter.State.ISSUED, on, at, by.person
        out.append(letter)
    if not out:
        return []
    for letter, duty in zip(out, work.owe_all([_owed(letter) for letter in out], by=by, at=at), strict=True):
        letter.duty = duty
        letter.no = work.next_number(letter.ladder.rung(letter.kind)["series"], on.year)
    Letter.objects.bulk_update(out, ["state", "issued_on", "issued_at", "issued_by", "duty", "no"])
    for letter in out:
        _climb(letter, lines[letter.pk])
    put_in_outbox(out, at=at)
    for letter in out:
        facts = {"no": letter.no, "unit": letter.unit.short_name, "items": len(lines[letter.pk])}
        facts["document"] = letter.get_kind_display()
        ledger.record("supervision.letter_issued", subject=f"letter:{letter.pk}", by=by, at=at, facts=facts)
    events.tell_all(
        [
            events.Telling(
                "supervision.rung_climbed",
                {"unit": letter.unit.code, "rung": letter.kind, "document_no": letter.no or ""},
            )
            for letter in out
        ],
        at=at,
    )
    return out


def _owed(letter: Letter) -> work.Owed:
    rung = letter.ladder.rung(letter.kind)
    return work.Owed(
        kind=ANSWER,
        title=f"答复{rung['title']}",
        unit=letter.bearer,
        origin=f"{OWN}{letter.pk}",
        limit=rung["answer"],
    )


def _standing_lines(letters: Sequence[Letter]) -> dict[int, list[Climb]]:
    """Return the lines of each letter that still hold, by the letter's id; the others are dropped."""
    lines: dict[int, list[Climb]] = {letter.pk: [] for letter in letters}
    rows = list(Climb.objects.filter(letter__in=letters).select_related("obligation").order_by("letter_id", "line"))
    open_ones = Supervision.objects.filter(ended_on=None, obligation__in=[row.obligation_id for row in rows])
    reached = {each.obligation_id: each.place for each in open_ones.select_for_update().order_by("pk")}
    dropped = []
    for row in rows:
        holds = (
            row.obligation.state == work.Obligation.State.OPEN and reached.get(row.obligation_id, 0) == row.place - 1
        )
        if holds:
            lines[row.letter_id].append(row)
        else:
            dropped.append(row.pk)
    Climb.objects.filter(pk__in=dropped).delete()
    return lines


def _climb(letter: Letter, lines: list[Climb]) -> None:
    """Open the supervisions of a first rung, move up the others, and date the lines."""
    assert letter.issued_on is not None  # set by the caller
    obligations = [line.obligation_id for line in lines]
    if letter.place == 1:
        Supervision.objects.bulk_create(
            Supervision(
                obligation_id=obligation_id,
                unit=letter.bearer,
                ladder=letter.ladder,
                place=1,
                latest=letter,
                opened_on=letter.issued_on,
            )
            for obligation_id in obligations
        )
    else:
        climbing = Supervision.objects.filter(ended_on=None, obligation__in=obligations)
        climbing.update(place=letter.place, latest=letter, promised_on=None)
    found = Supervision.objects.filter(ended_on=None, obligation__in=obligations).values_list("obligation_id", "pk")
    of = dict(found)
    for line in lines:
        line.supervision_id, line.climbed_on = of[line.obligation_id], letter.issued_on
    Climb.objects.bulk_update(lines, ["supervision_id", "climbed_on"])

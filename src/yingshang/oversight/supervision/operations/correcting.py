"""Strike rungs through that proved wrong, and tell the unit so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, disclosure, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision.models import Climb, Letter, Supervision
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse
from yingshang.oversight.supervision.rules.wording import worded


def strike(
    rows: Sequence[Climb],
    *,
    reasons: Mapping[int, str],
    ending: Supervision.Ending,
    by: Actor,
    on: date,
    at: datetime,
) -> list[Letter]:
    """Strike climbs through, each with its reason, end the supervisions that stand on nothing else, draft corrections.

    The letters stay as they went out. A correction for each letter waits for a
    supervisor's signature. What the letter asks is answered no more once none
    of its lines stands. What was made public of one is owed to be withdrawn,
    which the signature on the correction does. The caller has locked the
    letters. Records ``supervision.rung_struck`` for each line.
    """
    by_letter: defaultdict[int, list[Climb]] = defaultdict(list)
    for row in rows:
        by_letter[row.letter_id].append(row)
    drafted = {letter_id: _correction(lines, at) for letter_id, lines in by_letter.items()}
    for row in rows:
        row.struck_on, row.struck_reason = on, reasons[row.pk][:400]
        row.corrected_in = drafted[row.letter_id]
        ledger.record(
            "supervision.rung_struck",
            subject=f"supervision:{row.supervision_id}",
            by=by,
            at=at,
            facts={"no": row.letter.no, "reason": row.struck_reason},
        )
    Climb.objects.bulk_update(rows, ["struck_on", "struck_reason", "corrected_in"])
    _end_groundless(rows, ending, reasons, on, at)
    for letter_id in sorted(by_letter):
        _release(letter_id, at)
        _owe_withdrawal(letter_id, at)
    return list(drafted.values())


def _end_groundless(
    rows: Sequence[Climb], ending: Supervision.Ending, reasons: Mapping[int, str], on: date, at: datetime
) -> None:
    """End the supervisions whose highest rung was struck. One whose lower rung alone was wrong goes on."""
    struck = {(row.supervision_id, row.place): row for row in rows}
    concerned = {row.supervision_id for row in rows if row.supervision_id is not None}
    open_ones = Supervision.objects.select_for_update().filter(pk__in=concerned, ended_on=None).order_by("pk")
    for each in open_ones:
        row = struck.get((each.pk, each.place))
        if row is None:
            continue
        each.ended_on, each.ending, each.reason = on, ending, reasons[row.pk][:400]
        each.save(update_fields=["ended_on", "ending", "reason"])
        facts = {"ending": each.get_ending_display(), "on": on.isoformat()}
        ledger.record("supervision.ended", subject=f"supervision:{each.pk}", by=SYSTEM, at=at, facts=facts)


def _release(letter_id: int, at: datetime) -> None:
    """Take back the answer to a letter none of whose lines stands."""
    letter = Letter.objects.select_related("duty").get(pk=letter_id)
    stands = Climb.objects.filter(letter=letter, struck_on=None, supervision__ended_on=None).exists()
    if not stands and letter.duty is not None and letter.duty.state == work.Obligation.State.OPEN:
        work.cancel(obligation_id=letter.duty.pk, reason="文书中的事项已经更正，不需要答复。", by=SYSTEM, at=at)


def _owe_withdrawal(letter_id: int, at: datetime) -> None:
    """Open the issuer's duty to withdraw what it made public of a letter that was wrong, once."""
    public = Letter.objects.select_related("disclosure__unit", "disclosure__withdrawal").get(pk=letter_id).disclosure
    if public is None or public.is_withdrawn:
        return
    owed = work.Obligation.objects.filter(
        kind="disclosure.withdraw", origin=f"disclosure:{public.pk}", state=work.Obligation.State.OPEN
    )
    if not owed.exists():
        disclosure.owe_withdrawal(disclosure=public, by=SYSTEM, at=at)


def _correction(lines: Sequence[Climb], at: datetime) -> Letter:
    """Draft the notice that corrects one letter; what it lists are the lines struck through on that day."""
    wrong = lines[0].letter
    words = worded(
        wrong.ladder.rung("correction")["wording"],
        unit=wrong.bearer.short_name,
        count=len(lines),
        limit="",
        authority=wrong.authority.approval_no,
    )
    return Letter.objects.create(
        kind=Letter.Kind.CORRECTION,
        unit=wrong.bearer,
        bearer=wrong.bearer,
        issuer=wrong.issuer,
        authority=wrong.authority,
        ladder=wrong.ladder,
        corrects=wrong,
        place=0,
        title=words.title,
        opening=words.opening,
        demand=words.demand,
        drafted_by=SYSTEM.person,
        drafted_at=at,
    )


@transaction.atomic
def issue_correction(*, letter_id: int, by: Actor, at: datetime) -> Letter:
    """Issue a correction that waits, with its number, and return it; what was public of the letter is withdrawn.

    Raises NotFound, whatever the policy and ``disclosure.withdraw`` refuse,
    ``supervision.letter_out``, ``supervision.not_a_correction``,
    ``supervision.no_authority``. Records ``supervision.letter_issued`` and
    ``disclosure.withdrawn``.
    """
    letter = locked_letter(letter_id)
    access.permit(by, "supervision.issue_correction", letter)
    refuse_out(letter)
    if letter.kind != Letter.Kind.CORRECTION:
        raise Refusal("supervision.not_a_correction", "这份文书不是更正通知。", "请按它自己的审批步骤办理。")
    on = clock.beijing_date(at)
    letter.authority = authority_or_refuse(on)
    letter.state, letter.issued_on, letter.issued_at, letter.issued_by = Letter.State.ISSUED, on, at, by.person
    letter.no = work.next_number(letter.ladder.rung(letter.kind)["series"], on.year)
    letter.save(update_fields=["authority", "state", "issued_on", "issued_at", "issued_by", "no"])
    facts = {"no": letter.no, "unit": letter.unit.short_name, "items": letter.corrected.count()}
    facts["document"] = letter.get_kind_display()
    ledger.record("supervision.letter_issued", subject=f"letter:{letter.pk}", by=by, at=at, facts=facts)
    public = letter.corrects.disclosure if letter.corrects is not None else None
    if public is not None and not public.is_withdrawn:
        reason = f"其中的事项有误，已由{letter.no}更正。"
        disclosure.withdraw(disclosure_id=public.pk, reason=reason, by=by, at=at)
    return letter


def lock_letters(letter_ids: Iterable[int]) -> None:
    """Lock letters in the order of their ids, before the lines in them."""
    list(Letter.objects.select_for_update().filter(pk__in=letter_ids).order_by("pk").values_list("pk"))


def locked_letter(letter_id: int) -> Letter:
    """Return a letter, locked. Raises NotFound."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related(
        "unit", "bearer", "issuer", "ladder", "authority", "duty", "corrects__disclosure__withdrawal"
    )
    letter = rows.filter(pk=letter_id).first()
    if letter is None:
        raise NotFound("这份文书")
    return letter


def refuse_out(letter: Letter) -> None:
    """Raise Refusal ``supervision.letter_out`` for a letter that was issued or refused."""
    if letter.state != Letter.State.WAITING:
        raise Refusal(
            "supervision.letter_out",
            f"《{letter.title}》{letter.get_state_display()}，不能再改。",
            "请刷新页面查看最新情况。",
        )

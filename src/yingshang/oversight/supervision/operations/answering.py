"""A unit answers a letter; the supervisor accepts the answer or returns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import access, clock, documents, events, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Answer, Climb, Letter, Supervision
from yingshang.oversight.supervision.operations.correcting import locked_letter
from yingshang.oversight.supervision.operations.issuing import ANSWER
from yingshang.oversight.supervision.queries.candidates import OWN

OPEN = work.Obligation.State.OPEN


@dataclass(frozen=True)
class Upload:
    """A file that comes with a deed."""

    stream: BinaryIO
    name: str
    media_type: str


@transaction.atomic
def answer_letter(
    *, letter_id: int, text: str, promised_on: date | None, evidence: Upload | None, by: Actor, at: datetime
) -> Answer:
    """Take a unit's answer and return it. Handing it in stops the clock of the answer; reviewing is another matter.

    An answer after the limit is taken and shown as late. When the matter has
    climbed meanwhile, the higher letter stays and is answered by itself.
    Raises NotFound, whatever the policy refuses, ``supervision.nothing_to_answer``,
    ``supervision.answer_missing``, ``supervision.evidence_missing``,
    ``supervision.promise_in_the_past``. Records and tells ``supervision.answered``.
    """
    letter = locked_letter(letter_id)
    access.permit(by, "supervision.answer_letter", letter)
    if letter.duty is None or letter.duty.state != OPEN:
        raise Refusal("supervision.nothing_to_answer", "这份文书现在不需要答复。", "请刷新页面查看最新情况。")
    on = clock.beijing_date(at)
    _refuse_incomplete(letter, text, promised_on, evidence, on)
    kept = _keep(letter, evidence, by, at)
    given = Answer.objects.create(
        letter=letter,
        duty=letter.duty,
        unit=letter.bearer,
        text=text.strip(),
        document=kept,
        promised_on=promised_on,
        by=by.person,
        at=at,
        is_late=letter.duty.due_date is not None and letter.duty.due_date < on,
        had_climbed=letter.climbs.filter(supervision__place__gt=letter.place).exists(),
    )
    work.fulfill(obligation_id=letter.duty.pk, by=by, at=at, evidence=f"answer:{given.pk}")
    ledger.record(
        "supervision.answered",
        subject=f"letter:{letter.pk}",
        by=by,
        at=at,
        facts={"no": letter.no, "late": given.is_late, "text": ledger.private(given.text)},
    )
    events.tell("supervision.answered", at=at, unit=letter.bearer.code, document_no=letter.no or "", late=given.is_late)
    return given


@transaction.atomic
def accept_answer(*, answer_id: int, by: Actor, at: datetime) -> Answer:
    """Accept an answer and return it; a promised day holds the ladder until it has passed.

    Accepting ends no supervision: only the watched obligation does. Raises
    NotFound, whatever the policy refuses, ``supervision.answer_reviewed``.
    Records ``supervision.answer_accepted``.
    """
    given = _reviewed(answer_id, Answer.State.ACCEPTED, "", by, at)
    if given.promised_on is not None:
        standing = Supervision.objects.filter(ended_on=None, latest=given.letter)
        standing.update(promised_on=given.promised_on)
    facts = {"no": given.letter.no}
    ledger.record("supervision.answer_accepted", subject=f"letter:{given.letter_id}", by=by, at=at, facts=facts)
    return given


@transaction.atomic
def return_answer(*, answer_id: int, reason: str, by: Actor, at: datetime) -> Answer:
    """Return an answer with the reason; the unit owes another one, by the rung's limit from today. Returns it.

    Nothing more is owed for a letter on whose matters no supervision stands.
    Raises NotFound, whatever the policy refuses, ``supervision.answer_reviewed``
    and ``supervision.reason_missing``. Records ``supervision.answer_returned``.
    """
    given = _reviewed(answer_id, Answer.State.RETURNED, reason.strip()[:400], by, at)
    letter = given.letter
    if Climb.objects.filter(letter=letter, struck_on=None, supervision__ended_on=None).exists():
        rung = letter.ladder.rung(letter.kind)
        letter.duty = work.owe(
            kind=ANSWER,
            title=f"再次答复{rung['title']}",
            unit=letter.bearer,
            origin=f"{OWN}{letter.pk}",
            limit=rung["answer"],
            by=by,
            at=at,
        )
        letter.save(update_fields=["duty"])
    facts = {"no": letter.no, "reason": ledger.private(given.reason)}
    ledger.record("supervision.answer_returned", subject=f"letter:{letter.pk}", by=by, at=at, facts=facts)
    return given


def _reviewed(answer_id: int, state: Answer.State, reason: str, by: Actor, at: datetime) -> Answer:
    found = Answer.objects.filter(pk=answer_id).values_list("letter_id", flat=True).first()
    if found is None:
        raise NotFound("这份答复")
    letter = locked_letter(found)
    given = Answer.objects.select_related("unit").get(pk=answer_id)
    given.letter = letter
    access.permit(by, "supervision.review_answer", given)
    if given.state != Answer.State.WAITING:
        raise Refusal(
            "supervision.answer_reviewed", f"这份答复{given.get_state_display()}。", "请刷新页面查看最新情况。"
        )
    if state == Answer.State.RETURNED and not reason:
        raise Refusal("supervision.reason_missing", "要写明原因。", "请填写原因后再提交。")
    given.state, given.reason, given.reviewed_by, given.reviewed_at = state, reason, by.person, at
    given.save(update_fields=["state", "reason", "reviewed_by", "reviewed_at"])
    return given


def _refuse_incomplete(letter: Letter, text: str, promised_on: date | None, evidence: Upload | None, on: date) -> None:
    if not text.strip():
        raise Refusal("supervision.answer_missing", "还没有填写答复内容。", "请写明办理情况、原因和措施。")
    if promised_on is not None and promised_on < on:
        raise Refusal("supervision.promise_in_the_past", "承诺完成的日期已经过去了。", "请填写今天或以后的日期。")
    if evidence is None and letter.ladder.rung(letter.kind)["needs_evidence"]:
        raise Refusal(
            "supervision.evidence_missing",
            f"答复{letter.get_kind_display()}要附佐证材料。",
            "请上传能说明办理情况的文件。",
        )


def _keep(letter: Letter, evidence: Upload | None, by: Actor, at: datetime) -> documents.Document | None:
    """Keep the evidence for the unit, and deliver it to the supervisors."""
    if evidence is None:
        return None
    kept = documents.keep(
        evidence.stream,
        name=evidence.name,
        media_type=evidence.media_type,
        subject=f"letter:{letter.pk}",
        by=by,
        at=at,
    )
    documents.deliver(document_id=kept.pk, channel="platform", unit=letter.issuer.code, by=by, at=at)
    return kept

"""A unit asks for a review of a letter; somebody who took no part in it decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, documents, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Climb, Letter, Objection, Supervision
from yingshang.oversight.supervision.operations.answering import Upload
from yingshang.oversight.supervision.operations.correcting import locked_letter, strike
from yingshang.oversight.supervision.operations.waiting import last_day
from yingshang.oversight.supervision.queries.candidates import OWN

ARTICLE_17 = "《政府督查工作条例》第十七条"
REVIEW = "supervision.decide_review"


@transaction.atomic
def object_to_letter(*, letter_id: int, text: str, evidence: Upload | None, by: Actor, at: datetime) -> Objection:
    """Ask for a review of a letter within the limit SUP.OBJECT from its issue; the bureau owes a decision.

    Answering goes on meanwhile. Raises NotFound, whatever the policy refuses,
    ``supervision.not_objectionable``, ``supervision.objected_before``,
    ``supervision.objection_too_late`` and ``supervision.answer_missing``.
    Records ``supervision.objected``.
    """
    letter = locked_letter(letter_id)
    access.permit(by, "supervision.object", letter)
    if letter.state != Letter.State.ISSUED or letter.issued_on is None or letter.kind == Letter.Kind.CORRECTION:
        raise Refusal("supervision.not_objectionable", "只能对已经发出的督办文书申请复核。", "请核对文书。")
    if Objection.objects.filter(letter=letter).exists():
        raise Refusal("supervision.objected_before", "对这份文书已经申请过复核。", "请查看复核的进展。", ARTICLE_17)
    last = last_day("SUP.OBJECT", on=letter.issued_on)
    if clock.beijing_date(at) > last:
        raise Refusal(
            "supervision.objection_too_late",
            f"申请复核的期限是{last:%Y年%m月%d日}，已经过了。",
            "如有新的情况，请在答复中说明。",
            ARTICLE_17,
        )
    if not text.strip():
        raise Refusal("supervision.answer_missing", "还没有填写理由。", "请写明哪里不对、依据是什么。")
    kept = None
    if evidence is not None:
        kept = documents.keep(
            evidence.stream,
            name=evidence.name,
            media_type=evidence.media_type,
            subject=f"letter:{letter.pk}",
            by=by,
            at=at,
        )
        documents.deliver(document_id=kept.pk, channel="platform", unit=letter.issuer.code, by=by, at=at)
    duty = work.owe(
        kind=REVIEW,
        title=f"对{letter.no}作出复核决定",
        unit=letter.issuer,
        origin=f"{OWN}{letter.pk}",
        limit="SUP.REVIEW",
        watched=False,
        by=by,
        at=at,
    )
    asked = Objection.objects.create(
        letter=letter, unit=letter.bearer, text=text.strip(), document=kept, by=by.person, at=at, duty=duty
    )
    facts = {"no": letter.no, "text": ledger.private(asked.text)}
    ledger.record("supervision.objected", subject=f"letter:{letter.pk}", by=by, at=at, facts=facts)
    return asked


@transaction.atomic
def decide_objection(*, objection_id: int, upheld: bool, reason: str, by: Actor, at: datetime) -> Objection:
    """Decide a review and return it. Upheld: what the letter says is struck through and a correction drafted.

    Raises NotFound, whatever the policy refuses, ``supervision.objection_decided``
    and ``supervision.reason_missing``. Records ``supervision.objection_decided``.
    """
    found = Objection.objects.filter(pk=objection_id).values_list("letter_id", flat=True).first()
    if found is None:
        raise NotFound("这件复核申请")
    letter = locked_letter(found)
    asked = Objection.objects.select_related("unit", "duty").get(pk=objection_id)
    asked.letter = letter
    access.permit(by, "supervision.decide_objection", asked)
    if asked.outcome:
        raise Refusal("supervision.objection_decided", "这件复核已经作出决定。", "请刷新页面查看决定。")
    if not reason.strip():
        raise Refusal("supervision.reason_missing", "要写明原因。", "请填写原因后再提交。")
    asked.outcome = Objection.Outcome.UPHELD if upheld else Objection.Outcome.KEPT
    asked.reason, asked.decided_by, asked.decided_at = reason.strip(), by.person, at
    asked.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
    work.fulfill(obligation_id=asked.duty_id, by=by, at=at, evidence=f"objection:{asked.pk}")
    if upheld:
        _strike_all(letter, asked, by, at)
    ledger.record(
        "supervision.objection_decided",
        subject=f"letter:{letter.pk}",
        by=by,
        at=at,
        facts={"no": letter.no, "outcome": asked.get_outcome_display(), "reason": ledger.private(asked.reason)},
    )
    return asked


def _strike_all(letter: Letter, asked: Objection, by: Actor, at: datetime) -> None:
    rows = list(Climb.objects.filter(letter=letter, struck_on=None).select_related("letter", "supervision"))
    reasons = {row.pk: f"复核决定：{asked.reason}"[:400] for row in rows}
    if rows:
        on = clock.beijing_date(at)
        strike(rows, reasons=reasons, ending=Supervision.Ending.UPHELD, by=by, on=on, at=at)

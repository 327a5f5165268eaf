"""What happens to a letter between its draft and its issue, where its rung asks for more than one person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Letter, LetterStep
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse
from yingshang.oversight.supervision.operations.correcting import locked_letter, refuse_out
from yingshang.oversight.supervision.operations.issuing import issue

ACTION_OF = {
    LetterStep.Step.SECOND_READER: "supervision.read_letter",
    LetterStep.Step.HEAD: "supervision.approve_letter",
}


@transaction.atomic
def redraft_letter(
    *,
    letter_id: int,
    opening: str,
    demand: str,
    public_text: str = "",
    meets_at: datetime | None = None,
    meets_in: str = "",
    by: Actor,
    at: datetime,
) -> Letter:
    """Change the wording of a letter that waits, set the time and place of a talk, and return it.

    Nobody changes what a second person has read or the head has approved.
    Raises NotFound, whatever the policy refuses, ``supervision.letter_out``,
    ``supervision.letter_read`` and ``supervision.talk_in_the_past``. Records
    ``supervision.letter_redrafted``.
    """
    letter = locked_letter(letter_id)
    access.permit(by, "supervision.draft_letter", letter)
    refuse_out(letter)
    if letter.steps.exists():
        raise Refusal("supervision.letter_read", "这份文书已经审核，不能再改。", "如要修改，请由审批人退回。")
    if meets_at is not None and meets_at <= at:
        raise Refusal("supervision.talk_in_the_past", "约谈时间已经过去了。", "请填写以后的时间。")
    letter.opening, letter.demand, letter.public_text = opening.strip(), demand.strip(), public_text.strip()
    letter.meets_at, letter.meets_in, letter.drafted_by, letter.drafted_at = meets_at, meets_in, by.person, at
    letter.save()
    ledger.record("supervision.letter_redrafted", subject=f"letter:{letter.pk}", by=by, at=at, facts={})
    return letter


@transaction.atomic
def decide_letter(*, letter_id: int, agrees: bool, reason: str = "", by: Actor, at: datetime) -> Letter:
    """Take the next step of a letter that waits, as a second reader or as the head; the last one issues it.

    A no ends the letter; what it listed comes up again in a later digest.
    Raises NotFound, whatever the policy of the step refuses,
    ``supervision.letter_out``, ``supervision.step_taken_before``,
    ``supervision.no_step_left``, ``supervision.talk_not_arranged``,
    ``supervision.talk_in_the_past``, ``supervision.reason_missing`` and
    ``supervision.no_authority``. Records ``supervision.letter_decided`` and
    what ``issue`` records.
    """
    letter = locked_letter(letter_id)
    step = next_step(letter)
    if step is None:
        refuse_out(letter)
        raise Refusal("supervision.no_step_left", "这份文书没有要审批的步骤。", "请刷新页面查看最新情况。")
    access.permit(by, ACTION_OF[step], letter)
    refuse_out(letter)
    _refuse_unfit(letter, agrees, reason, by, at)
    LetterStep.objects.create(letter=letter, step=step, agrees=agrees, reason=reason.strip()[:400], by=by.person, at=at)
    ledger.record(
        "supervision.letter_decided",
        subject=f"letter:{letter.pk}",
        by=by,
        at=at,
        facts={"step": step.label, "decision": "同意" if agrees else "不同意", "unit": letter.unit.short_name},
    )
    if not agrees:
        letter.state = Letter.State.REFUSED
        letter.save(update_fields=["state"])
    elif next_step(letter) is None:
        letter.authority = authority_or_refuse(clock.beijing_date(at))
        letter.save(update_fields=["authority"])
        issue([letter], by=by, at=at)
    return letter


def next_step(letter: Letter) -> LetterStep.Step | None:
    """Return the step that a letter waits for, in the order of its ladder; None when nothing is left."""
    taken = {step.step for step in letter.steps.all()}
    asked = letter.ladder.rung(letter.kind).get("steps", [])
    return next((LetterStep.Step(name) for name in asked if name not in taken), None)


def _refuse_unfit(letter: Letter, agrees: bool, reason: str, by: Actor, at: datetime) -> None:
    if any(step.by == by.person for step in letter.steps.all()):
        raise Refusal(
            "supervision.step_taken_before", "审核和批准要由两个人分别办理。", "请由另一位有相应岗位的人员办理。"
        )
    if not agrees and not reason.strip():
        raise Refusal("supervision.reason_missing", "要写明原因。", "请填写原因后再提交。")
    if agrees and letter.kind == Letter.Kind.TALK and (letter.meets_at is None or not letter.meets_in):
        raise Refusal("supervision.talk_not_arranged", "还没有确定约谈的时间和地点。", "请督办人员先填写。")
    if agrees and letter.meets_at is not None and letter.meets_at <= at:
        raise Refusal("supervision.talk_in_the_past", "约谈时间已经过去了。", "请填写以后的时间。")

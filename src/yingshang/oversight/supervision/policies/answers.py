"""Who answers and objects, and who reviews that."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Answer, Letter, Objection
from yingshang.oversight.supervision.policies.authority import needs_post


def _of_the_bearer(actor: Actor, letter: Letter, action: str, deed: str) -> Refusal | None:
    if actor.unit != letter.bearer.code:
        return Refusal(
            "supervision.not_the_addressee", f"这份文书由{letter.bearer.short_name}办理。", "请由该单位的人员办理。"
        )
    return needs_post(actor, action, deed)


@policy("supervision.answer_letter", zh="收到文书的单位（或者承接单位）中，岗位可以答复的人员。")
def may_answer(actor: Actor, letter: Letter) -> Refusal | None:
    """An officer of the unit that answers, in a post that carries it."""
    return _of_the_bearer(actor, letter, "supervision.answer_letter", "答复督办文书")


@policy("supervision.review_answer", zh="岗位中有审核答复这一项的人员。")
def may_review_answer(actor: Actor, _: Answer) -> Refusal | None:
    """A supervisor."""
    return needs_post(actor, "supervision.review_answer", "审核答复")


@policy("supervision.object", zh="收到文书的单位（或者承接单位）中，岗位可以申请复核的人员。")
def may_object(actor: Actor, letter: Letter) -> Refusal | None:
    """An officer of the unit that answers, in a post that carries it."""
    return _of_the_bearer(actor, letter, "supervision.object", "申请复核")


@policy("supervision.decide_objection", zh="岗位中有复核这一项的人员，并且不是原文书的拟稿人、审核人、批准人和签发人。")
def may_decide_objection(actor: Actor, objection: Objection) -> Refusal | None:
    """Somebody else than whoever drafted, read, approved or issued the letter (art. 17)."""
    letter = objection.letter
    took_part = {letter.drafted_by, letter.issued_by, *(step.by for step in letter.steps.all())}
    if actor.person in took_part:
        return Refusal(
            "supervision.own_letter",
            "参与过原文书的人员应当回避，不能决定对它的复核。",
            "请由另一位有复核岗位的人员办理。",
            source="《政府督查工作条例》第十七条",
        )
    return needs_post(actor, "supervision.decide_objection", "决定复核")

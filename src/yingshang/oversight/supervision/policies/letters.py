"""Who drafts, reads, approves and renders a letter, and who records a talk."""

from __future__ import annotations

from yingshang.kernel import org
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision.models import Letter
from yingshang.oversight.supervision.policies.authority import needs_post


@policy("supervision.draft_letter", zh="岗位中有拟写督办文书这一项的人员；文书发出以后不能再改。")
def may_draft_letter(actor: Actor, _: Letter) -> Refusal | None:
    """A supervisor, as long as the letter waits."""
    return needs_post(actor, "supervision.draft_letter", "修改督办文书")


@policy("supervision.read_letter", zh="岗位中有审核督办文书这一项的人员，并且不是拟稿人。")
def may_read_letter(actor: Actor, letter: Letter) -> Refusal | None:
    """A second person: never the one who drafted it."""
    if actor.person == letter.drafted_by:
        return Refusal("supervision.own_draft", "拟稿人不能审核自己的文书。", "请由另一位有审核岗位的人员办理。")
    return needs_post(actor, "supervision.read_letter", "审核督办文书")


@policy("supervision.approve_letter", zh="督查负责人；批评、约谈都要经负责人批准。")
def may_approve_letter(actor: Actor, _: Letter) -> Refusal | None:
    """The head of supervision: praise, criticism and talks need the leader's approval (arts. 18, 21)."""
    return needs_post(actor, "supervision.approve_letter", "批准督办文书")


@policy("supervision.issue_correction", zh="岗位中有签发更正通知这一项的人员。")
def may_issue_correction(actor: Actor, _: Letter) -> Refusal | None:
    """A supervisor signs the notice that corrects a letter."""
    return needs_post(actor, "supervision.issue_correction", "签发更正通知")


@policy("supervision.render_letter", zh="平台自动生成文书文件；没有生成的，有督办岗位的人员可以再试。")
def may_render_letter(actor: Actor, _: Letter) -> Refusal | None:
    """The platform, after a letter was issued, or a supervisor who tries again."""
    return None if actor is SYSTEM else needs_post(actor, "supervision.render_letter", "生成督办文书文件")


@policy("supervision.seal_letter", zh="督查负责人，并且有用印岗位。")
def may_seal_letter(actor: Actor, _: Letter) -> Refusal | None:
    """The head of supervision; that the unit keeps the paper and the post the seal is asked again by documents."""
    return needs_post(actor, "supervision.seal_letter", "给督办文书盖章")


def of_unit(actor: Actor, unit: org.Unit) -> bool:
    """Return whether an actor is an official of a unit or of one above it."""
    return bool(actor.unit) and f"/{actor.unit}/" in f"/{unit.path}"


@policy("supervision.see_letter", zh="承担督办的人员，以及收到文书的单位和它的上级单位的工作人员。")
def may_see_letter(actor: Actor, letter: Letter) -> Refusal | None:
    """Whoever supervises; once issued, officials of the unit it went to, of its heir, and of the units above."""
    issued = letter.state == Letter.State.ISSUED
    if actor.holds("supervision.see_work") or (
        issued and any(of_unit(actor, at) for at in (letter.unit, letter.bearer))
    ):
        return None
    return Refusal("supervision.not_your_letter", "这份文书不是发给您单位的。", "如工作需要，请联系督办单位。")


@policy("supervision.record_talk", zh="岗位中有记录约谈这一项的人员。")
def may_record_talk(actor: Actor, _: Letter) -> Refusal | None:
    """A supervisor."""
    return needs_post(actor, "supervision.record_talk", "记录约谈")


@policy("supervision.publish_circular", zh="岗位中有公开通报这一项的人员；通报须已批准并发出。")
def may_publish_circular(actor: Actor, _: Letter) -> Refusal | None:
    """A supervisor; the circular has been read by a second person and approved by the head."""
    return needs_post(actor, "supervision.publish_circular", "公开通报")

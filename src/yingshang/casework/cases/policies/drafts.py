"""Who may fill in and hand in: the party itself, or who acts for it."""

from __future__ import annotations

from yingshang.casework.cases.models import Draft, Upload
from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@policy("cases.apply", zh="当事人本人，或者受其委托的人。")
def may_apply(actor: Actor, draft: Draft | None) -> Refusal | None:
    """A party for itself, or a person with its mandate; an existing draft belongs to its party."""
    if not actor.party:
        return Refusal(
            "cases.no_applicant",
            "还没有选定以谁的名义申请。",
            "请先登录，在右上角选择“本人”或者您代办的企业，再开始申请。",
        )
    if draft is not None and str(draft.applicant.public_id) != actor.party:
        return Refusal("cases.not_your_draft", "这份草稿是别的当事人的。", "请换成那一位当事人的身份。")
    return None


@policy("cases.upload", zh="草稿或者办件的申请人本人，或者受其委托的人。")
def may_upload(actor: Actor, upload: Upload) -> Refusal | None:
    """The party for whose draft or case the file comes."""
    where = upload.draft or upload.case
    if where is None or str(where.applicant.public_id) != actor.party:
        return Refusal("cases.not_your_draft", "这个文件是别的当事人的。", "请换成那一位当事人的身份。")
    return None

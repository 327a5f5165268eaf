"""Make the public part of a circular public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, disclosure
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Letter
from yingshang.oversight.supervision.operations.correcting import locked_letter

KIND = "supervision_circular"


@transaction.atomic
def publish_circular(*, letter_id: int, by: Actor, at: datetime) -> Letter:
    """Publish the public part of an issued circular as a disclosure and return the letter.

    What is public was read by the second reader and approved with the rest.
    Raises NotFound, whatever the policies refuse, ``supervision.not_a_circular``,
    ``supervision.nothing_public``, ``supervision.circular_corrected``,
    ``supervision.circular_public``. Records ``disclosure.published``.
    """
    letter = locked_letter(letter_id)
    access.permit(by, "supervision.publish_circular", letter)
    if letter.kind != Letter.Kind.CIRCULAR or letter.state != Letter.State.ISSUED or letter.issued_on is None:
        raise Refusal("supervision.not_a_circular", "只有已经发出的通报可以公开。", "请先完成审核和批准。")
    if not letter.public_text:
        raise Refusal("supervision.nothing_public", "这份通报没有拟定公开的部分。", "公开的内容要在审批之前拟好。")
    if letter.climbs.filter(struck_on__isnull=False).exists():
        raise Refusal(
            "supervision.circular_corrected",
            "这份通报中有事项已经更正，不能公开。",
            "请以更正通知为准；仍要通报的，请另发一份。",
        )
    if letter.disclosure_id is not None:
        raise Refusal("supervision.circular_public", "这份通报已经公开。", "内容有误的，签发更正通知时一并撤回。")
    letter.disclosure = disclosure.publish(
        subject=f"letter:{letter.pk}",
        kind=KIND,
        title=letter.title,
        fields={
            "issuer": letter.issuer.name,
            "document_no": letter.no or "",
            "unit": letter.unit.name,
            "issued_on": letter.issued_on.isoformat(),
            "content": letter.public_text,
        },
        unit=letter.issuer.code,
        by=by,
        at=at,
    )
    letter.save(update_fields=["disclosure"])
    return letter

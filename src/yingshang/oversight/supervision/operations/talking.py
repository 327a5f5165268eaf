"""Record the talk that a letter called to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, documents, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Letter, Talk
from yingshang.oversight.supervision.operations.answering import Upload
from yingshang.oversight.supervision.operations.correcting import locked_letter


@transaction.atomic
def record_talk(
    *,
    letter_id: int,
    held_at: datetime,
    place: str,
    attendees: str,
    minutes: str,
    scan: Upload | None,
    by: Actor,
    at: datetime,
) -> Talk:
    """Record when and where the talk was, who came and what was said; return it. Recorded once.

    Raises NotFound, whatever the policy refuses, ``supervision.no_talk``,
    ``supervision.talk_recorded`` and ``supervision.talk_to_come``. Records
    ``supervision.talk_held``; the minutes enter the ledger as a commitment.
    """
    letter = locked_letter(letter_id)
    access.permit(by, "supervision.record_talk", letter)
    if letter.kind != Letter.Kind.TALK or letter.state != Letter.State.ISSUED:
        raise Refusal("supervision.no_talk", "这份文书没有约谈。", "请核对文书。")
    if Talk.objects.filter(letter=letter).exists():
        raise Refusal("supervision.talk_recorded", "这次约谈已经记录。", "请刷新页面查看记录。")
    if held_at > at:
        raise Refusal("supervision.talk_to_come", "约谈时间还没有到。", "请在约谈之后记录。")
    kept = None
    if scan is not None:
        subject = f"letter:{letter.pk}"
        kept = documents.keep(scan.stream, name=scan.name, media_type=scan.media_type, subject=subject, by=by, at=at)
    talk = Talk.objects.create(
        letter=letter,
        held_at=held_at,
        place=place,
        attendees=attendees,
        minutes=minutes,
        document=kept,
        recorded_by=by.person,
        recorded_at=at,
    )
    facts = {"no": letter.no, "minutes": ledger.private(f"{attendees}\n{minutes}")}
    ledger.record("supervision.talk_held", subject=f"letter:{letter.pk}", by=by, at=at, facts=facts)
    return talk

"""Send notices outside the platform, and try again when the gateway is down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from yingshang.kernel.errors import Unavailable
from yingshang.oversight.supervision.adapters import ADAPTERS, OutsideChannel
from yingshang.oversight.supervision.models import Letter, OutsideNotice

BATCH = 100


def put_in_outbox(letters: Sequence[Letter], *, at: datetime) -> None:
    """Put a notice of each issued letter into the outbox of each channel its ladder names; one statement."""
    rows = []
    for letter in letters:
        outside = letter.ladder.content.get("outside")
        for channel in outside["channels"] if outside else []:
            adapter = outside["adapter"]
            simulated = ADAPTERS[adapter].is_simulated
            rows.append(
                OutsideNotice(letter=letter, channel=channel, adapter=adapter, is_simulated=simulated, next_try_at=at)
            )
    OutsideNotice.objects.bulk_create(rows)


def send_waiting(*, at: datetime, adapters: Mapping[str, OutsideChannel] = ADAPTERS) -> tuple[int, int]:
    """Send what is due; return how many were sent and how many failed this time. Safe to run twice and at once.

    Each notice commits by itself. A gateway that is down is tried again after
    the waits of the ladder (``retry_minutes``); after the last the notice is
    given up, and the page of the letter says so. The letter itself was
    delivered on the workbench and no clock depends on this.
    """
    sent = failed = 0
    due = OutsideNotice.objects.filter(state=OutsideNotice.State.WAITING, next_try_at__lte=at)
    for notice_id in list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:BATCH]):
        outcome = _send_one(notice_id, at, adapters)
        sent += outcome is True
        failed += outcome is False
    return sent, failed


@transaction.atomic
def _send_one(notice_id: int, at: datetime, adapters: Mapping[str, OutsideChannel]) -> bool | None:
    rows = OutsideNotice.objects.select_for_update(of=("self",), skip_locked=True)
    related = rows.select_related("letter__bearer", "letter__ladder")
    notice = related.filter(pk=notice_id, state=OutsideNotice.State.WAITING).first()
    if notice is None:
        return None
    letter = notice.letter
    words = f"{letter.bearer.short_name}收到{letter.get_kind_display()}（{letter.no}），请登录平台查看。"
    notice.attempts += 1
    try:
        adapters[notice.adapter].send(channel=notice.channel, unit=letter.bearer.code, words=words)
    except Unavailable as down:
        waits = letter.ladder.content["outside"]["retry_minutes"]
        notice.error = str(down)[:200]
        again = notice.attempts <= len(waits)
        notice.state = OutsideNotice.State.WAITING if again else OutsideNotice.State.FAILED
        notice.next_try_at = at + timedelta(minutes=waits[notice.attempts - 1]) if again else None
    else:
        notice.state, notice.sent_at, notice.next_try_at, notice.error = OutsideNotice.State.SENT, at, None, ""
    notice.save(update_fields=["state", "attempts", "next_try_at", "sent_at", "error"])
    return notice.state == OutsideNotice.State.SENT

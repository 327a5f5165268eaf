"""Confirm a reading, or set it aside."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.plan_tasks.models import Reading
from yingshang.oversight.plan_tasks.operations.locking import closed, locked


@transaction.atomic
def confirm_reading(*, reading_id: int, by: Actor, at: datetime) -> Reading:
    """Confirm that the reading says what the document says; then it can be published.

    Raises NotFound, Refusal ``plan_tasks.questions_open`` or ``plan_tasks.reading_closed``,
    and whatever the policy refuses. Records ``plan_tasks.reading_confirmed``.
    """
    reading = locked(reading_id)
    access.permit(by, "plan_tasks.confirm_reading", reading)
    if reading.state != Reading.State.WAITING:
        raise closed(reading)
    left = reading.questions.filter(answer="").count()
    if left:
        raise Refusal("plan_tasks.questions_open", f"还有{left}个问题没有答复，不能确认。", "请逐个答复待核对的问题。")
    reading.state = Reading.State.CONFIRMED
    reading.confirmed_by, reading.confirmed_at = by.person, at
    reading.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    ledger.record(
        "plan_tasks.reading_confirmed",
        subject=f"plan_reading:{reading.pk}",
        by=by,
        at=at,
        facts={"text": reading.text_digest},
    )
    return reading


@transaction.atomic
def set_aside_reading(*, reading_id: int, by: Actor, at: datetime) -> Reading:
    """Set a reading aside: it stays on record and is never published.

    Raises NotFound, Refusal ``plan_tasks.reading_closed`` once published, and
    whatever the policy refuses. Records ``plan_tasks.reading_set_aside``.
    """
    reading = locked(reading_id)
    access.permit(by, "plan_tasks.confirm_reading", reading)
    if reading.state not in {Reading.State.WAITING, Reading.State.CONFIRMED}:
        raise closed(reading)
    reading.state = Reading.State.SET_ASIDE
    reading.save(update_fields=["state"])
    ledger.record("plan_tasks.reading_set_aside", subject=f"plan_reading:{reading.pk}", by=by, at=at, facts={})
    return reading

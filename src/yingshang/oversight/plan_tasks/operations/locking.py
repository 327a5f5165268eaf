"""Lock a reading, and say why a step is over for it."""

from __future__ import annotations

from yingshang.kernel.errors import NotFound, Refusal
from yingshang.oversight.plan_tasks.models import Reading


def locked(reading_id: int) -> Reading:
    """Return the reading, locked for this transaction. Raises NotFound."""
    reading = Reading.objects.select_for_update().filter(pk=reading_id).first()
    if reading is None:
        raise NotFound("这份待核对的方案")
    return reading


def closed(reading: Reading) -> Refusal:
    """Return the refusal for a reading whose state allows this deed no more."""
    said = f"这份方案{reading.get_state_display()}，不能再办理这一步。"
    return Refusal("plan_tasks.reading_closed", said, "请返回方案列表查看最新情况。")

"""Who may publish a calendar."""

from __future__ import annotations

from yingshang.kernel.access import policy
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@policy("clock.publish_calendar", zh="系统管理员，或者岗位中有这一项的人员：日历一变，所有正在走的期限都要重算。")
def may_publish_calendar(actor: Actor, _subject: object) -> Refusal | None:
    """The system administrator, or a person whose post carries the action: a calendar moves every running period."""
    if actor.holds("clock.publish_calendar"):
        return None
    return Refusal(
        "clock.calendar_by_administrator",
        "工作日历关系到全县每一项期限，由系统管理员录入和公布。",
        "如发现日历有误，请把国务院办公厅的通知转给系统管理员。",
    )

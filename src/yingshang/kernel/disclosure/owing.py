"""Owe a publication, or a withdrawal, by a limit."""

from __future__ import annotations

from datetime import datetime

from yingshang.kernel import org, work
from yingshang.kernel.disclosure.kind_files import kind_of
from yingshang.kernel.disclosure.models import Disclosure
from yingshang.kernel.parties import Actor

PUBLISH, WITHDRAW = "disclosure.publish", "disclosure.withdraw"


def owe_publication(
    *, subject: str, kind: str, title: str, unit: org.Unit | str, by: Actor, at: datetime, limit: str = ""
) -> work.Obligation:
    """Open a unit's duty to publish a thing; ``publish`` of the same subject fulfills it.

    Part of a deed that has asked its own policy. limit: code of another limit
    than the kind's own, for the second clock on one decision (the seven working
    days of 双公示 beside the twenty of the market regulators). Counted from the
    day of ``at``. Records and tells what ``work.owe`` does.
    """
    rule = kind_of(kind)
    return work.owe(
        kind=PUBLISH,
        title=f"公开{rule.title}：{title}"[:200],
        unit=unit,
        origin=subject,
        limit=limit or rule.limit or None,
        source=rule.source,
        by=by,
        at=at,
    )


def owe_withdrawal(*, disclosure: Disclosure, by: Actor, at: datetime) -> work.Obligation:
    """Open the unit's duty to withdraw what it published, when the decision was changed, cancelled or void.

    《行政处罚法》第四十八条: within three days, with the reason made public.
    """
    rule = kind_of(disclosure.kind)
    return work.owe(
        kind=WITHDRAW,
        title=f"撤回公开：{disclosure.title}"[:200],
        unit=disclosure.unit,
        origin=f"disclosure:{disclosure.pk}",
        limit=rule.withdraw_limit or None,
        source=rule.source,
        by=by,
        at=at,
    )

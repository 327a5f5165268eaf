"""Make the digest of a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, ledger, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Digest, DigestItem, DigestUnit, Ladder
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse
from yingshang.oversight.supervision.operations.settling import settle
from yingshang.oversight.supervision.queries.candidates import watch
from yingshang.oversight.supervision.queries.ladders import ladder_on
from yingshang.oversight.supervision.rules.picking import pick


@transaction.atomic
def make_digest(*, on: date, by: Actor, at: datetime) -> Digest:
    """Make the digest of a day, or return the one that is there: safe to run twice, also at once.

    What ended or was struck since is settled first. A digest of an earlier day
    that nobody confirmed lapses. Items are grouped by unit, the worst first,
    capped for each unit; what is over the cap is counted and comes up again.
    Statements: fixed, whatever is overdue. Raises whatever the policy refuses,
    ``supervision.no_authority`` and ``supervision.no_ladder``. Records
    ``supervision.digest_made``.
    """
    access.permit(by, "supervision.make_digest")
    authority = authority_or_refuse(on)
    ladder = ladder_or_refuse(on)
    _one_at_a_time(ladder)
    made = Digest.objects.filter(on=on).first()
    if made is not None:
        return made
    settle(on=on, by=by, at=at)
    Digest.objects.filter(state=Digest.State.DRAFTED).update(state=Digest.State.LAPSED)
    seen = watch(ladder, on)
    caps = ladder.content["caps"]
    picked = pick(seen.candidates, items_per_unit=caps["items_per_unit"], letters_per_unit=caps["letters_per_unit"])
    digest = Digest.objects.create(on=on, ladder=ladder, authority=authority, made_at=at, watched=seen.seen)
    DigestUnit.objects.bulk_create(
        DigestUnit(digest=digest, unit_id=unit_id, order=order, carried=today.carried)
        for order, (unit_id, today) in enumerate(picked.items())
    )
    chosen = [candidate for today in picked.values() for candidate in today.chosen]
    DigestItem.objects.bulk_create(
        DigestItem(
            digest=digest,
            unit_id=each.unit_id,
            obligation_id=each.obligation_id,
            supervision_id=each.supervision_id or None,
            order=order,
            place=each.rise.place,
            rung=each.rise.rung,
            rule=each.rise.rule,
            why=each.rise.why,
            color=each.color,
            days_late=each.days_late,
            due_date=each.due_date,
        )
        for order, each in enumerate(chosen)
    )
    ledger.record(
        "supervision.digest_made",
        subject=f"digest:{digest.pk}",
        by=by,
        at=at,
        facts={
            "on": on.isoformat(),
            "items": len(chosen),
            "units": len(picked),
            "carried": sum(today.carried for today in picked.values()),
        },
    )
    return digest


def ladder_or_refuse(on: date) -> Ladder:
    """Return the edition of the ladder in effect on a day. Raises Refusal ``supervision.no_ladder``."""
    ladder = ladder_on(on)
    if ladder is None:
        raise Refusal(
            "supervision.no_ladder",
            f"县级数据里没有{on:%Y年%m月%d日}有效的督办阶梯。",
            "请系统管理员核对 supervision.yaml。",
        )
    return ladder


def _one_at_a_time(ladder: Ladder) -> None:
    """Two workers that make the digest of a day at once: the second finds what the first has made."""
    Ladder.objects.select_for_update().get(pk=ladder.pk)


def sweep_and_make(*, on: date, by: Actor, at: datetime) -> Digest:
    """Note what went overdue, then make the digest; what the daily job calls."""
    work.sweep_overdue(at)
    return make_digest(on=on, by=by, at=at)

"""Deliver a published edition to everybody it is for, in the transaction that publishes it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks.models import Delivery, Edition
from yingshang.oversight.plan_tasks.queries import addressees_on, duties_standing
from yingshang.oversight.plan_tasks.rules import SIGN_FOR

LIMIT = "PLAN.SIGN"

Reason = Delivery.Reason


def deliver_edition(edition: Edition, *, before: Edition | None, by: Actor, on: date, at: datetime) -> int:
    """Deliver an edition to every unit that owes something under it or is addressed in its head; returns how many new.

    Units to which it was delivered before are left alone, so this also serves
    whoever joins later. The heir of a closed unit gets what the unit had.
    before: the edition just superseded: what is unsigned of it is taken back.
    Statements: fixed, but for deliveries taken back. Records
    ``plan_tasks.edition_delivered`` when anything was delivered.
    """
    if before is not None:
        _take_back(before, None, "新版方案已经送达，请签收新版。", at)
    delivered = {
        each.unit.code: each for each in Delivery.objects.filter(edition=edition).select_related("unit", "obligation")
    }
    gone = [each for each in delivered.values() if each.unit.is_over(on)]
    _take_back(edition, gone, "该单位已撤并，由承接单位签收。", at)
    wanted: dict[str, tuple[org.Unit, Reason]] = {}
    for unit in [heir for each in gone if (heir := org.heir_on(each.unit, on))]:
        wanted.setdefault(unit.code, (unit, Reason.HEIR))
    for duty in duties_standing(edition):
        wanted.setdefault(duty.unit.code, (duty.unit, Reason.TASK))
    for unit in addressees_on(edition, on).units:
        wanted.setdefault(unit.code, (unit, Reason.ADDRESSED))
    fresh = [pair for code, pair in wanted.items() if code not in delivered]
    return _deliver(edition, fresh, by=by, on=on, at=at)


@transaction.atomic
def deliver_to(*, edition_id: int, unit_codes: Sequence[str], by: Actor, on: date, at: datetime) -> int:
    """Deliver the edition in force to units that its head means and no list names (补送); returns how many were new.

    Raises NotFound, Refusal ``plan_tasks.edition_superseded``,
    ``plan_tasks.nobody_chosen``, and whatever the policy refuses. Records
    ``plan_tasks.edition_delivered``.
    """
    edition = Edition.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=edition_id).first()
    if edition is None:
        raise NotFound("这一版方案")
    access.permit(by, "plan_tasks.deliver", edition)
    if edition.superseded_on is not None:
        raise Refusal("plan_tasks.edition_superseded", "这一版方案已被新版替换，不再送达。", "请送达现行版本。")
    units = {unit.code: unit for unit in org.Unit.objects.filter(code__in=unit_codes).on(on)}
    unknown = [code for code in unit_codes if code not in units]
    if unknown or not units:
        said = f"名录中没有现行单位“{'、'.join(unknown)}”。" if unknown else "还没有选择单位。"
        raise Refusal("plan_tasks.nobody_chosen", said, "请从列出的单位中选择。")
    have = set(Delivery.objects.filter(edition=edition, unit__code__in=units).values_list("unit__code", flat=True))
    fresh = [(unit, Reason.ADDED) for code, unit in units.items() if code not in have]
    return _deliver(edition, fresh, by=by, on=on, at=at)


def _deliver(edition: Edition, fresh: Sequence[tuple[org.Unit, Reason]], *, by: Actor, on: date, at: datetime) -> int:
    if not fresh:
        return 0
    limit = None
    with contextlib.suppress(NotFound):
        limit = clock.limit_on(LIMIT, on)
    owed = [
        work.Owed(
            kind=SIGN_FOR,
            title=f"签收《{edition.plan.title}》通知（第{edition.number}版）",
            unit=unit,
            limit=limit,
            origin=f"plan:{edition.plan.code}",
            source=edition.document_no or edition.plan.title,
        )
        for unit, _ in fresh
    ]
    obligations = work.owe_all(owed, by=by, at=at)
    Delivery.objects.bulk_create(
        Delivery(
            edition=edition,
            unit=unit,
            reason=reason,
            obligation=obligation,
            delivered_at=at,
            delivered_by=by.person,
        )
        for (unit, reason), obligation in zip(fresh, obligations, strict=True)
    )
    ledger.record(
        "plan_tasks.edition_delivered",
        subject=f"plan:{edition.plan.code}",
        by=by,
        at=at,
        facts=_facts(edition, [unit.code for unit, _ in fresh]),
    )
    return len(fresh)


def _facts(edition: Edition, units: list[str]) -> Mapping[str, object]:
    return {"plan": edition.plan.code, "edition": edition.number, "units": len(units), "to": sorted(units)}


def _take_back(edition: Edition, deliveries: Sequence[Delivery] | None, why: str, at: datetime) -> None:
    """Cancel what is still to be signed for: of these deliveries, or of all where None is given."""
    rows = Delivery.objects.filter(edition=edition, obligation__state=work.Obligation.State.OPEN)
    if deliveries is not None:
        rows = rows.filter(pk__in=[each.pk for each in deliveries])
    for obligation_id in rows.order_by("obligation_id").values_list("obligation_id", flat=True):
        work.cancel(obligation_id=obligation_id, reason=why, by=SYSTEM, at=at)

"""The head's approval of one inspection outside the drawn ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Permission, Target
from yingshang.conduct.inspections.rules import stops
from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor

AFTERWARDS = "inspections.approve_afterwards"
AFTERWARDS_LIMIT = "INS.EMERGENCY"


@transaction.atomic
def ask_permission(
    *,
    target_code: str,
    kind: str,
    items: Sequence[str],
    cause: str,
    reason: str,
    ordered_from_above: str = "",
    is_emergency: bool = False,
    by: Actor,
    at: datetime,
) -> Permission:
    """Ask the head of the actor's unit for one inspection, and return the request.

    In an emergency the visit may go ahead; the unit then owes the approval
    within the limit ``INS.EMERGENCY``. Raises NotFound for an unknown target,
    whatever the policy refuses, Refusal ``inspections.item_not_published``,
    ``inspections.reason_missing``, ``inspections.which_order``. Records
    ``inspections.permission_asked``.
    """
    access.permit(by, "inspections.ask_permission")
    unit, today = org.unit(by.unit), clock.beijing_date(at)
    target = Target.objects.filter(code=target_code, left_on=None).first()
    if target is None:
        raise NotFound("这个检查对象")
    refused = stops.items_published(items, frozenset(queries.published_items(today)))
    if refused is not None:
        raise refused
    if not reason.strip():
        raise Refusal("inspections.reason_missing", "申请检查要写明理由。", "请填写理由。")
    if cause == Permission.Cause.ABOVE and not ordered_from_above.strip():
        raise Refusal(
            "inspections.which_order",
            "上级部署的检查要写明部署文件。",
            "请填写文件名称和文号。",
            stops.ENTERPRISE_INSPECTION_NOTICE,
        )
    permission = Permission.objects.create(
        unit=unit,
        target=target,
        kind=kind,
        items=list(dict.fromkeys(items)),
        cause=cause,
        reason=reason.strip(),
        ordered_from_above=ordered_from_above.strip(),
        is_emergency=is_emergency,
        asked_by=by.person,
        asked_at=at,
    )
    if is_emergency:
        work.owe(
            kind=AFTERWARDS,
            title=f"补办对{target.name}紧急检查的批准手续",
            unit=unit,
            limit=AFTERWARDS_LIMIT,
            origin=f"inspections.permission:{permission.pk}",
            by=by,
            at=at,
        )
    _record("inspections.permission_asked", permission, by, at)
    return permission


@transaction.atomic
def decide_permission(*, permission_id: int, grant: bool, decision: str = "", by: Actor, at: datetime) -> Permission:
    """Grant or refuse a permission, once; a refusal says why. Return it.

    Raises NotFound, whatever the policy refuses, Refusal
    ``inspections.permission_decided`` and ``inspections.reason_missing``.
    Records ``inspections.permission_granted`` or ``…_refused``; closes the duty
    to approve an emergency afterwards either way: the head has spoken.
    """
    rows = Permission.objects.select_for_update(of=("self",)).select_related("unit", "target")
    permission = rows.filter(pk=permission_id).first()
    if permission is None:
        raise NotFound("这份行政检查审批")
    access.permit(by, "inspections.decide_permission", permission)
    if permission.state != Permission.State.ASKED:
        raise Refusal(
            "inspections.permission_decided",
            f"这份审批已经办理：{permission.get_state_display()}。",
            "请刷新页面查看最新情况。",
        )
    if not grant and not decision.strip():
        raise Refusal("inspections.reason_missing", "不批准要写明理由。", "请填写理由。")
    permission.state = Permission.State.GRANTED if grant else Permission.State.REFUSED
    permission.decision, permission.decided_by, permission.decided_at = decision.strip(), by.person, at
    permission.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    origin = f"inspections.permission:{permission.pk}"
    for owed in work.Obligation.objects.filter(kind=AFTERWARDS, origin=origin, state=work.Obligation.State.OPEN):
        work.fulfill(obligation_id=owed.pk, by=by, at=at, evidence=origin)
    _record(f"inspections.permission_{'granted' if grant else 'refused'}", permission, by, at)
    return permission


def _record(kind: str, permission: Permission, by: Actor, at: datetime) -> None:
    facts = {"unit": permission.unit.code, "kind": permission.get_kind_display()[:2]}
    ledger.record(kind, subject=f"inspections.permission:{permission.pk}", by=by, at=at, facts=facts)

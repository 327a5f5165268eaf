"""Enter and end the authority to supervise; without one nothing here starts."""

from __future__ import annotations

from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import access, clock, documents, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Authority
from yingshang.oversight.supervision.policies.authority import ARTICLE_7
from yingshang.oversight.supervision.queries.authority import authority_on


def authority_or_refuse(day: date) -> Authority:
    """Return the authority that stands on a day. Raises Refusal ``supervision.no_authority``. Queries: 1."""
    standing = authority_on(day)
    if standing is None:
        raise Refusal(
            "supervision.no_authority",
            "还没有登记督查授权。未经本级政府指定的部门不能开展督查，所以督办没有启动。",
            "请由营商环境主管部门主要负责人登记批准文号和批准文件。",
            source=ARTICLE_7,
        )
    return standing


@transaction.atomic
def enter_authority(
    *,
    approval_no: str,
    text: str,
    issuer: str,
    approved_on: date,
    valid_from: date,
    valid_to: date | None,
    stream: BinaryIO,
    name: str,
    media_type: str,
    by: Actor,
    at: datetime,
) -> Authority:
    """Enter the approval that lets the actor's unit supervise, with the approving document, and return it.

    Raises whatever the policy and ``documents.keep`` refuse,
    ``supervision.authority_backwards`` and ``supervision.authority_entered``.
    Records ``supervision.authority_entered``.
    """
    access.permit(by, "supervision.enter_authority")
    if valid_to is not None and valid_to < valid_from:
        raise Refusal("supervision.authority_backwards", "授权的最后一天早于第一天。", "请核对起止日期。")
    unit = org.unit(by.unit)
    if Authority.objects.filter(unit=unit, approval_no=approval_no, ended_on=None).exists():
        raise Refusal(
            "supervision.authority_entered", f"批准文号“{approval_no}”已经登记过。", "如要更正，请先终止原来的记录。"
        )
    kept = documents.keep(stream, name=name, media_type=media_type, subject=f"authority:{unit.code}", by=by, at=at)
    entered = Authority.objects.create(
        unit=unit,
        approval_no=approval_no,
        text=text,
        issuer=issuer,
        approved_on=approved_on,
        valid_from=valid_from,
        valid_to=valid_to,
        document=kept,
        entered_by=by.person,
        entered_at=at,
    )
    ledger.record(
        "supervision.authority_entered",
        subject=f"authority:{entered.pk}",
        by=by,
        at=at,
        facts={"no": approval_no, "from": valid_from.isoformat(), "to": valid_to.isoformat() if valid_to else ""},
    )
    return entered


@transaction.atomic
def end_authority(*, authority_id: int, reason: str, by: Actor, at: datetime) -> Authority:
    """End an authority from today on and return it; what was done under it stands.

    Raises NotFound, whatever the policy refuses, ``supervision.authority_ended``,
    ``supervision.reason_missing``.
    Records ``supervision.authority_ended``.
    """
    authority = Authority.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=authority_id).first()
    if authority is None:
        raise NotFound("这项授权")
    access.permit(by, "supervision.end_authority", authority)
    if authority.ended_on is not None:
        raise Refusal(
            "supervision.authority_ended",
            f"这项授权已于{authority.ended_on:%Y年%m月%d日}终止。",
            "不需要再办理。",
        )
    if not reason.strip():
        raise Refusal("supervision.reason_missing", "还没有写明终止的原因。", "请写明原因后再提交。")
    authority.ended_on, authority.ended_by, authority.ended_reason = clock.beijing_date(at), by.person, reason.strip()
    authority.save(update_fields=["ended_on", "ended_by", "ended_reason"])
    ledger.record(
        "supervision.authority_ended",
        subject=f"authority:{authority.pk}",
        by=by,
        at=at,
        facts={"no": authority.approval_no},
    )
    return authority

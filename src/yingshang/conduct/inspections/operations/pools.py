"""Keep the two pools: who comes in, who leaves, who is suspended, who must keep away from whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yingshang.conduct.inspections.models import Exemption, Grading, Inspector, Target, Tie
from yingshang.kernel import access, clock, ledger, org
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.methods.identifiers import uscc


@transaction.atomic
def add_target(
    *,
    code: str,
    name: str,
    kind: str = "",
    industry: str = "",
    township: str = "",
    address: str = "",
    tags: Sequence[str] = (),
    grade: str,
    source: str,
    by: Actor,
    at: datetime,
) -> Target:
    """Put an enterprise into the pool, in a class, and return it.

    code: unified social credit code; written in small or full-width letters it
    is made right, a wrong check digit is refused. source: what the class rests on.
    Raises whatever the policy refuses, Refusal ``inspections.wrong_code`` and
    ``inspections.in_the_pool``. Records ``inspections.target_added``.
    """
    access.permit(by, "inspections.keep_pool")
    try:
        right = uscc.check(code)
    except ValueError as error:
        raise Refusal("inspections.wrong_code", str(error), "请对照营业执照重新输入。") from None
    on = clock.beijing_date(at)
    target, is_new = Target.objects.get_or_create(
        code=right,
        defaults={
            "name": name,
            "kind": kind,
            "industry": industry,
            "township": org.unit(township) if township else None,
            "address": address,
            "tags": list(tags),
            "joined_on": on,
        },
    )
    if not is_new:
        raise Refusal("inspections.in_the_pool", f"“{right}”已经在名录库里。", "请查到这家企业后修改。")
    Grading.objects.create(target=target, grade=grade, on=on, source=source, by=by.person)
    _record("inspections.target_added", target, by, at)
    return target


@transaction.atomic
def remove_target(*, target_id: int, reason: str, by: Actor, at: datetime) -> Target:
    """Take an enterprise out of the pool from today on, with the reason (注销、迁出……); its history stays.

    Raises NotFound, whatever the policy refuses, Refusal ``inspections.left_the_pool``
    and ``inspections.reason_missing``. Records ``inspections.target_removed``.
    """
    target = _target(target_id)
    access.permit(by, "inspections.keep_pool")
    _needs_reason(reason, "移出名录库")
    if target.left_on is not None:
        raise Refusal(
            "inspections.left_the_pool", f"“{target}”已于{target.left_on:%Y年%m月%d日}移出名录库。", "不需要再办理。"
        )
    target.left_on, target.left_because = clock.beijing_date(at), reason.strip()[:80]
    target.save(update_fields=["left_on", "left_because"])
    _record("inspections.target_removed", target, by, at)
    return target


@transaction.atomic
def grade_target(*, target_id: int, grade: str, source: str, by: Actor, at: datetime) -> Grading:
    """Put a target into a class from today on; the classes before it stay. Return the new row.

    Raises NotFound, whatever the policy refuses, and Stale when somebody graded
    it on the same day. Records ``inspections.target_graded``.
    """
    target = _target(target_id)
    access.permit(by, "inspections.keep_pool")
    _needs_reason(source, "调整风险类别")
    try:
        with transaction.atomic():
            row = Grading.objects.create(
                target=target, grade=grade, on=clock.beijing_date(at), source=source.strip()[:120], by=by.person
            )
    except IntegrityError:
        raise Stale("这家企业的风险类别") from None
    _record("inspections.target_graded", target, by, at, grade=grade)
    return row


@transaction.atomic
def observe_target(*, target_id: int, reason: str, basis: str, last: date, by: Actor, at: datetime) -> Exemption:
    """Put a new form of business under observation until a day: guidance first, no routine draw. Return the row.

    Raises NotFound, whatever the policy refuses, Refusal ``inspections.reason_missing``,
    ``inspections.observed_already``, ``inspections.observation_ends_before``.
    Records ``inspections.target_observed``.
    """
    target, today = _target(target_id), clock.beijing_date(at)
    access.permit(by, "inspections.keep_pool")
    _needs_reason(reason and basis, "列入包容审慎观察名单")
    if last < today:
        raise Refusal("inspections.observation_ends_before", "观察期的截止日已经过去。", "请填写今天或以后的日期。")
    if Exemption.objects.filter(target=target, last__gte=today, ended_on=None).exists():
        raise Refusal("inspections.observed_already", f"“{target}”已经在观察期内。", "需要延长的，先结束原来的观察期。")
    row = Exemption.objects.create(
        target=target, unit=org.unit(by.unit), reason=reason, basis=basis, first=today, last=last, by=by.person
    )
    _record("inspections.target_observed", target, by, at)
    return row


@transaction.atomic
def end_observation(*, exemption_id: int, reason: str, by: Actor, at: datetime) -> Exemption:
    """End an observation before its last day, with the reason. Raises NotFound and what the policy refuses."""
    row = Exemption.objects.select_for_update().filter(pk=exemption_id, ended_on=None).first()
    if row is None:
        raise NotFound("这段观察期")
    access.permit(by, "inspections.keep_pool")
    _needs_reason(reason, "提前结束观察期")
    row.ended_on, row.ended_because = clock.beijing_date(at), reason.strip()
    row.save(update_fields=["ended_on", "ended_because"])
    _record("inspections.observation_ended", _target(row.target_id), by, at)
    return row


@transaction.atomic
def add_inspector(
    *,
    certificate_no: str,
    name: str,
    person: org.Person | None = None,
    fields: Sequence[str],
    valid_from: date,
    valid_to: date,
    by: Actor,
    at: datetime,
) -> Inspector:
    """Put a person with a certificate into the pool of the actor's unit, and return them.

    Only holders of an enforcement certificate come in: no helpers, no
    outsourced staff (国办发〔2024〕54号). Raises whatever the policy refuses,
    Refusal ``inspections.in_the_pool`` and ``inspections.certificate_dates``.
    Records ``inspections.inspector_added``.
    """
    access.permit(by, "inspections.keep_inspector", None)
    if valid_to < valid_from:
        raise Refusal("inspections.certificate_dates", "证件有效期的截止日早于起始日。", "请对照执法证改正。")
    number = certificate_no.strip().upper()
    inspector, is_new = Inspector.objects.get_or_create(
        certificate_no=number,
        defaults={
            "name": name,
            "person": person,
            "unit": org.unit(by.unit),
            "fields": list(fields),
            "valid_from": valid_from,
            "valid_to": valid_to,
        },
    )
    if not is_new:
        raise Refusal("inspections.in_the_pool", f"“{number}”已经在名录库里。", "请查到后修改。")
    _record_inspector("inspections.inspector_added", inspector, by, at)
    return inspector


@transaction.atomic
def suspend_inspector(*, inspector_id: int, reason: str, by: Actor, at: datetime) -> Inspector:
    """Suspend a certificate from today on: no draw takes the person, no visit begins with them.

    Raises NotFound, whatever the policy refuses, Refusal ``inspections.reason_missing``.
    Records ``inspections.inspector_suspended``.
    """
    inspector = _inspector(inspector_id)
    access.permit(by, "inspections.keep_inspector", inspector)
    _needs_reason(reason, "暂扣执法证")
    inspector.suspended_on, inspector.suspended_because = clock.beijing_date(at), reason.strip()
    inspector.save(update_fields=["suspended_on", "suspended_because"])
    _record_inspector("inspections.inspector_suspended", inspector, by, at)
    return inspector


@transaction.atomic
def restore_inspector(*, inspector_id: int, by: Actor, at: datetime) -> Inspector:
    """Give a suspended certificate back. Raises NotFound, what the policy refuses. Records it."""
    inspector = _inspector(inspector_id)
    access.permit(by, "inspections.keep_inspector", inspector)
    inspector.suspended_on, inspector.suspended_because = None, ""
    inspector.save(update_fields=["suspended_on", "suspended_because"])
    _record_inspector("inspections.inspector_restored", inspector, by, at)
    return inspector


@transaction.atomic
def declare_tie(*, inspector_id: int, target_id: int, kind: str, since: date, by: Actor, at: datetime) -> Tie:
    """Declare that an inspector must keep away from a target (《行政处罚法》第四十三条), and return the row.

    Raises NotFound, whatever the policy refuses, Stale when it stands already.
    Records ``inspections.tie_declared`` with a commitment, never the two names.
    """
    inspector, target = _inspector(inspector_id), _target(target_id)
    access.permit(by, "inspections.declare_tie", inspector)
    try:
        with transaction.atomic():
            row = Tie.objects.create(inspector=inspector, target=target, kind=kind, since=since, by=by.person)
    except IntegrityError:
        raise Stale("这条回避关系") from None
    facts = {"tie": ledger.private(f"{inspector.certificate_no}|{target.code}|{kind}")}
    ledger.record("inspections.tie_declared", subject=f"inspections.tie:{row.pk}", by=by, at=at, facts=facts)
    return row


def _target(target_id: int) -> Target:
    target = Target.objects.select_for_update(of=("self",)).filter(pk=target_id).first()
    if target is None:
        raise NotFound("这个检查对象")
    return target


def _inspector(inspector_id: int) -> Inspector:
    rows = Inspector.objects.select_for_update(of=("self",)).select_related("unit", "person")
    inspector = rows.filter(pk=inspector_id).first()
    if inspector is None:
        raise NotFound("这名执法人员")
    return inspector


def _needs_reason(reason: str, deed: str) -> None:
    if not reason.strip():
        raise Refusal("inspections.reason_missing", f"{deed}要写明理由和依据。", "请填写后再提交。")


def _record(kind: str, target: Target, by: Actor, at: datetime, **facts: str) -> None:
    ledger.record(kind, subject=f"inspections.target:{target.pk}", by=by, at=at, facts={"code": target.code, **facts})


def _record_inspector(kind: str, inspector: Inspector, by: Actor, at: datetime) -> None:
    facts = {"certificate_no": inspector.certificate_no, "unit": inspector.unit.code}
    ledger.record(kind, subject=f"inspections.inspector:{inspector.pk}", by=by, at=at, facts=facts)

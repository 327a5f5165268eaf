"""The enterprise's side: what else came, how it was, and an alarm about a visit that should not be."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Alarm, OtherVisit, Rating, Target, Visit
from yingshang.kernel import access, clock, events, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor

EXPLAIN, EXPLAIN_LIMIT = "inspections.explain", "INS.EXPLAIN"


@transaction.atomic
def note_other_visit(*, code: str, purpose: str, remark: str = "", by: Actor, at: datetime) -> OtherVisit:
    """Record that officials came for something else than an inspection, by the code at the door; return the row.

    Raises NotFound for an unknown enterprise and what the policy refuses.
    Records ``inspections.other_visit``.
    """
    access.permit(by, "inspections.note_other_visit")
    target = queries.target_at(code)
    row = OtherVisit.objects.create(
        target=target, unit=org.unit(by.unit), purpose=purpose, remark=remark.strip(), by=by.person, at=at
    )
    facts = {"unit": by.unit, "code": target.code, "purpose": row.get_purpose_display()}
    ledger.record("inspections.other_visit", subject=f"inspections.target:{target.pk}", by=by, at=at, facts=facts)
    return row


@transaction.atomic
def rate_visit(*, public_id: UUID, level: int, words: str = "", by: Actor, at: datetime) -> Rating:
    """Keep what the enterprise thinks of a visit, once and without the person; return the row.

    Raises NotFound for somebody else's visit, Refusal ``inspections.rated_already``
    and ``inspections.not_visited_yet``. Records nothing: the ledger would tell who and when.
    """
    visit = queries.visit_with(public_id)
    if not _is_the_enterprise(by, visit.target):
        raise NotFound("这次检查")
    if visit.state in (Visit.State.PLANNED, Visit.State.STARTED):
        raise Refusal("inspections.not_visited_yet", "检查还没有结束。", "请在检查结束以后评价。")
    try:
        with transaction.atomic():
            return Rating.objects.create(visit=visit, level=level, words=words.strip(), on=clock.beijing_date(at))
    except IntegrityError:
        raise Refusal("inspections.rated_already", "这次检查已经评价过了。", "一次检查评价一次。") from None


@transaction.atomic
def raise_alarm(*, code: str, unit: str, what: str, happened_on: date, by: Actor, at: datetime) -> Alarm:
    """Take the word of an enterprise that somebody inspected as they must not; the unit owes an explanation.

    by: acts for the enterprise. Raises NotFound for another's enterprise or an
    unknown unit, Refusal ``inspections.reason_missing`` and
    ``inspections.not_yet_happened``. Records ``inspections.alarm_raised``
    (strict) and tells ``inspections.alarm_raised``.
    """
    target = queries.target_at(code)
    if not _is_the_enterprise(by, target):
        raise NotFound("这家企业")
    if not what.strip():
        raise Refusal("inspections.reason_missing", "没有写明发生了什么。", "请写明来了什么人、做了什么。")
    if happened_on > clock.beijing_date(at):
        raise Refusal("inspections.not_yet_happened", "日期在今天以后。", "请改正日期。")
    named = org.unit(unit)
    owed = work.owe(
        kind=EXPLAIN,
        title=f"说明{happened_on:%m月%d日}在{target.name}的检查",
        unit=named,
        limit=EXPLAIN_LIMIT,
        origin=f"inspections.target:{target.pk}",
        source="国办发〔2024〕54号",
        by=by,
        at=at,
    )
    alarm = Alarm.objects.create(
        target=target, unit=named, what=what.strip(), happened_on=happened_on, raised_at=at, obligation=owed
    )
    facts = {"unit": named.code, "on": happened_on.isoformat()}
    ledger.record("inspections.alarm_raised", subject=f"inspections.alarm:{alarm.pk}", by=by, at=at, facts=facts)
    events.tell("inspections.alarm_raised", at=at, unit=named.code)
    return alarm


@transaction.atomic
def explain_alarm(*, alarm_id: int, explanation: str, by: Actor, at: datetime) -> Alarm:
    """Answer an alarm; return it. The enterprise and the bureau read the answer.

    Raises NotFound, what the policy refuses, Refusal ``inspections.reason_missing``
    and ``inspections.explained_already``. Records ``inspections.alarm_explained``.
    """
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("unit", "target").filter(pk=alarm_id).first()
    if alarm is None:
        raise NotFound("这条反映")
    access.permit(by, "inspections.explain", alarm)
    if not explanation.strip():
        raise Refusal("inspections.reason_missing", "没有写明情况。", "请写明是谁、凭什么检查，或者怎样纠正。")
    if alarm.explained_at is not None:
        raise Refusal("inspections.explained_already", "这条反映已经说明过了。", "请刷新页面查看。")
    alarm.explanation, alarm.explained_at = explanation.strip(), at
    alarm.save(update_fields=["explanation", "explained_at"])
    work.fulfill(obligation_id=alarm.obligation_id, by=by, at=at, evidence=f"inspections.alarm:{alarm.pk}")
    facts = {"unit": alarm.unit.code}
    ledger.record("inspections.alarm_explained", subject=f"inspections.alarm:{alarm.pk}", by=by, at=at, facts=facts)
    return alarm


def _is_the_enterprise(actor: Actor, target: Target) -> bool:
    return target.party is not None and actor.party == str(target.party.public_id)

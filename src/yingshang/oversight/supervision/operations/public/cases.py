"""Praise and exposure: drafted, reviewed by a second person, the unit heard, approved by the head, public together."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, disclosure, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision.models import TypicalCase

ARTICLES = "《政府督查工作条例》第十八条、第二十一条"
State, Kind = TypicalCase.State, TypicalCase.Kind


@transaction.atomic
def draft_case(*, kind: str, title: str, unit: str, story: str, evidence: str, by: Actor, at: datetime) -> TypicalCase:
    """Draft a case page and return it.

    evidence: what it rests on, one to a line. Raises NotFound, Refusal
    ``supervision.only_counts_of_unit``, ``supervision.evidence_missing`` and
    what the policy refuses. Records ``supervision.case_drafted``.
    """
    access.permit(by, "supervision.draft_case")
    concerned = org.unit(unit)
    if concerned.counts_only:
        raise Refusal(
            "supervision.only_counts_of_unit",
            f"对{concerned.short_name}，平台只收数量，不作典型案例。",
            "请选择其他单位。",
        )
    if not (title.strip() and story.strip() and evidence.strip()):
        raise Refusal("supervision.evidence_missing", "典型案例要写明经过和依据。", "请补全题目、经过和依据。")
    case = TypicalCase.objects.create(
        kind=kind,
        title=title.strip(),
        unit=concerned,
        story=story.strip(),
        evidence=evidence.strip(),
        drafted_by=by.person,
        drafted_at=at,
    )
    _record("supervision.case_drafted", case, by, at)
    return case


@transaction.atomic
def review_case(*, case_id: UUID, by: Actor, at: datetime) -> TypicalCase:
    """Confirm as a second person that the evidence holds; an exposed unit is then to be heard. Returns the case.

    Raises NotFound, Refusal ``supervision.case_stands_elsewhere`` and what the
    policy refuses. Records ``supervision.case_reviewed``.
    """
    case = _locked(case_id)
    access.permit(by, "supervision.review_case", case)
    _refuse_unless(case, State.DRAFTED)
    case.state, case.reviewed_by = State.REVIEWED, by.person
    if case.kind == Kind.EXPOSURE:
        case.hearing = work.owe(
            kind="supervision.be_heard",
            title=f"对拟曝光的案例“{case.title}”陈述意见",
            unit=case.unit,
            limit="CAS.HEARING",
            origin=f"supervision:case:{case.pk}",
            by=by,
            at=at,
        )
    case.save(update_fields=["state", "reviewed_by", "hearing"])
    _record("supervision.case_reviewed", case, by, at)
    return case


@transaction.atomic
def hear_unit(*, case_id: UUID, statement: str, by: Actor, at: datetime) -> TypicalCase:
    """Take down what the unit says to its exposure; it will stand on the page. Returns the case.

    Raises NotFound, Refusal ``supervision.case_stands_elsewhere``,
    ``supervision.reason_missing`` and what the policy refuses. Records
    ``supervision.unit_heard``.
    """
    case = _locked(case_id)
    access.permit(by, "supervision.be_heard", case)
    _refuse_unless(case, State.REVIEWED, exposure=True)
    if not statement.strip():
        raise Refusal("supervision.reason_missing", "还没有写明意见。", "没有异议的，请写“没有异议”。")
    assert case.hearing is not None  # opened with the review of an exposure
    work.fulfill(obligation_id=case.hearing.pk, by=by, at=at, evidence=f"case:{case.pk}")
    case.state, case.statement = State.HEARD, statement.strip()
    case.save(update_fields=["state", "statement"])
    _record("supervision.unit_heard", case, by, at)
    return case


@transaction.atomic
def publish_case(*, case_id: UUID, by: Actor, at: datetime) -> TypicalCase:
    """Approve a case and make it public; return it.

    Raises NotFound, Refusal ``supervision.unit_not_heard`` for an exposure,
    ``supervision.case_stands_elsewhere``, what ``disclosure.publish`` and the
    policy refuse. Records ``supervision.case_published`` and
    ``disclosure.published``.
    """
    case = _locked(case_id)
    access.permit(by, "supervision.approve_case", case)
    if case.kind == Kind.EXPOSURE and case.state == State.REVIEWED:
        raise Refusal(
            "supervision.unit_not_heard",
            f"还没有听取{case.unit.short_name}的意见，不能曝光。",
            "请等该单位陈述意见。",
            source=ARTICLES,
        )
    _refuse_unless(case, State.HEARD if case.kind == Kind.EXPOSURE else State.REVIEWED)
    case.disclosure = disclosure.publish(
        subject=f"case:{case.pk}",
        kind=case.kind,
        title=case.title,
        fields={
            "unit": case.unit.name,
            "story": case.story,
            "evidence": case.evidence,
            "statement": case.statement,
        },
        unit=by.unit,
        by=by,
        at=at,
    )
    case.state, case.approved_by = State.PUBLISHED, by.person
    case.save(update_fields=["state", "approved_by", "disclosure"])
    _record("supervision.case_published", case, by, at)
    return case


@transaction.atomic
def drop_case(*, case_id: UUID, reason: str, by: Actor, at: datetime) -> TypicalCase:
    """Leave a case unpublished, or withdraw a public one, with the reason; return it.

    Raises NotFound, Refusal ``supervision.case_stands_elsewhere``,
    ``supervision.reason_missing``, what ``disclosure.withdraw`` and the policy
    refuse. Records ``supervision.case_dropped``.
    """
    case = _locked(case_id)
    access.permit(by, "supervision.approve_case", case)
    if case.state in {State.DROPPED, State.WITHDRAWN}:
        raise _elsewhere(case)
    if not reason.strip():
        raise Refusal("supervision.reason_missing", "还没有写明原因。", "请写明原因后再提交。", source=ARTICLES)
    if case.disclosure is not None:
        disclosure.withdraw(disclosure_id=case.disclosure.pk, reason=reason.strip(), by=by, at=at)
    if case.hearing is not None and case.hearing.state == work.Obligation.State.OPEN:
        work.cancel(obligation_id=case.hearing.pk, reason="案例不予公开。", by=SYSTEM, at=at)
    case.state = State.WITHDRAWN if case.disclosure is not None else State.DROPPED
    case.reason = reason.strip()[:1000]
    case.save(update_fields=["state", "reason"])
    _record("supervision.case_dropped", case, by, at)
    return case


def _locked(case_id: UUID) -> TypicalCase:
    rows = TypicalCase.objects.select_for_update(of=("self",)).select_related("unit", "hearing", "disclosure")
    found = rows.filter(pk=case_id).first()
    if found is None:
        raise NotFound("这个典型案例")
    return found


def _refuse_unless(case: TypicalCase, state: str, *, exposure: bool = False) -> None:
    if case.state != state or (exposure and case.kind != Kind.EXPOSURE):
        raise _elsewhere(case)


def _elsewhere(case: TypicalCase) -> Refusal:
    return Refusal(
        "supervision.case_stands_elsewhere",
        f"这个案例现在是“{case.get_state_display()}”，不能办理这一步。",
        "请刷新页面查看最新情况。",
    )


def _record(kind: str, case: TypicalCase, by: Actor, at: datetime) -> None:
    ledger.record(kind, subject=f"case:{case.pk}", by=by, at=at, facts={"kind": case.get_kind_display()})

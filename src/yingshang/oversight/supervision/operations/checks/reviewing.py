"""A unit asks for a review of a conclusion; somebody who had no part in it decides (art. 17)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import ConclusionObjection, Finding, RectificationAnswer
from yingshang.oversight.supervision.operations.checks.locking import locked_check, refuse_unless
from yingshang.oversight.supervision.operations.waiting import last_day
from yingshang.oversight.supervision.rules import checks as rules

ARTICLE_17 = "《政府督查工作条例》第十七条"


@transaction.atomic
def object_to_conclusion(*, check_id: UUID, text: str, by: Actor, at: datetime) -> ConclusionObjection:
    """Ask for a review within SUP.OBJECT of the conclusion; the bureau owes a decision within SUP.REVIEW.

    Putting right goes on meanwhile. Raises NotFound, Refusal
    ``supervision.check_stands_elsewhere``, ``supervision.conclusion_objected_before``,
    ``supervision.conclusion_stands``, ``supervision.reason_missing`` and what the
    policy refuses. Records ``supervision.conclusion_objected``.
    """
    check = locked_check(check_id, by)
    access.permit(by, "supervision.object_to_conclusion", check)
    refuse_unless(check, rules.CONCLUDED)
    if ConclusionObjection.objects.filter(of=check).exists():
        raise Refusal(
            "supervision.conclusion_objected_before",
            "对这次检查的结论已经申请过复核。",
            "请查看复核的进展。",
            source=ARTICLE_17,
        )
    assert check.concluded_at is not None  # held by a constraint of the table
    last = last_day("SUP.OBJECT", on=clock.beijing_date(check.concluded_at))
    if clock.beijing_date(at) > last:
        raise Refusal(
            "supervision.conclusion_stands",
            f"申请复核的期限是{last:%Y年%m月%d日}，已经过了。",
            "如有新的情况，请在整改答复中说明。",
            source=ARTICLE_17,
        )
    if not text.strip():
        raise Refusal("supervision.reason_missing", "还没有写明哪里不对。", "请写明理由和依据。")
    duty = work.owe(
        kind="supervision.review_conclusion",
        title=f"对{check.number}的结论作出复核决定",
        unit=queries.rules_of_county().bureau,
        limit="SUP.REVIEW",
        origin=f"supervision:check:{check.pk}",
        by=SYSTEM,
        at=at,
    )
    asked = ConclusionObjection.objects.create(of=check, text=text.strip(), by=by.person, at=at, duty=duty)
    facts = {"no": check.number, "text": ledger.private(asked.text)}
    ledger.record("supervision.conclusion_objected", subject=f"check:{check.pk}", by=by, at=at, facts=facts)
    return asked


@transaction.atomic
def decide_conclusion_review(
    *, check_id: UUID, is_upheld: bool, reason: str, by: Actor, at: datetime
) -> ConclusionObjection:
    """Decide a review and return it. Upheld: what is still open of the findings is taken back with the reason.

    Raises NotFound, Refusal ``supervision.conclusion_review_decided``,
    ``supervision.reason_missing`` and what the policy refuses. Records
    ``supervision.conclusion_review_decided``.
    """
    check = locked_check(check_id, by)
    asked = ConclusionObjection.objects.filter(of=check).first()
    if asked is None:
        raise NotFound("这件复核申请")
    access.permit(by, "supervision.decide_conclusion_review", check)
    if asked.outcome:
        raise Refusal("supervision.conclusion_review_decided", "这件复核已经作出决定。", "请刷新页面查看决定。")
    if not reason.strip():
        raise Refusal("supervision.reason_missing", "还没有写明决定的理由。", "请写明理由后再提交。")
    outcome = ConclusionObjection.Outcome
    asked.outcome = outcome.UPHELD if is_upheld else outcome.KEPT
    asked.reason, asked.decided_by, asked.decided_at = reason.strip(), by.person, at
    asked.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
    work.fulfill(obligation_id=asked.duty_id, by=SYSTEM, at=at, evidence=asked.get_outcome_display())
    if is_upheld:
        for finding in check.findings.exclude(state=rules.CLOSED).select_related("duty"):
            _take_back(finding, asked.reason, at)
    facts = {"no": check.number, "outcome": asked.get_outcome_display(), "reason": ledger.private(asked.reason)}
    ledger.record("supervision.conclusion_review_decided", subject=f"check:{check.pk}", by=by, at=at, facts=facts)
    return asked


def _take_back(finding: Finding, reason: str, at: datetime) -> None:
    waiting = RectificationAnswer.objects.filter(finding=finding, verdict="").first()
    if waiting is not None:
        waiting.verdict, waiting.reason = RectificationAnswer.Verdict.ACCEPTED, f"复核决定：{reason}"[:2000]
        waiting.judged_by, waiting.judged_at = SYSTEM.person, at
        waiting.save(update_fields=["verdict", "reason", "judged_by", "judged_at"])
        work.cancel(obligation_id=waiting.judging_id, reason="结论已更正。", by=SYSTEM, at=at)
    work.cancel(obligation_id=finding.duty_id, reason=f"复核决定：{reason}"[:400], by=SYSTEM, at=at)
    finding.state = rules.CLOSED
    finding.save(update_fields=["state"])

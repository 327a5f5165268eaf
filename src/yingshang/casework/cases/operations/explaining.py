"""A case that was late owes its reason, in public (《优化营商环境条例》第三十六条)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, Explanation
from yingshang.casework.cases.queries.clocks import OF_THE_DECISION
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, clock, disclosure, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor

EXPLAIN, LIMIT, SHOWN_AS = "cases.explain_overdue", "CASE.EXPLAIN", "overdue_reason"


@transaction.atomic
def owe_explanation(*, obligation_id: int, at: datetime) -> Explanation | None:
    """Open the duty to explain a missed limit of a case, once for each case; None where it is none of a case.

    A case whose promised and statutory limits are both missed explains itself
    once. Records ``work.obligation_opened``.
    """
    late = work.Obligation.objects.select_related("unit", "dossier").filter(pk=obligation_id).first()
    if late is None or late.key not in OF_THE_DECISION or late.dossier_id is None or late.unit is None:
        return None
    case = (
        Case.objects.select_for_update(of=("self",)).select_related("dossier").filter(dossier=late.dossier_id).first()
    )
    if case is None or case.explanations.exists():
        return None
    duty = work.owe(
        kind=EXPLAIN,
        title=f"公开说明超期原因：{case.dossier.title}",
        unit=late.unit,
        dossier=case.dossier,
        origin=f"case:{case.pk}",
        limit=LIMIT,
        by=SYSTEM,
        at=at,
    )
    return Explanation.objects.create(case=case, late=late, duty=duty)


@transaction.atomic
def explain_overdue(
    *, explanation_id: int, reason: str, by: Actor, at: datetime, expected_on: date | None = None
) -> Explanation:
    """Publish why a case was late, and return the explanation; the duty is fulfilled.

    expected_on: when it is now expected to be decided. What is shown names the
    item and the unit, never the applicant.
    Raises NotFound, what the policies refuse, Refusal ``cases.explained_before``,
    ``cases.reasons_missing``. Records ``disclosure.published`` and ``cases.overdue_explained``.
    """
    explanation = (
        Explanation.objects.select_for_update(of=("self",)).select_related("late").filter(pk=explanation_id).first()
    )
    if explanation is None:
        raise NotFound("这项超期说明")
    case = found(explanation.case_id)
    access.permit(by, "cases.explain_overdue", case)
    if explanation.explained_at is not None:
        raise Refusal("cases.explained_before", "超期原因已经公开。", "不需要再次说明。")
    if not reason.strip():
        raise Refusal(
            "cases.reasons_missing",
            "超期的办件要公开说明理由。",
            "请写明超期的原因，以及预计什么时候办结。",
            source="《优化营商环境条例》第三十六条",
        )
    explanation.reason, explanation.expected_on = reason.strip(), expected_on
    explanation.explained_at, explanation.explained_by = at, by.person
    explanation.save(update_fields=["reason", "expected_on", "explained_at", "explained_by"])
    work.fulfill(obligation_id=explanation.duty_id, by=by, at=at, evidence=f"case:{case.pk}")
    late_since = explanation.late.first_overdue_on or clock.beijing_date(at)
    disclosure.publish(
        subject=f"case:{case.pk}",
        kind=SHOWN_AS,
        title=f"{case.version.title}办件超期说明",
        fields={
            "item": case.version.title,
            "authority": case.unit.name,
            "late_since": late_since.isoformat(),
            "reason": explanation.reason,
            "expected_on": expected_on.isoformat() if expected_on else "",
        },
        unit=case.unit.code,
        by=by,
        at=at,
    )
    ledger.record("cases.overdue_explained", subject=f"case:{case.pk}", by=by, at=at, facts={})
    return explanation

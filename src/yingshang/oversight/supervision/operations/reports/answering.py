"""The unit signs for a report, returns it, or asks that it be closed; it never closes one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, documents, ledger, work
from yingshang.kernel.audience import Audience
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.operations.reports.locking import locked, note, reason_given, refuse_unless
from yingshang.oversight.supervision.operations.waiting import last_day, stand
from yingshang.oversight.supervision.policies.reports import TRIAGE
from yingshang.oversight.supervision.rules import reports as rules


@transaction.atomic
def sign_for_report(*, report_id: UUID, by: Actor, at: datetime) -> ProblemReport:
    """Sign for a report on behalf of its unit and return it.

    Raises NotFound, Refusal ``supervision.report_stands_elsewhere`` and what
    the policy refuses. Records ``supervision.report_signed``.
    """
    report = locked(pk=report_id)
    access.permit(by, "supervision.answer_report", report)
    refuse_unless(report, rules.SIGNED)
    assert report.signing is not None  # opened with the assignment
    work.fulfill(obligation_id=report.signing.pk, by=by, at=at, evidence=f"report:{report.pk}")
    report.state = rules.SIGNED
    report.save(update_fields=["state"])
    note(report, ReportStep.Kind.SIGNED, "", by=by, at=at)
    ledger.record("supervision.report_signed", subject=f"report:{report.pk}", by=by, at=at, facts={})
    return report


@transaction.atomic
def return_report(*, report_id: UUID, reason: str, by: Actor, at: datetime) -> ProblemReport:
    """Give back a report that is not the unit's business, with the reason; the bureau owes triage anew.

    Raises NotFound, Refusal ``supervision.reason_missing``,
    ``supervision.report_stands_elsewhere`` and what the policy refuses.
    Records ``supervision.report_returned``.
    """
    report = locked(pk=report_id)
    access.permit(by, "supervision.answer_report", report)
    refuse_unless(report, rules.WAITING)
    reason = reason_given(reason, "退回的原因，以及应当由谁办理")
    for duty in (report.signing, report.settling):
        if duty is not None and duty.state == work.Obligation.State.OPEN:
            work.cancel(obligation_id=duty.pk, reason="承办单位退回，重新分办。", by=SYSTEM, at=at)
    note(report, ReportStep.Kind.RETURNED, reason, by=by, at=at)
    report.state, report.unit, report.signing, report.settling = rules.WAITING, None, None, None
    report.triage = work.owe(
        kind="supervision.triage_report",
        title="重新分办被退回的群众反映",
        unit=queries.rules_of_county().bureau,
        limit="RPT.TRIAGE",
        origin="reports",
        by=SYSTEM,
        at=at,
    )
    report.save(update_fields=["state", "unit", "signing", "settling", "triage"])
    ledger.record("supervision.report_returned", subject=f"report:{report.pk}", by=by, at=at, facts={})
    return report


@transaction.atomic
def ask_to_close_report(
    *, report_id: UUID, done: str, files: Sequence[tuple[BinaryIO, str, str]] = (), by: Actor, at: datetime
) -> ProblemReport:
    """Say what was done and ask that the report be closed (申请办结); the asker decides.

    files: (stream, name, media type) of what shows it. The unit's clock stands
    while the asker has the word. Raises NotFound, Refusal
    ``supervision.reason_missing``, ``supervision.report_stands_elsewhere``,
    what ``documents.keep`` and the policy refuse. Records
    ``supervision.report_asked_to_close``.
    """
    report = locked(pk=report_id)
    access.permit(by, "supervision.answer_report", report)
    refuse_unless(report, rules.ASKED)
    done = reason_given(done, "做了什么、结果怎样")
    assert report.settling is not None  # opened with the assignment
    today = clock.beijing_date(at)
    readers = Audience(unit=by.unit, handlers=frozenset(queries.holders_of(TRIAGE, today)))
    for stream, name, media_type in files:
        subject = queries.evidence_subject_of(report)
        documents.keep(stream, name=name, media_type=media_type, subject=subject, by=by, at=at, audience=readers)
    stand(report.settling, reason="等待反映人确认", by=by, at=at)
    report.state, report.asked_at, report.answer_until = rules.ASKED, at, last_day("RPT.CONFIRM", on=today)
    report.save(update_fields=["state", "asked_at", "answer_until"])
    note(report, ReportStep.Kind.ASKED, done, by=by, at=at)
    ledger.record("supervision.report_asked_to_close", subject=f"report:{report.pk}", by=by, at=at, facts={})
    return report

"""The asker says whether it is solved; who says nothing is waited for, then a second person of the bureau looks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, ledger, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import ANONYMOUS, SYSTEM, Actor
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.operations.reports.locking import locked, note, reason_given, refuse_unless
from yingshang.oversight.supervision.operations.waiting import go_on
from yingshang.oversight.supervision.rules import reports as rules


@transaction.atomic
def confirm_report(*, number: str, code: str, at: datetime) -> ProblemReport:
    """The asker confirms that the problem is solved; the unit's duty is fulfilled. Returns the report.

    Raises NotFound unless number and code open a report, and Refusal
    ``supervision.report_stands_elsewhere``. Records
    ``supervision.report_confirmed``; nobody is named.
    """
    report = locked(door=rules.door(number, code))
    access.permit(ANONYMOUS, "supervision.settle_report")
    refuse_unless(report, rules.CONFIRMED)
    note(report, ReportStep.Kind.CONFIRMED, "", by=None, at=at)
    return _settled(report, rules.CONFIRMED, at)


@transaction.atomic
def reopen_report(*, number: str, code: str, reason: str, at: datetime) -> ProblemReport:
    """The asker says that it is not solved, and why; the unit has it again and its clock goes on.

    Raises NotFound as ``confirm_report``, Refusal ``supervision.reason_missing``
    and ``supervision.report_stands_elsewhere``. Records ``supervision.report_reopened``.
    """
    report = locked(door=rules.door(number, code))
    access.permit(ANONYMOUS, "supervision.settle_report")
    if report.state != rules.ASKED:
        refuse_unless(report, rules.CONFIRMED)
    reason = rules.extract(reason_given(reason, "哪里没有解决"))
    assert report.settling is not None  # a report with a unit has one
    go_on(report.settling, by=SYSTEM, at=at)
    report.state = rules.SIGNED
    report.save(update_fields=["state"])
    note(report, ReportStep.Kind.UNSOLVED, reason, by=None, at=at)
    ledger.record("supervision.report_reopened", subject=f"report:{report.pk}", by=SYSTEM, at=at, facts={})
    return report


@transaction.atomic
def close_unanswered_report(*, report_id: UUID, seen: str, by: Actor, at: datetime) -> ProblemReport:
    """A second person of the bureau closes what the asker has not answered in the county's time; returns the report.

    seen: what this person looked at. Marked for good as not confirmed by the
    asker. Raises NotFound, Refusal ``supervision.asker_has_time``,
    ``supervision.reason_missing``, ``supervision.report_stands_elsewhere`` and
    what the policy refuses. Records ``supervision.report_closed_unanswered``.
    """
    report = locked(pk=report_id)
    access.permit(by, "supervision.close_unanswered", report)
    refuse_unless(report, rules.UNCONFIRMED)
    assert report.answer_until is not None  # set when the unit asked
    if clock.beijing_date(at) <= report.answer_until:
        raise Refusal(
            "supervision.asker_has_time",
            f"反映人可以确认到{report.answer_until:%Y年%m月%d日}，还没有到期。",
            "请等反映人确认，或者到期以后再核实办结。",
        )
    seen = reason_given(seen, "核实了什么")
    note(report, ReportStep.Kind.UNCONFIRMED, seen, by=by, at=at)
    settled = _settled(report, rules.UNCONFIRMED, at)
    ledger.record("supervision.report_closed_unanswered", subject=f"report:{report.pk}", by=by, at=at, facts={})
    return settled


def _settled(report: ProblemReport, state: str, at: datetime) -> ProblemReport:
    assert report.settling is not None  # a report with a unit has one
    said = "反映人确认已解决" if state == rules.CONFIRMED else "未经反映人确认"
    work.fulfill(obligation_id=report.settling.pk, by=SYSTEM, at=at, evidence=said)
    report.state, report.closed_at = state, at
    report.save(update_fields=["state", "closed_at"])
    if state == rules.CONFIRMED:
        ledger.record("supervision.report_confirmed", subject=f"report:{report.pk}", by=SYSTEM, at=at, facts={})
    return report

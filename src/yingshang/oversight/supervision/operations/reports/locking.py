"""Lock a report, note a step, and say why a step is over for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.rules import reports as rules


def locked(**which: Any) -> ProblemReport:
    """Return the one report that fits, locked for this transaction. Raises NotFound."""
    rows = ProblemReport.objects.select_for_update(of=("self",)).select_related("unit", "settling", "signing", "triage")
    report = rows.filter(**which).first()
    if report is None:
        raise NotFound("这件反映")
    return report


def refuse_unless(report: ProblemReport, after: str) -> None:
    """Raise the Refusal for a report that cannot go to the state ``after`` from where it stands."""
    if not rules.may_follow(report.state, after):
        raise Refusal(
            "supervision.report_stands_elsewhere",
            f"这件反映现在是“{report.get_state_display()}”，不能办理这一步。",
            "请刷新页面查看最新情况。",
        )


def note(report: ProblemReport, kind: str, text: str, *, by: Actor | None, at: datetime) -> ReportStep:
    """Write down a step. by: None for the asker, of whom nothing is written down."""
    unit = org.unit(by.unit) if by is not None and by.unit else None
    person = by.person if by is not None else ""
    return ReportStep.objects.create(report=report, kind=kind, at=at, text=text, unit=unit, person=person)


def reason_given(text: str, what: str) -> str:
    """Return a text without the blanks around it. Raises Refusal ``supervision.reason_missing``."""
    if not text.strip():
        raise Refusal("supervision.reason_missing", f"还没有写明{what}。", f"请写明{what}后再提交。")
    return text.strip()

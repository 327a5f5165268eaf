"""Who reports a problem, who triages it, who answers for it, who closes it."""

from __future__ import annotations

from django.db.models import QuerySet

from yingshang.kernel.access import policy, visibility
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision.models import ProblemReport
from yingshang.oversight.supervision.policies.authority import needs_post

TRIAGE, ANSWER = "supervision.triage_report", "supervision.answer_report"
CLOSE = "supervision.close_unanswered"


def triages(actor: Actor) -> bool:
    """Return whether an actor holds the post that triages reports."""
    return bool(actor.unit) and actor.holds(TRIAGE)


@policy("supervision.file_report", zh="任何人，不用登录，也不用说自己是谁。")
def may_file_report(_actor: Actor, _: object) -> Refusal | None:
    """Anybody."""
    return None


@policy("supervision.settle_report", zh="反映人本人，凭编号和查询码；平台不知道反映人是谁，也不问。")
def may_settle_report(_actor: Actor, _: object) -> Refusal | None:
    """Whoever holds the number and the code; the operation finds the report by both together or not at all."""
    return None


@policy("supervision.triage_report", zh="县营商环境建设监督局中，岗位有分办群众反映这一项的人员。")
def may_triage_report(actor: Actor, _: object) -> Refusal | None:
    """An officer of the bureau whose post carries the triage of reports."""
    return needs_post(actor, TRIAGE, "分办群众反映")


@policy("supervision.answer_report", zh="承办单位中，岗位有办理群众反映这一项的人员。")
def may_answer_report(actor: Actor, report: ProblemReport) -> Refusal | None:
    """An officer of the unit that the report was assigned to, whose post carries the answering."""
    if report.unit is None or actor.unit != report.unit.code:
        return Refusal("supervision.report_of_another_unit", "这件反映由承办单位办理。", "请由承办单位的人员办理。")
    return needs_post(actor, ANSWER, "办理群众反映")


@policy("supervision.close_unanswered", zh="岗位可以分办的人员，但不能是当初交办这件反映的那个人。")
def may_close_unanswered(actor: Actor, report: ProblemReport) -> Refusal | None:
    """A second person of the bureau: not the one who assigned it."""
    if actor.person == report.assigned_by:
        return Refusal(
            "supervision.second_person_needed",
            "这件反映是您交办的，不能由您一个人确认办结。",
            "请由另一位分办人员核实后确认。",
        )
    return needs_post(actor, TRIAGE, "确认群众反映办结")


@policy(
    "supervision.see_report", zh="负责分办的人员看全部；承办单位中负责办理的人员只看交给本单位的，看不到是谁反映的。"
)
def may_see_report(actor: Actor, report: ProblemReport) -> Refusal | None:
    """Whoever triages; and the officers of the unit it was assigned to who answer reports."""
    if seen_reports(actor).filter(pk=report.pk).exists():
        return None
    return Refusal("supervision.report_not_yours", "这件反映不在您可以查看的范围内。", "请联系县营商环境建设监督局。")


@visibility("supervision.see_report")
def seen_reports(actor: Actor) -> QuerySet[ProblemReport]:
    """Return the reports that an actor may see. No query until it is read."""
    if actor is SYSTEM or triages(actor):
        return ProblemReport.objects.all()
    if actor.unit and actor.holds(ANSWER):
        return ProblemReport.objects.filter(unit__code=actor.unit)
    return ProblemReport.objects.none()

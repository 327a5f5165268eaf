"""The bureau says what becomes of a report: to a unit, elsewhere, into another one, or a complaint."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, documents, ledger, org, work
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.operations.reports.locking import locked, note, reason_given, refuse_unless
from yingshang.oversight.supervision.rules import reports as rules


@transaction.atomic
def assign_report(
    *, report_id: UUID, unit: str, area: str, told: str, pass_on_photos: bool, by: Actor, at: datetime
) -> ProblemReport:
    """Assign a report to a unit and return it; the unit owes signing for it and settling it.

    told: what the unit reads: the report without what would say who made it.
    pass_on_photos: whether the unit sees the photos too.
    Raises NotFound, Refusal ``supervision.only_counts_of_unit``,
    ``supervision.unit_closed``, ``supervision.area_unknown``,
    ``supervision.reason_missing``, ``supervision.report_stands_elsewhere`` and
    what the policy refuses. Records ``supervision.report_assigned``.
    """
    report = locked(pk=report_id)
    access.permit(by, "supervision.triage_report")
    refuse_unless(report, rules.ASSIGNED)
    bearer = _bearer(unit, clock.beijing_date(at))
    county = queries.rules_of_county()
    if area not in county.areas:
        raise Refusal("supervision.area_unknown", "这个问题领域不在清单里。", "请从列出的领域中选择一个。")
    told = reason_given(told, "告诉承办单位的内容")
    title, origin = county.area_title(area), f"report:{report.pk}"
    signing, settling = work.owe_all(
        [
            work.Owed(
                kind="supervision.sign_for_report",
                title=f"签收群众反映（{title}）",
                unit=bearer,
                limit="RPT.SIGN",
                origin=origin,
            ),
            work.Owed(
                kind="supervision.settle_report",
                title=f"办理群众反映（{title}）",
                unit=bearer,
                limit="RPT.SETTLE",
                origin=origin,
            ),
        ],
        by=by,
        at=at,
    )
    report.state, report.unit, report.area, report.told = rules.ASSIGNED, bearer, area, told
    report.assigned_by, report.signing, report.settling = by.person, signing, settling
    report.save(update_fields=["state", "unit", "area", "told", "assigned_by", "signing", "settling"])
    if pass_on_photos:
        _pass_on(report, bearer, by, at)
    note(report, ReportStep.Kind.ASSIGNED, f"交{bearer.short_name}办理。", by=by, at=at)
    _triaged(report, by, at)
    return report


@transaction.atomic
def turn_away_report(*, report_id: UUID, to: str, where: str, reason: str, by: Actor, at: datetime) -> ProblemReport:
    """Say honestly that a report is not dealt with here, and who does; return it.

    to: ``elsewhere`` or ``complaint``. where: code of the county's list of who
    deals with what, for ``elsewhere``. Raises NotFound, Refusal
    ``supervision.whose_is_missing``, ``supervision.reason_missing``,
    ``supervision.report_stands_elsewhere`` and what the policy refuses.
    Records ``supervision.report_turned_away``.
    """
    report = locked(pk=report_id)
    access.permit(by, "supervision.triage_report")
    refuse_unless(report, to)
    if to not in {rules.ELSEWHERE, rules.COMPLAINT}:
        raise ValueError(f"nobody is turned away to {to}")
    known = queries.rules_of_county().reports.elsewhere
    if to == rules.ELSEWHERE and where not in known:
        raise Refusal("supervision.whose_is_missing", "还没有说明这件事归哪里办理。", "请选择归口单位或者渠道。")
    reason = reason_given(reason, "不在这里办理的原因")
    _close(report, to, at, elsewhere=where if to == rules.ELSEWHERE else "")
    said = f"{known[where]}。{reason}" if to == rules.ELSEWHERE else reason
    note(report, to, said, by=by, at=at)
    _triaged(report, by, at)
    ledger.record(
        "supervision.report_turned_away", subject=f"report:{report.pk}", by=by, at=at, facts={"to": where or to}
    )
    return report


@transaction.atomic
def merge_report(*, report_id: UUID, into: UUID, reason: str, by: Actor, at: datetime) -> ProblemReport:
    """Let a report be answered together with another about the same thing; its asker sees how that one gets on.

    Raises NotFound, Refusal ``supervision.merged_into_itself``,
    ``supervision.report_stands_elsewhere`` and what the policy refuses.
    Records ``supervision.report_turned_away``.
    """
    report = locked(pk=report_id)
    access.permit(by, "supervision.triage_report")
    refuse_unless(report, rules.MERGED)
    other = ProblemReport.objects.filter(pk=into).first()
    if other is None:
        raise NotFound("要并入的那件反映")
    if other.pk == report.pk or other.state not in rules.WITH_THE_UNIT:
        raise Refusal(
            "supervision.merged_into_itself",
            "只能并入另一件已经交办、还没有办结的反映。",
            "请选择正在办理的另一件；没有的，请单独交办。",
        )
    report.merged_into = other
    _close(report, rules.MERGED, at, merged_into=other)
    note(report, ReportStep.Kind.MERGED, reason.strip() or "和另一件反映说的是同一件事，一起办理。", by=by, at=at)
    _triaged(report, by, at)
    ledger.record(
        "supervision.report_turned_away", subject=f"report:{report.pk}", by=by, at=at, facts={"to": rules.MERGED}
    )
    return report


def _bearer(code: str, on: date) -> org.Unit:
    unit = org.unit(code)
    if unit.counts_only:
        raise Refusal(
            "supervision.only_counts_of_unit",
            f"对{unit.short_name}，平台只收数量，不办理具体事项。",
            "请告知反映人归哪里办理。",
        )
    if unit.valid_to is not None and unit.valid_to <= on:
        raise Refusal("supervision.unit_closed", f"{unit.short_name}已经合并或者撤销。", "请选择承接它的单位。")
    return unit


def _pass_on(report: ProblemReport, unit: org.Unit, by: Actor, at: datetime) -> None:
    subject, readers = queries.told_subject_of(report), Audience(unit=unit.code)
    for photo in documents.documents_of(queries.subject_of(report), by):
        with documents.open_document(photo, by, at=at) as content:
            documents.keep(
                content, name=photo.name, media_type=photo.media_type, subject=subject, by=by, at=at, audience=readers
            )


def _close(report: ProblemReport, state: str, at: datetime, **more: Any) -> None:
    report.state, report.closed_at = state, at
    for name, value in more.items():
        setattr(report, name, value)
    report.save(update_fields=["state", "closed_at", *more])


def _triaged(report: ProblemReport, by: Actor, at: datetime) -> None:
    """Close the bureau's duty to triage; record the assignment."""
    assert report.triage is not None  # opened with the report
    work.fulfill(obligation_id=report.triage.pk, by=SYSTEM, at=at, evidence=f"report:{report.pk}")
    if report.state == rules.ASSIGNED:
        ledger.record("supervision.report_assigned", subject=f"report:{report.pk}", by=by, at=at, facts={})

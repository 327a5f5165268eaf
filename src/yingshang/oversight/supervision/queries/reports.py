"""Reads of problem reports: for the asker with number and code, the bureau, the unit concerned, and the public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from yingshang.kernel import documents, org
from yingshang.kernel.documents import Document
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.policies.reports import seen_reports, triages
from yingshang.oversight.supervision.rules import reports as rules

WAITING_FIRST = ("-risk_word", "received_at", "pk")


def report_behind(number: str, code: str) -> ProblemReport:
    """Return the report that a number and a code open together. Raises NotFound, the same for either being wrong.

    Queries: 1, whether there is one or not: a digest of both is looked up.
    """
    related = ProblemReport.objects.select_related("unit", "merged_into__unit")
    found = related.filter(door=rules.door(number, code)).first()
    if found is None:
        raise NotFound("这个编号和查询码对应的反映")
    return found


def subject_of(report: ProblemReport) -> str:
    """Return under what a report's photos as handed in are kept; only the bureau opens them."""
    return f"report:{report.pk}"


def told_subject_of(report: ProblemReport) -> str:
    """Return under what the photos passed on to the unit are kept."""
    return f"report-told:{report.pk}"


def contact_subject_of(report: ProblemReport) -> str:
    """Return under what the sealed contact of a report is kept."""
    return f"report-contact:{report.pk}"


def report_seen(report_id: Any, actor: Actor) -> ProblemReport:
    """Return a report that the actor may see. Raises NotFound, also for one that is not theirs to know."""
    related = seen_reports(actor).select_related("unit", "said_unit", "settling__clock__limit", "signing", "triage")
    found = related.filter(pk=report_id).first()
    if found is None:
        raise NotFound("这件反映")
    return found


def steps_of(report: ProblemReport) -> list[ReportStep]:
    """Return what was done, oldest first. Queries: 1."""
    return list(report.steps.select_related("unit").order_by("pk"))


def photos_of(report: ProblemReport, actor: Actor) -> list[Document]:
    """Return the photos that an actor may open: the bureau those handed in, the unit those passed on to it."""
    subject = subject_of(report) if triages(actor) else told_subject_of(report)
    return documents.documents_of(subject, actor)


def evidence_subject_of(report: ProblemReport) -> str:
    """Return under what the unit's own evidence is kept."""
    return f"report-done:{report.pk}"


def reports_waiting() -> QuerySet[ProblemReport]:
    """Return what waits for triage; read by keyset in the order WAITING_FIRST, dangers first."""
    return ProblemReport.objects.filter(state=rules.WAITING).select_related("said_unit")


def reports_unanswered(on: date) -> QuerySet[ProblemReport]:
    """Return the reports whose asker has said nothing within the county's time."""
    return ProblemReport.objects.filter(state=rules.ASKED, answer_until__lt=on).select_related("unit")


def reports_to_merge_into(report: ProblemReport) -> QuerySet[ProblemReport]:
    """Return the reports that are with a unit, but for the one to be merged, the latest first."""
    with_units = ProblemReport.objects.filter(state__in=rules.WITH_THE_UNIT).exclude(pk=report.pk)
    return with_units.select_related("unit").order_by("-received_at")


def reports_running(actor: Actor) -> QuerySet[ProblemReport]:
    """Return the reports that an actor may see, with their unit and clock."""
    return seen_reports(actor).select_related("unit", "settling__clock__limit", "signing__clock__limit")


@dataclass(frozen=True)
class ReportCount:
    """What became of the reports of a unit; ``rate`` is the share of the settled that their askers confirmed."""

    unit_name: str
    running: int
    confirmed: int
    unconfirmed: int
    late: int


@dataclass(frozen=True)
class PublicFigures:
    """What everybody may know of the reports of a span."""

    received: int
    waiting: int
    running: int
    confirmed: int
    unconfirmed: int
    turned_away: Mapping[str, int]


def public_figures(first: date, last: date) -> PublicFigures:
    """Return the figures of the reports received from ``first`` to ``last``, both included. Queries: 1."""
    received = ProblemReport.objects.filter(received_at__date__gte=first, received_at__date__lte=last)
    counted = dict(received.values_list("state").annotate(n=Count("pk")))
    titles = dict(ProblemReport.State.choices)
    return PublicFigures(
        received=sum(counted.values()),
        waiting=counted.get(rules.WAITING, 0),
        running=sum(counted.get(state, 0) for state in rules.WITH_THE_UNIT),
        confirmed=counted.get(rules.CONFIRMED, 0),
        unconfirmed=counted.get(rules.UNCONFIRMED, 0),
        turned_away={titles[state]: counted[state] for state in sorted(rules.TURNED_AWAY) if counted.get(state)},
    )


def counts_by_unit(first: date, last: date, on: date) -> list[ReportCount]:
    """Return what became of the reports of each unit, the most first; none for units that only give counts.

    Queries: 1.
    """
    rows = ProblemReport.objects.filter(
        unit__isnull=False, unit__counts_only=False, received_at__date__gte=first, received_at__date__lte=last
    )
    counted = rows.values("unit__short_name").annotate(
        running=Count("pk", filter=Q(state__in=sorted(rules.WITH_THE_UNIT))),
        confirmed=Count("pk", filter=Q(state=rules.CONFIRMED)),
        unconfirmed=Count("pk", filter=Q(state=rules.UNCONFIRMED)),
        late=Count("pk", filter=Q(settling__state="open", settling__due_date__lt=on)),
        total=Count("pk"),
    )
    return [
        ReportCount(row["unit__short_name"], row["running"], row["confirmed"], row["unconfirmed"], row["late"])
        for row in counted.order_by("-total", "unit__short_name")
    ]


def units_to_name(on: date) -> list[org.Unit]:
    """Return the units that a reporter may choose from: those that stand on the day and may be answered for here."""
    standing = org.Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), counts_only=False)
    return list(standing.exclude(kind__in=["county", "office", "leading_group"]).order_by("path"))


def year_until(on: date) -> tuple[date, date]:
    """Return the twelve months that end on a day."""
    return on - timedelta(days=365), on

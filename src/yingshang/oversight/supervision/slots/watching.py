"""Cards of reports, checks and self-checks; and what of their county data has no source."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.kernel import clock, work
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.rules import checks as check_rules
from yingshang.oversight.supervision.rules import reports as report_rules
from yingshang.oversight.supervision.rules.periods import period_of

SHOWN = 5
TRIAGE, ANSWER = "supervision.triage_report", "supervision.answer_report"


def watching(actor: Actor, _subject: Any) -> list[Card]:
    """Return cards: reports that wait for the actor, checks with open findings, the sheet of the week."""
    return [*_reports(actor), *_checks(actor), *_sheet(actor)]


def _reports(actor: Actor) -> list[Card]:
    if not actor.unit or not (actor.holds(TRIAGE) or actor.holds(ANSWER)):
        return []
    states = [report_rules.WAITING] if actor.holds(TRIAGE) else [report_rules.ASSIGNED, report_rules.SIGNED]
    waiting = queries.reports_running(actor).filter(state__in=states).order_by("-risk_word", "received_at")[:SHOWN]
    rows = [
        {
            "title": (row.told or row.text)[:40],
            "href": reverse("supervision:report_desk", args=[row.pk]),
            "tag": "有危险" if row.risk_word else row.get_state_display(),
            "due": row.settling.due_date if row.settling else None,
        }
        for row in waiting
    ]
    link = ("看全部群众反映", reverse("supervision:reports"))
    return [Card(title="群众反映", rows=rows, link=link, empty="没有等您办理的群众反映。", place=16)]


def _checks(actor: Actor) -> list[Card]:
    if not actor.unit:
        return []
    running = queries.checks_running(actor).filter(state__in=[check_rules.PLANNED, check_rules.DONE])
    rows = [
        {
            "title": f"{row.plan.title}　{row.unit.short_name}",
            "href": reverse("supervision:check", args=[row.pk]),
            "tag": row.get_state_display(),
        }
        for row in running.order_by("planned_on", "pk")[:SHOWN]
    ]
    link = ("看全部督查检查", reverse("supervision:checks"))
    return [Card(title="督查检查", rows=rows, link=link, place=26)] if rows else []


def _sheet(actor: Actor) -> list[Card]:
    if not (actor.unit and actor.holds("supervision.fill_self_check")):
        return []
    period = period_of(clock.today(), queries.rules_of_county().self_check_every)
    duty = queries.duty_of(queries.SELF_CHECK, period, actor.unit)
    if duty is None or duty.state != work.Obligation.State.OPEN:
        return []
    row = {"title": duty.title, "due": duty.due_date, "href": reverse("supervision:self_check_fill", args=[period])}
    return [Card(title="窗口自查", rows=[row], link=("看窗口自查", reverse("supervision:self_checks")), place=17)]


def unsourced_rules(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the parts of the county's oversight.yaml that no text supports yet."""
    rules = queries.rules_of_county().unsourced
    return [clock.Unsourced(kind="监督检查", title=title, todo=todo) for title, todo in rules]

"""The desk: the bureau triages, the unit answers. One question to a page."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import access, clock, documents, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.reports import (
    AssignForm,
    DoneForm,
    ElsewhereForm,
    MergeForm,
)
from yingshang.oversight.supervision.models import ProblemReport
from yingshang.oversight.supervision.policies.reports import ANSWER, CLOSE, TRIAGE, triages
from yingshang.oversight.supervision.rules import reports as rules
from yingshang.oversight.supervision.views.questions import Deed, ask, doing, words
from yingshang.oversight.supervision.views.reports.asking import told

SHOWN = 50


def reports(request: ActorRequest) -> HttpResponse:
    """List what the actor may see: the bureau everything, dangers and what waits first; a unit its own."""
    if not request.actor.unit:
        raise NotFound("群众反映")
    rows = queries.reports_running(request.actor)
    desk = triages(request.actor)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(_columns(desk), rows.order_by("-received_at"), name="群众反映"))
    page = keyset(rows, request, order=("-received_at", "-pk"))
    lamps = work.lamps([row.settling for row in page.rows if row.settling], clock.today())
    listing = table(
        _columns(desk, lamps), page, request=request, name="群众反映", empty="还没有群众反映。", caption="全部反映"
    )
    context = {
        "listing": listing,
        "triages": desk,
        "waiting": queries.reports_waiting().order_by(*queries.WAITING_FIRST)[:SHOWN] if desk else [],
        "unanswered": queries.reports_unanswered(clock.today()).order_by("answer_until")[:SHOWN] if desk else [],
    }
    return render(request, "supervision/reports.html", context)


def _columns(desk: bool, lamps: Any = None) -> list[Column]:
    areas = queries.rules_of_county().area_title

    def said(row: ProblemReport) -> str:
        words = row.told or (row.text if desk else "")
        return words if lamps is None else truncatechars(words, 41)

    return [
        Column(
            title="反映的问题",
            value=said,
            heads=True,
            width=60,
            href=lambda row: reverse("supervision:report_desk", args=[row.pk]),
        ),
        Column(title="领域", value=lambda row: areas(row.area) if row.area else ""),
        Column(title="承办单位", value=lambda row: row.unit.short_name if row.unit else ""),
        Column(title="收到", value=lambda row: clock.beijing_date(row.received_at), kind="date"),
        Column(title="办理期限", value=lambda row: row.settling.due_date if row.settling else None, kind="date"),
        Column(
            title="亮灯",
            value=lambda row: lamps.get(row.settling_id) if lamps and row.state in rules.WITH_THE_UNIT else None,
            kind="lamp",
            in_sheet=False,
        ),
        Column(title="办理情况", value="get_state_display"),
    ]


def _assign_form(report: ProblemReport, *given: Any) -> AssignForm:
    unit = report.said_unit.code if report.said_unit else ""
    drafted = rules.extract("\n".join(filter(None, [report.text, report.place])))
    initial = {"unit": unit, "told": report.told or drafted, "pass_on_photos": False}
    return AssignForm(
        *given,
        units=queries.units_to_name(clock.today()),
        areas=queries.areas_to_choose(),
        photos=bool(report.photos),
        initial=initial,
    )


def _merge_form(report: ProblemReport, *given: Any) -> MergeForm:
    running = queries.reports_to_merge_into(report)[:SHOWN]
    return MergeForm(*given, running=[(str(row.pk), f"{row.unit}：{row.told[:50]}") for row in running])


def _done_form(_report: ProblemReport, *given: Any) -> DoneForm:
    return DoneForm(*given, label="做了什么、结果怎样", hint="反映人会看到这段话，由反映人确认是否解决。")


def _elsewhere_form(_report: ProblemReport, *given: Any) -> ElsewhereForm:
    return ElsewhereForm(*given, elsewhere=queries.rules_of_county().reports.elsewhere)


DEEDS: dict[str, Deed] = {
    "assign": Deed(
        title="交办",
        button="交办",
        action=TRIAGE,
        states=frozenset({rules.WAITING}),
        form=_assign_form,
        do=lambda request, report, given: operations.assign_report(
            **{"pass_on_photos": False} | given, report_id=report.pk, by=request.actor, at=clock.now()
        ),
        said="已交办，承办单位要在期限内签收。",
    ),
    "elsewhere": Deed(
        title="不归这里办理",
        button="告知反映人",
        action=TRIAGE,
        states=frozenset({rules.WAITING}),
        form=_elsewhere_form,
        do=doing(partial(operations.turn_away_report, to=rules.ELSEWHERE), "report_id", where="where", reason="reason"),
        said="已告知反映人归哪里办理。",
    ),
    "complaint": Deed(
        title="属于投诉",
        button="告知反映人",
        action=TRIAGE,
        states=frozenset({rules.WAITING}),
        form=words("告诉反映人的话", "说清楚为什么属于投诉、向哪里提出、多久有答复。"),
        do=doing(partial(operations.turn_away_report, to=rules.COMPLAINT, where=""), "report_id", reason="words"),
        said="已告知反映人投诉的途径。",
    ),
    "merge": Deed(
        title="并入另一件",
        button="并入",
        action=TRIAGE,
        states=frozenset({rules.WAITING}),
        form=_merge_form,
        do=doing(partial(operations.merge_report, reason=""), "report_id", into="into"),
        said="已并入，反映人会看到那一件的进展。",
    ),
    "return": Deed(
        title="不是本单位的事",
        button="退回",
        action=ANSWER,
        states=frozenset({rules.ASSIGNED, rules.SIGNED}),
        form=words("退回的原因，以及应当由谁办理"),
        do=doing(operations.return_report, "report_id", reason="words"),
        said="已退回，由县营商环境建设监督局重新分办。",
    ),
    "done": Deed(
        title="申请办结",
        button="申请办结",
        action=ANSWER,
        states=frozenset({rules.SIGNED}),
        form=_done_form,
        do=doing(operations.ask_to_close_report, "report_id", done="words", files="papers"),
        said="已申请办结，等反映人确认。",
    ),
    "close": Deed(
        title="核实办结",
        button="办结",
        action=CLOSE,
        states=frozenset({rules.ASKED}),
        form=words("核实了什么", "反映人没有在期限内确认。您核实以后办结，会标明“未经反映人确认”。"),
        do=doing(operations.close_unanswered_report, "report_id", seen="words"),
        said="已办结，并标明未经反映人确认。",
    ),
}


def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Show one report: to the bureau as it came in, to the unit its extract."""
    found = queries.report_seen(report_id, request.actor)
    open_deeds = [
        (name, deed, access.may(request.actor, deed.action, found))
        for name, deed in DEEDS.items()
        if found.state in deed.states
    ]
    desk = triages(request.actor)
    running = found.settling if found.settling and found.settling.state == work.Obligation.State.OPEN else None
    contact = queries.contact_subject_of(found)
    context = {
        "report": found,
        "triages": desk,
        "area": queries.rules_of_county().area_title(found.area) if found.area else "",
        "steps": [told(step) for step in queries.steps_of(found)],
        "photos": queries.photos_of(found, request.actor),
        "evidence": documents.documents_of(queries.evidence_subject_of(found), request.actor),
        "has_contact": desk and bool(documents.sealed_documents_of(contact, by=request.actor)),
        "deeds": [(name, deed) for name, deed, refusal in open_deeds if refusal is None],
        "refusals": [refusal for _, deed, refusal in open_deeds if refusal and deed.action != _others(desk)],
        "may_sign": found.state == rules.ASSIGNED and access.may(request.actor, ANSWER, found) is None,
        "remaining": clock.remaining(running.clock, clock.today()) if running and running.clock else None,
    }
    return render(request, "supervision/report.html", context)


def _others(desk: bool) -> str:
    """Return the action whose refusal says nothing new: the unit's to the bureau, the bureau's to a unit."""
    return ANSWER if desk else CLOSE


@require_http_methods(["GET", "POST"])
def deed(request: ActorRequest, report_id: UUID, name: str) -> HttpResponse:
    """Ask the one question of a deed, then do it."""
    found = queries.report_seen(report_id, request.actor)
    if name not in DEEDS:
        raise Http404
    desk, here = reverse("supervision:reports"), reverse("supervision:report_desk", args=[found.pk])
    way = [("工作台", reverse("web:workbench")), ("群众反映", desk), ("这一件", here)]
    return ask(request, found, DEEDS[name], crumbs=way, back=desk)


@require_POST
def sign(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Sign for a report."""
    queries.report_seen(report_id, request.actor)
    operations.sign_for_report(report_id=report_id, by=request.actor, at=clock.now())
    messages.success(request, "已签收，请在期限内办理。")
    return redirect("supervision:report_desk", report_id=report_id)


@never_cache
@require_POST
def contact(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Open the sealed contact of the reporter; every look is recorded."""
    found = queries.report_seen(report_id, request.actor)
    kept = documents.sealed_documents_of(queries.contact_subject_of(found), by=request.actor)
    if not kept:
        raise NotFound("联系方式")
    words = documents.open_sealed(kept[0].public_no, by=request.actor, at=clock.now()).read().decode()
    return render(request, "supervision/report_contact.html", {"report": found, "words": words})

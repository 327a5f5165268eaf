"""Checks for those who make them and for the units that were checked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.kernel import access, clock, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.checks import AnswerForm, FindingForm, ReviewForm
from yingshang.oversight.supervision.forms.reports import WordsForm
from yingshang.oversight.supervision.models import Check, Finding
from yingshang.oversight.supervision.policies.checks import watches_checks
from yingshang.oversight.supervision.rules import checks as rules
from yingshang.oversight.supervision.views.questions import Deed, ask, doing, open_to, words


def checks(request: ActorRequest) -> HttpResponse:
    """List the checks that the actor may know of."""
    if not request.actor.unit:
        raise NotFound("督查检查")
    rows = queries.checks_running(request.actor)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(_columns(), rows.order_by(*queries.LATEST_FIRST), name="督查检查"))
    page = keyset(rows, request, order=queries.LATEST_FIRST)
    listing = table(_columns(), page, request=request, name="督查检查", empty="还没有督查检查。")
    context = {
        "listing": listing,
        "may_plan": access.may(request.actor, "supervision.plan_check") is None,
        "to_approve": queries.plans_to_approve(request.actor),
    }
    return render(request, "supervision/checks.html", context)


def _columns() -> list[Column]:
    areas = queries.rules_of_county().area_title
    return [
        Column(
            title="检查",
            value=lambda row: f"{row.plan.title}{row.number and f'（{row.number}）'}",
            heads=True,
            width=40,
            href=lambda row: reverse("supervision:check", args=[row.pk]),
        ),
        Column(title="被检查单位", value="unit.short_name", width=20),
        Column(title="方式", value=lambda row: row.plan.get_kind_display()),
        Column(title="领域", value=lambda row: areas(row.plan.area)),
        Column(title="安排在", value="planned_on", kind="date"),
        Column(title="检查于", value="done_on", kind="date"),
        Column(title="发现问题", value="found", kind="number"),
        Column(title="已整改", value="closed", kind="number"),
        Column(title="进展", value="get_state_display"),
    ]


def _conclusion_form(_check: Check, *given: Any) -> WordsForm:
    within = queries.limit_in_words("SUP.OBJECT", clock.today())
    hint = f"查了什么、结论是什么、要求是什么。送达后被检查单位可以在{within}内申请复核。"
    return WordsForm(*given, label="结论", hint=hint)


DEEDS: dict[str, Deed] = {
    "finding": Deed(
        title="记录发现的问题",
        button="记录，要求整改",
        action="supervision.run_check",
        states=frozenset({rules.DONE}),
        form=lambda _check, *given: FindingForm(*given),
        do=doing(operations.add_finding, "check_id", what="what", due_date="due_date", papers="papers"),
        said="已记录，被检查单位要在期限内整改。",
    ),
    "conclude": Deed(
        title="出具督查结论",
        button="送达结论",
        action="supervision.run_check",
        states=frozenset({rules.DONE}),
        form=_conclusion_form,
        do=doing(operations.conclude_check, "check_id", conclusion="words"),
        said="结论已送达被检查单位。",
    ),
    "call-off": Deed(
        title="取消这次检查",
        button="取消",
        action="supervision.plan_check",
        states=frozenset({rules.PLANNED}),
        form=words("取消的原因"),
        do=doing(operations.call_off_check, "check_id", reason="words"),
        said="已取消。",
    ),
    "object": Deed(
        title="对结论申请复核",
        button="申请复核",
        action="supervision.object_to_conclusion",
        states=frozenset({rules.CONCLUDED}),
        form=words("哪里不对、依据是什么"),
        do=doing(operations.object_to_conclusion, "check_id", text="words"),
        said="已申请复核，由没有参加这次检查的人员作出决定。",
    ),
    "review": Deed(
        title="作出复核决定",
        button="作出决定",
        action="supervision.decide_conclusion_review",
        states=frozenset({rules.CONCLUDED}),
        form=lambda _check, *given: ReviewForm(*given),
        do=doing(operations.decide_conclusion_review, "check_id", is_upheld="is_upheld", reason="reason"),
        said="复核决定已作出。",
        facts=lambda check: {"said": check.objection.text},
    ),
}


def _what(finding: Finding) -> dict[str, str]:
    return {"said": finding.what}


FINDING_DEEDS: dict[str, Deed] = {
    "answer": Deed(
        title="报整改情况",
        button="报整改情况",
        action="supervision.answer_finding",
        states=frozenset({rules.OPEN}),
        form=lambda _finding, *given: AnswerForm(*given),
        do=doing(operations.answer_finding, "finding_id", text="text", papers="papers"),
        said="已报，等复核。复核期间整改期限停止计时。",
        facts=_what,
    ),
    "accept": Deed(
        title="复核通过",
        button="通过",
        action="supervision.judge_rectification",
        states=frozenset({rules.ANSWERED}),
        form=words("核实了什么"),
        do=doing(operations.accept_rectification, "finding_id", seen="words"),
        said="已复核通过，这个问题整改完成。",
        facts=_what,
    ),
    "return": Deed(
        title="退回整改",
        button="退回",
        action="supervision.judge_rectification",
        states=frozenset({rules.ANSWERED}),
        form=words("退回的原因，还要做什么"),
        do=doing(operations.return_rectification, "finding_id", reason="words"),
        said="已退回，整改期限继续计算。",
        facts=_what,
    ),
}


def check(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """Show a check with its findings, what was answered, and what may be done now."""
    found = queries.check_seen(check_id, request.actor)
    objection = queries.objection_of(found)
    evidence = queries.papers_of(found, request.actor)
    lamps = work.lamps([finding.duty for finding in found.findings.all()], clock.today())
    deeds = open_to(request, found, DEEDS)
    hidden = {"object"} if objection else {"review"}
    if objection and objection.outcome:
        hidden.add("review")
    may_make = found.state == rules.PLANNED and access.may(request.actor, "supervision.run_check", found) is None
    context = {
        "check": found,
        "area": queries.rules_of_county().area_title(found.plan.area),
        "watches": watches_checks(request.actor),
        "objection": objection,
        "within": queries.limit_in_words("SUP.OBJECT", clock.beijing_date(found.concluded_at))
        if found.concluded_at
        else "",
        "deeds": [(name, deed) for name, deed in deeds if name not in hidden],
        "may_make": may_make and found.plan.approved_at is not None and found.planned_on <= clock.today(),
        "findings": [_drawn(request, finding, evidence, lamps) for finding in found.findings.all()],
    }
    return render(request, "supervision/check.html", context)


def _drawn(request: ActorRequest, finding: Finding, evidence: dict[str, Any], lamps: Any) -> dict[str, Any]:
    answers = [(answer, evidence.get(queries.answer_subject(answer), [])) for answer in finding.answers.all()]
    return {
        "finding": finding,
        "papers": evidence.get(queries.finding_subject(finding), []),
        "lamp": lamps.get(finding.duty_id) if finding.state == rules.OPEN else None,
        "answers": answers,
        "deeds": open_to(request, finding, FINDING_DEEDS),
    }


@require_http_methods(["GET", "POST"])
def deed(request: ActorRequest, check_id: UUID, name: str) -> HttpResponse:
    """Ask the one question of a deed on a check."""
    found = queries.check_seen(check_id, request.actor)
    here = reverse("supervision:check", args=[found.pk])
    if name not in DEEDS or (name == "review" and queries.objection_of(found) is None):
        raise Http404
    return ask(request, found, DEEDS[name], crumbs=[*_way(), (found.plan.title, here)], back=here)


@require_http_methods(["GET", "POST"])
def finding_deed(request: ActorRequest, finding_id: UUID, name: str) -> HttpResponse:
    """Ask the one question of a deed on a finding."""
    finding = queries.finding_seen(finding_id, request.actor)
    here = reverse("supervision:check", args=[finding.of_id])
    if name not in FINDING_DEEDS:
        raise Http404
    return ask(request, finding, FINDING_DEEDS[name], crumbs=[*_way(), (finding.of.plan.title, here)], back=here)


@require_POST
def make(request: ActorRequest, check_id: UUID) -> HttpResponse:
    """Say that a check is being made today."""
    queries.check_seen(check_id, request.actor)
    made = operations.make_check(check_id=check_id, by=request.actor, at=clock.now())
    messages.success(request, f"检查已开始，编号{made.number}。从现在起被检查单位可以看到。")
    return redirect("supervision:check", check_id=check_id)


def _way() -> list[tuple[str, str]]:
    return [("工作台", reverse("web:workbench")), ("督查检查", reverse("supervision:checks"))]

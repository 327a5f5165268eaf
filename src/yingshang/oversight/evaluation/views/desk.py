"""The working room of an evaluation: what the evaluator sees and does, stage by stage."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, keyset, table, xlsx_out
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.forms import Commission
from yingshang.oversight.evaluation.models import Evaluation
from yingshang.oversight.evaluation.views import desk_tables, tables
from yingshang.oversight.evaluation.views.answering import answered
from yingshang.oversight.evaluation.views.public import LATEST_FIRST

TAGS = {"over": ("已完成", "green"), "now": ("进行中", "blue"), "ahead": ("还没开始", "")}


@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """List what the actor evaluates, commissions, or is heard about."""
    actor = request.actor
    wanted = ("evaluation.see_working_papers", "evaluation.commission", "evaluation.object")
    if not actor.unit or not any(actor.holds(action) for action in wanted):
        raise NotFound("评价工作间")
    found = queries.being_worked_on(actor)
    page = keyset(found, request, order=LATEST_FIRST)
    columns = desk_tables.desk_columns(actor)
    listed = table(columns, page, request=request, name=_("评价工作间"), empty=_("现在没有评价要办。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed.with_rows(found))
    may_commission = access.may(actor, "evaluation.commission") is None
    return render(request, "evaluation/desk.html", {"listing": listed, "may_commission": may_commission})


@require_http_methods(["GET", "HEAD", "POST"])
def commission(request: ActorRequest) -> HttpResponse:
    """Commission a third party."""
    access.permit(request.actor, "evaluation.commission")
    firms = org.Unit.objects.on(clock.today()).filter(kind=org.Unit.Kind.ENTERPRISE)
    form = Commission(request.POST or None, evaluators=[(unit.code, unit.short_name) for unit in firms])

    def deed(cleaned: dict[str, Any]) -> Evaluation:
        return operations.commission(by=request.actor, at=clock.now(), **cleaned)

    return answered(
        request,
        form,
        deed,
        title=_("委托第三方评价"),
        back=reverse("evaluation:desk"),
        button=_("委托"),
        hint=_("委托以后，评价由第三方独立开展：公布以前，委托单位也看不到数据。"),
    )


@require_safe
def room(request: ActorRequest, code: str) -> HttpResponse:
    """Show where the evaluation stands and what can be done now."""
    evaluation = own(request, code)
    actor = request.actor
    with queries.reading(actor):
        counted = {
            "values": evaluation.values_collected.count(),
            "asked": evaluation.asked_changes.count(),
            "interviews": evaluation.interviews.count(),
            "inquiries": evaluation.inquiries.count(),
            "frozen": queries.current_scoring(evaluation),
        }
    objections = list(evaluation.objections.select_related("unit", "obligation"))
    rows = [
        {
            "title": stage.title,
            "tag": TAGS[stage.progress][0],
            "tag_color": TAGS[stage.progress][1],
            "hint": _("最后一天：%(day)s") % {"day": f"{stage.due_date:%Y-%m-%d}"} if stage.due_date else "",
        }
        for stage in queries.stages_of(evaluation)
    ]
    titles = queries.series_titles(evaluation)
    context = {
        "evaluation": evaluation,
        "state": evaluation.dossier.state,
        "stages": rows,
        "stated": evaluation.interests.filter(person=actor.person).first(),
        "refusal": access.may(actor, "evaluation.work_on", evaluation),
        "objections": table(
            tables.objection_columns(titles, answer=True), objections, name=_("异议"), empty=_("还没有异议。")
        ),
        "open_objections": sum(one.answered_at is None for one in objections),
        **counted,
    }
    return render(request, "evaluation/room.html", context)


DEEDS: dict[str, Any] = {
    "begin-collecting": operations.begin_collecting,
    "begin-checking": operations.begin_checking,
    "collect-again": operations.collect_again,
    "score": operations.score,
}
"""What is done by one button, without a form."""


@require_POST
def do(request: ActorRequest, code: str, deed: str) -> HttpResponse:
    """Carry out a deed that needs no words and show what became of it."""
    evaluation = own(request, code)
    if deed == "take-measures":
        taken = operations.take_measures(evaluation_id=evaluation.pk, by=request.actor, at=clock.now())
        messages.success(request, _("从平台取了%(count)s个值。") % {"count": len(taken)})
    elif deed in DEEDS:
        DEEDS[deed](evaluation_id=evaluation.pk, by=request.actor, at=clock.now())
        messages.success(request, _("已办理。"))
    else:
        raise NotFound("这项办理")
    return redirect("evaluation:room", code)


def own(request: ActorRequest, code: str) -> Evaluation:
    """Return an evaluation of the actor's own unit. Raises NotFound for any other, so that none is betrayed."""
    evaluation = queries.evaluation(code, request.actor)
    if access.may(request.actor, "evaluation.see_working_papers", evaluation) is not None:
        raise NotFound("这次评价")
    return evaluation

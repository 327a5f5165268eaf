"""Pages of the hosting unit: seal a plan, see the result, replace, publish; and voiding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yingshang.kernel import access, clock, documents, web
from yingshang.kernel.draws import assigning, ending, sealing
from yingshang.kernel.draws.forms import PlanForm, SubstituteForm, VoidForm
from yingshang.kernel.draws.models import Draw
from yingshang.kernel.draws.planning import BY_HAND, plan_from
from yingshang.kernel.draws.queries import draw_of, invitations_open_to
from yingshang.kernel.draws.samples import sample_table
from yingshang.kernel.draws.standing import standing_of
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import ActorRequest, Column


def seal(request: ActorRequest) -> HttpResponse:
    """Make a plan from sheets and seal it."""
    unit = sealing.host_of(request.actor)
    form = PlanForm(request.POST or None, request.FILES or None, offered=invitations_open_to(unit))
    if form.is_valid():
        given = form.cleaned_data
        try:
            plan = plan_from(
                title=given["title"],
                strata=given["strata"],
                targets=given["targets"],
                inspectors=given["inspectors"],
                conflicts=given["conflicts"],
                different_units=given["different_units"],
            )
            draw = sealing.seal_plan(
                plan=plan,
                purpose=BY_HAND,
                title=given["title"],
                dice=given["dice"],
                beacon_at=given["beacon_at"],
                invitations=given.get("invitations", []),
                by=request.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, f"{refusal.reason}{refusal.remedy}")
        else:
            messages.success(request, _("方案已封存，编号第%(serial)d号。") % {"serial": draw.serial})
            return redirect("draws:ceremony", draw.serial)
    return render(request, "draws/seal.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def sample(request: ActorRequest, name: str) -> HttpResponse:
    """Hand out a sheet to fill in, with made-up rows."""
    return web.xlsx_out(sample_table(name))


@require_safe
def result(request: ActorRequest, serial: int) -> HttpResponse:
    """Show the hosting unit who visits whom, before anybody else may know."""
    draw = draw_of(serial)
    shown = _result_table(request, draw)
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    context = {"draw": draw, "table": shown, "standing": standing_of(draw), "form": SubstituteForm()}
    return render(request, "draws/result.html", context)


@require_POST
def substitute(request: ActorRequest, serial: int) -> HttpResponse:
    """Skip somebody; the next ticket takes the place."""
    form = SubstituteForm(request.POST, request.FILES)
    draw = draw_of(serial)
    access.permit(request.actor, "draws.substitute", draw)
    if not form.is_valid():
        context = {"draw": draw, "table": _result_table(request, draw), "standing": standing_of(draw), "form": form}
        return render(request, "draws/result.html", context, status=422)
    given = form.cleaned_data
    done = assigning.substitute(
        serial=serial,
        role=given["role"],
        target=given["target"],
        out=given["out"] if given["role"] == "inspector" else given["target"],
        reason=given["reason"],
        evidence=documents.digest(given["evidence"].file),
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("已替补：%(came)s") % {"came": done["in"] or _("没有可以顶替的")})
    return redirect("draws:result", serial)


@require_POST
def reveal(request: ActorRequest, serial: int) -> HttpResponse:
    """Publish plan, code and result."""
    ending.reveal(serial=serial, by=request.actor, at=clock.now())
    messages.success(request, _("已公布。任何人都可以下载文件自己核验。"))
    return redirect("draws:detail", serial)


def void(request: ActorRequest, serial: int) -> HttpResponse:
    """Void a draw with a public reason."""
    draw = draw_of(serial)
    form = VoidForm(request.POST or None, on=clock.today())
    if not form.is_valid():
        return render(request, "draws/void.html", {"draw": draw, "form": form}, status=422 if form.is_bound else 200)
    ending.void(serial=serial, by=request.actor, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("已作废，编号和理由保留在登记里。"))
    return redirect("draws:detail", serial)


def _result_table(request: ActorRequest, draw: Draw) -> web.Table:
    rows = assigning.result_of(serial=draw.serial, by=request.actor)
    columns = [
        Column(title=_("分类"), value="stratum"),
        Column(title=_("抽中的"), value="target", kind="code", heads=True, width=24),
    ]
    if any(row.team for row in rows):
        columns += [
            Column(title=_("带队"), value=lambda row: row.team[0] if row.team else _("没有配到人员"), kind="code"),
            Column(title=_("同行"), value=lambda row: row.team[1] if row.team else "", kind="code"),
        ]
    return web.table(columns, rows, request=request, name=f"第{draw.serial}号摇号结果")

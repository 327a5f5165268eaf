"""Running a survey: where it stands, its frame, new codes, closing, settling lonely strata, publishing."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.conduct.surveys import operations, queries
from yingshang.conduct.surveys.forms import CardShape, Drawn, Merging, Withholding
from yingshang.conduct.surveys.models import FrameRow, Survey
from yingshang.conduct.surveys.operations.following import PUBLISH
from yingshang.conduct.surveys.policies import NEEDED
from yingshang.conduct.surveys.views.cards import cards_file
from yingshang.conduct.surveys.views.results import figures_table, layers_table, shown
from yingshang.kernel import access, clock, draws
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest, Column, Table, keyset, table, xlsx_out


@require_safe
def survey(request: ActorRequest, code: str) -> HttpResponse:
    """Show where it stands and what may be done; once closed, the figures. Queries: fixed."""
    one = _seen(request, code)
    terms = queries.terms_on(one.opened_on)
    context: dict[str, Any] = {
        "one": one,
        "facts": _facts(one),
        "terms": terms,
        "refusals": {
            "run": access.may(request.actor, "surveys.run", one.unit),
            "sample": access.may(request.actor, "surveys.sample", one.unit),
            "enter": access.may(request.actor, "surveys.enter", one),
            "publish": access.may(request.actor, "surveys.publish", one),
        },
    }
    if one.state == Survey.State.PLANNED:
        return render(request, "surveys/planned.html", context | _awaited(one))
    layers = queries.layers(one, terms.margin_percent)
    context["listing"] = layers_table(layers, needed=True)
    if one.state == Survey.State.CLOSED:
        context["has_duty"] = queries.open_duty(one, PUBLISH) is not None
        context["has_too_few"] = sum(each.answers for each in layers) < terms.least
    if one.has_clusters:
        context["clusters"] = _clusters_table(one)
    if one.state in (Survey.State.CLOSED, Survey.State.PUBLISHED):
        least = one.least or terms.least
        try:
            figures = queries.estimates(one, least)
        except Refusal as lonely:
            context |= {"lonely": lonely, "merging": Merging(survey=one)}
        else:
            if request.GET.get("format") == "xlsx":
                return xlsx_out(figures_table(figures, name=one.title))
            context |= shown(one, figures, least, layers) | {"texts": queries.texts(one, least)}
    return render(request, "surveys/survey.html", context)


@require_safe
def frame(request: ActorRequest, code: str) -> HttpResponse:
    """List who is asked, who was not drawn and who was left out, and why. Queries: fixed."""
    one = _seen(request, code)
    columns = [
        Column(title=_("当事人"), value="party.display_name", heads=True, width=40),
        Column(title=_("类别"), value="party.get_kind_display"),
        Column(title=_("层"), value="stratum.title", width=24),
        Column(title=_("发放还是不发放"), value=partial(_said, one), width=30),
    ]
    if one.has_clusters:
        columns.insert(3, Column(title=_("群"), value="cluster.title", width=24))
    if one.draw_serial:
        columns.append(Column(title=_("摇号用的编号"), value="number", kind="code", width=44))
    rows = queries.frame_of(one.pk)
    if request.GET.get("format") == "xlsx":
        if one.draw_serial:
            columns.append(Column(title=_("核对码"), value=lambda row: str(row.salt or ""), kind="code", width=40))
            columns.append(
                Column(title=_("公开编号"), value=lambda row: str(row.party.public_id), kind="code", width=40)
            )
        return xlsx_out(table(columns, rows, name=_("抽样框")))
    page = keyset(rows, request, order=("pk",))
    listed = table(columns, page, request=request, name=_("抽样框"))
    counts = [
        Column(title=_("发放还是不发放"), value=lambda row: row[0], heads=True),
        Column(title=_("户数"), value=lambda row: row[1], kind="number"),
    ]
    reasons = [(_said_of(one, words), count) for words, count in queries.reasons_of(one)]
    context = {"one": one, "listing": listed, "reasons": table(counts, reasons, name=_("各有多少户"))}
    return render(request, "surveys/frame.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def replace_codes(request: ActorRequest, code: str) -> HttpResponse:
    """Ask once more, then replace every unused code; the answer is the file of new cards."""
    one = _seen(request, code)
    access.permit(request.actor, "surveys.run", one.unit)
    form = CardShape(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cards = operations.replace_codes(survey=code, by=request.actor, at=clock.now())
        return cards_file(request, one, cards, form.cleaned_data["shape"])
    words = [
        _("发出去、还没有用过的卡片会全部作废，已经收到的答卷不受影响。"),
        _("新的答题卡只在这一次下载；要把作废的卡片收回来，重新请对方自己抽一张。"),
    ]
    context = {
        "one": one,
        "title": _("更换没用过的答题码"),
        "button": _("全部更换，并下载新卡"),
        "words": words,
        "form": form,
    }
    return render(request, "surveys/sure.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: ActorRequest, code: str) -> HttpResponse:
    """Ask once more, then close the urn."""
    one = _seen(request, code)
    access.permit(request.actor, "surveys.run", one.unit)
    if request.method == "POST":
        operations.close(survey=code, by=request.actor, at=clock.now())
        messages.success(request, _("已截止，答卷的先后顺序已经打乱。"))
        return redirect("surveys:survey", code)
    count = sum(each.answers for each in queries.layers(one, queries.terms_on(one.opened_on).margin_percent))
    words = [
        _("现在收回了%(count)d份。截止以后不能再收，也不能撤回：没用过的答题码删除，答卷的先后顺序打乱。")
        % {"count": count},
        _("不截止也可以：截止日过后，平台会自动截止。"),
    ]
    context = {"one": one, "title": _("截止这次调查"), "button": _("截止，打乱答卷"), "words": words}
    return render(request, "surveys/sure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withhold(request: ActorRequest, code: str) -> HttpResponse:
    """Ask for the reason why results on too few answers are not published."""
    one = _seen(request, code)
    access.permit(request.actor, "surveys.publish", one)
    form = Withholding(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.withhold_results(survey=code, by=request.actor, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("已写明不公布的原因。"))
        return redirect("surveys:survey", code)
    words = [_("收回份数少于县里规定的，不能公布。写明原因以后，这件事就办结了。")]
    context = {"one": one, "title": _("不公布结果"), "button": _("不公布"), "words": words, "form": form}
    return render(request, "surveys/sure.html", context, status=422 if form.errors else 200)


@require_POST
def merge(request: ActorRequest, code: str) -> HttpResponse:
    """Merge a lonely stratum with the one that was named."""
    form = Merging(request.POST, survey=_seen(request, code))
    if form.is_valid():
        operations.merge(survey=code, by=request.actor, at=clock.now(), **form.cleaned_data)
    return redirect("surveys:survey", code)


@require_POST
def publish(request: ActorRequest, code: str) -> HttpResponse:
    """Publish the results."""
    operations.publish_results(survey=code, by=request.actor, at=clock.now())
    messages.success(request, _("结果已公布，任何人都可以看。"))
    return redirect("surveys:survey", code)


def _seen(request: ActorRequest, code: str) -> Survey:
    one = queries.survey(code)
    if request.actor.unit != one.unit.code or not any(request.actor.holds(action) for action in NEEDED):
        raise NotFound(_("这次调查"))
    return one


def _said(one: Survey, row: FrameRow) -> str:
    return _said_of(one, str(row.get_reason_display()))


def _said_of(one: Survey, words: str) -> str:
    """Say of those who may be asked that they wait, before a draw says who is."""
    waits = one.state in (Survey.State.PLANNED, Survey.State.DROPPED) and words == FrameRow.Reason.INVITED.label
    return _("列入摇号") if waits else words


def _facts(one: Survey) -> list[dict[str, Any]]:
    days = f"，{one.dealt_from:%Y-%m-%d}至{one.dealt_to:%Y-%m-%d}" if one.dealt_from and one.dealt_to else ""
    rows = [
        {"key": _("名册"), "value": f"{one.roll_title}{days}"},
        {"key": _("怎么发"), "value": one.get_way_display()},
    ]
    if one.draw_serial:
        address = reverse("draws:detail", args=[one.draw_serial])
        rows.append(
            {"key": _("摇号"), "value": _("第%(serial)d号，公开") % {"serial": one.draw_serial}, "href": address}
        )
    return rows


def _awaited(one: Survey) -> dict[str, Any]:
    """Return what a survey that waits for its draw shows: the steps, which is next, and the form of the last."""
    serial = one.draw_serial or 0
    standing = draws.standing_of(draws.draw_of(serial))
    is_drawn = standing.state in (draws.State.DRAWN, draws.State.REVEALED)
    done, waits = {"tag": _("已完成"), "tag_color": "green"}, {"tag": _("还没到"), "tag_color": "grey"}
    ceremony = reverse("draws:ceremony", args=[serial])
    steps = [
        {"title": _("封存方案"), "hint": _("名单、数目和编号已经固定，谁也不能改。"), **done},
        {
            "title": _("公开摇号"),
            "hint": _("掷骰子、见证、抽取，都在摇号现场页面办。"),
            "href": "" if is_drawn else ceremony,
            **(done if is_drawn else {"tag": standing.state.label, "tag_color": standing.state.color}),
        },
        {
            "title": _("发放答题卡"),
            "hint": _("在本页下载答题卡，同时公布摇号方案和结果。"),
            **({"tag": _("现在办"), "tag_color": "blue"} if is_drawn else waits),
        },
    ]
    return {
        "steps": steps,
        "ceremony": ceremony,
        "is_drawn": is_drawn,
        "is_void": standing.state == draws.State.VOID,
        "form": Drawn(initial={"last_day": one.last_day, "shape": "pdf"}),
        "listing": _plan_table(one),
    }


def _plan_table(one: Survey) -> Table:
    drawn = _("抽几个群") if one.has_clusters else _("抽多少（户）")
    columns = [
        Column(title=_("层"), value="title", heads=True),
        Column(title=_("可以问的（户）"), value="population", kind="number"),
        Column(title=drawn, value="to_draw", kind="number"),
    ]
    return table(columns, list(one.strata.order_by("pk")), name=_("抽样方案"))


def _clusters_table(one: Survey) -> Table:
    columns = [
        Column(title=_("编号"), value="number", kind="code"),
        Column(title=_("群"), value="title", heads=True),
        Column(title=_("层"), value="stratum.title"),
        Column(title=_("户数"), value="population", kind="number"),
        Column(title=_("发放（份）"), value=lambda row: row.invited or _("没有抽中")),
        Column(title=_("收回（份）"), value=lambda row: row.count if row.invited else None, kind="number"),
    ]
    return table(columns, queries.clusters_of(one), name=_("群"), caption=_("各群收回情况"))

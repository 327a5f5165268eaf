"""Running a survey: open it, hand out cards, close it, settle lonely strata, publish."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.conduct.surveys import operations, queries
from yingshang.conduct.surveys.forms import CardShape, Merging, OpeningWithCards, Withholding
from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.operations.following import PUBLISH
from yingshang.conduct.surveys.policies import NEEDED
from yingshang.conduct.surveys.views.results import figures_table, shown
from yingshang.kernel import access, clock, typesetting
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out


@require_http_methods(["GET", "HEAD", "POST"])
def open_survey(request: ActorRequest, code: str) -> HttpResponse:
    """Ask whom to ask and until when; the answer to the post is the file of cards, the only time they are seen."""
    one = queries.questionnaire(code)
    access.permit(request.actor, "surveys.run", one.unit)
    form = OpeningWithCards(request.POST or None, initial={"title": one.title, "shape": "pdf"})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        shape = given.pop("shape")
        made, cards = operations.open_survey(
            questionnaire=one.code, by=request.actor, at=clock.now(), is_demo=one.is_demo, **given
        )
        return _cards(request, made, cards, shape)
    return render(request, "surveys/open.html", {"one": one, "form": form}, status=422 if form.errors else 200)


@require_safe
def survey(request: ActorRequest, code: str) -> HttpResponse:
    """Show what came back and what may be done; once closed, the figures. Queries: fixed."""
    one = _seen(request, code)
    terms = queries.terms_on(one.opened_on)
    columns = [
        Column(title=_("层"), value="title", heads=True),
        Column(title=_("发放（户）"), value="population", kind="number"),
        Column(title=_("收回（份）"), value="answers", kind="number"),
        Column(title=_("误差目标要收回"), value="needed", kind="number"),
    ]
    layers = queries.layers(one, terms.margin_percent)
    listed = table(columns, layers, name=_("各层收回情况"))
    refusals = {
        "run": access.may(request.actor, "surveys.run", one.unit),
        "enter": access.may(request.actor, "surveys.enter", one),
        "publish": access.may(request.actor, "surveys.publish", one),
    }
    context = {"one": one, "listing": listed, "terms": terms, "refusals": refusals}
    if one.state == Survey.State.CLOSED:
        context["has_duty"] = queries.open_duty(one, PUBLISH) is not None
        context["has_too_few"] = sum(each.answers for each in layers) < terms.least
    if one.state != Survey.State.OPEN:
        least = one.least or terms.least
        try:
            figures = queries.estimates(one, least)
        except Refusal as lonely:
            context |= {"lonely": lonely, "merging": Merging(survey=one)}
        else:
            if request.GET.get("format") == "xlsx":
                return xlsx_out(figures_table(figures, name=one.title))
            context |= shown(one, figures, least) | {"texts": queries.texts(one, least)}
    return render(request, "surveys/survey.html", context)


@require_safe
def frame(request: ActorRequest, code: str) -> HttpResponse:
    """List who was invited and who was left out, and why. Queries: fixed."""
    one = _seen(request, code)
    columns = [
        Column(title=_("市场主体"), value="party.display_name", heads=True, width=40),
        Column(title=_("类别"), value="party.get_kind_display"),
        Column(title=_("发放还是不发放"), value="get_reason_display", width=30),
    ]
    rows = queries.frame_of(one.pk)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, rows, name=_("抽样框")))
    page = keyset(rows, request, order=("pk",))
    listed = table(columns, page, request=request, name=_("抽样框"))
    return render(request, "surveys/frame.html", {"one": one, "listing": listed})


@require_http_methods(["GET", "HEAD", "POST"])
def replace_codes(request: ActorRequest, code: str) -> HttpResponse:
    """Ask once more, then replace every unused code; the answer is the file of new cards."""
    one = _seen(request, code)
    access.permit(request.actor, "surveys.run", one.unit)
    form = CardShape(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cards = operations.replace_codes(survey=code, by=request.actor, at=clock.now())
        return _cards(request, one, cards, form.cleaned_data["shape"])
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


def _cards(request: ActorRequest, one: Survey, cards: list[operations.Card], shape: str) -> HttpResponse:
    if shape == "xlsx":
        columns = [
            Column(title=_("层"), value="stratum"),
            Column(title=_("答题码"), value="code", kind="code", width=26),
        ]
        response = xlsx_out(table(columns, cards, name=_("答题卡")))
    else:
        last_day = f"{one.last_day.year}年{one.last_day.month}月{one.last_day.day}日"
        address = request.build_absolute_uri(reverse("surveys:answer"))
        body: list[typesetting.Block] = []
        for card in cards:
            body += [
                # A grid and no heading: headings are numbered in Chinese, and there may be thousands of cards.
                typesetting.Grid(
                    [],
                    [
                        [f"{one.title}　答题卡", card.stratum],
                        ["答题码", card.code],
                        ["怎么填", f"{last_day}以前扫码，或者打开{address}填写。卡上没有记名，一卡答一份。"],
                    ],
                ),
                typesetting.Code(f"{address}#{card.code}"),
            ]
        paper = typesetting.Form(title=_("答题卡"), body=body, note="演示" if one.is_demo else "")
        response = HttpResponse(typesetting.pdf(paper), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="cards-{one.code}.pdf"'
    response["Cache-Control"] = "no-store"
    return response

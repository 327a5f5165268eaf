"""Opening a survey step by step: which roll and how, whom, how many; then all, or the draw and those it gives."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.conduct.surveys import operations, queries, rules
from yingshang.conduct.surveys.forms import CardShape, Choosing, Drawn, Framing, Sizing
from yingshang.conduct.surveys.models import FrameRow, Questionnaire, Survey, Terms
from yingshang.conduct.surveys.queries import Layout, Part
from yingshang.conduct.surveys.views.cards import cards_file
from yingshang.kernel import access, clock, draws
from yingshang.kernel.errors import Refusal
from yingshang.kernel.web import ActorRequest, Column, Table, table
from yingshang.methods import survey as method

QUARTER, HALF, DOUBLE = 0.25, 0.5, 2
FRAME = ("roll", "kinds", "layered_by", "grouped_by", "dealt_from", "dealt_to", "skip_asked")


@require_http_methods(["GET", "HEAD", "POST"])
def open_survey(request: ActorRequest, code: str) -> HttpResponse:
    """Ask which roll and how, then whom, then show the frame and ask how many; the post opens or seals the draw."""
    one = queries.questionnaire(code)
    _refuse_idle(request, one)
    given = request.POST or request.GET
    if request.method != "POST" and "way" not in request.GET:
        first = Choosing(initial={"roll": queries.rolls()[0].code, "way": Survey.Way.CENSUS})
        return render(request, "surveys/open.html", {"one": one, "form": first})
    chosen = {"roll": given.get("roll", queries.rolls()[0].code), "way": given.get("way", Survey.Way.CENSUS)}
    first = Choosing(chosen)
    if not first.is_valid():
        return render(request, "surveys/open.html", {"one": one, "form": first}, status=422)
    roll, way = queries.roll(chosen["roll"]), chosen["way"]
    has_begun = request.method == "POST" or "title" in given
    framing = Framing(
        given if has_begun else None,
        roll=roll,
        way=way,
        version=queries.newest_version(one),
        initial={"title": one.title, "layered_by": rules.KIND},
    )
    context: dict[str, Any] = {"one": one, "form": framing, "chosen": chosen, "roll": roll, "way": Survey.Way(way)}
    if not framing.is_valid():
        return render(request, "surveys/open_frame.html", context, status=422 if has_begun else 200)
    asked = dict(framing.cleaned_data) | {"roll": roll.code}
    terms = queries.terms_on(clock.today())
    try:
        layout = _layout(one, asked, terms)
        answer = _asked(request, one, asked, way, layout, terms, context)
    except Refusal as refusal:
        framing.add_error(None, f"{refusal.reason}{refusal.remedy}")
        return render(request, "surveys/open_frame.html", context, status=422)
    return answer


@require_POST
def open_drawn(request: ActorRequest, code: str) -> HttpResponse:
    """Ask those that the draw gave; the answer is the file of cards."""
    form = Drawn(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明截止日，例如 2026-3-31。"))
        return redirect("surveys:survey", code)
    given = form.cleaned_data
    one, cards = operations.open_drawn(survey=code, last_day=given["last_day"], by=request.actor, at=clock.now())
    return cards_file(request, one, cards, given["shape"])


@require_POST
def drop_plan(request: ActorRequest, code: str) -> HttpResponse:
    """Give up a plan whose draw is void."""
    operations.drop_plan(survey=code, by=request.actor, at=clock.now())
    messages.success(request, _("这次调查没有发放，名单里的户可以再问。"))
    return redirect("surveys:survey", code)


def _refuse_idle(request: ActorRequest, one: Questionnaire) -> None:
    """Raise what the policy says to who may neither ask all nor draw some."""
    if access.may(request.actor, "surveys.sample", one.unit) is not None:
        access.permit(request.actor, "surveys.run", one.unit)


def _layout(one: Questionnaire, asked: dict[str, Any], terms: Terms) -> Layout:
    given: dict[str, Any] = {name: asked[name] for name in FRAME if name in asked}
    frame = rules.FrameAsked(**given | {"kinds": tuple(asked["kinds"])})
    found = queries.laid_out(frame, questionnaire=one, terms=terms, on=clock.today())
    if not found.population:
        raise Refusal("surveys.nobody_to_ask", "名册中没有可以发放的。", "请核对调查对象，或者等到下一年。")
    return found


def _asked(
    request: ActorRequest,
    one: Questionnaire,
    asked: dict[str, Any],
    way: str,
    layout: Layout,
    terms: Terms,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the frame with what so many would give; a post carries the deed out. Raises what the deed refuses."""
    posted = request.POST or None
    is_census = way == Survey.Way.CENSUS
    form: CardShape | Sizing
    if is_census:
        form = CardShape(posted, initial={"shape": "pdf"})
    else:
        sizes = _proposed(layout, way, terms, request.GET.get("total", ""))
        offered = draws.invitations_open_to(one.unit)
        form = Sizing(posted, layout=layout, way=way, sizes=sizes, offered=offered)
    if posted and form.is_valid():
        common: dict[str, Any] = {
            "questionnaire": one.code,
            "by": request.actor,
            "at": clock.now(),
            "is_demo": one.is_demo,
        }
        if isinstance(form, Sizing):
            made = operations.plan_survey(**asked, way=way, **form.plan(), **common)
            serial = {"serial": made.draw_serial}
            messages.success(request, _("抽样方案已封存，摇号编号第%(serial)s号。") % serial)
            return redirect("surveys:survey", made.code)
        made, cards = operations.open_survey(**asked, **common)
        return cards_file(request, made, cards, form.cleaned_data["shape"])
    context |= {
        "form": form,
        "carried": [(name, value) for name, value in _carried(context["form"], context["chosen"])],
        "strata": _strata_table(layout, way),
        "left_out": _left_out_table(layout),
        "margins": _margin_table(layout, terms) if way in (Survey.Way.CENSUS, Survey.Way.SAMPLE) else None,
        "bounds": _bounds(layout, form, way),
        "terms": terms,
        "total": request.GET.get("total", ""),
        "refusal": access.may(request.actor, "surveys.run" if is_census else "surveys.sample", one.unit)
        or (None if is_census else access.may(request.actor, "draws.seal", one.unit)),
    }
    return render(request, "surveys/open_sizes.html", context, status=422 if form.errors else 200)


def _carried(framing: Framing, chosen: dict[str, str]) -> list[tuple[str, str]]:
    """Return the earlier steps as they were typed, for hidden fields."""
    rows = list(chosen.items())
    for name in framing.fields:
        value = framing.cleaned_data.get(name)
        if isinstance(value, list):
            rows += [(name, each) for each in value]
        elif value not in (None, "", False):
            rows.append((name, "on" if value is True else str(value)))
    return rows


def _proposed(layout: Layout, way: str, terms: Terms, total: str) -> dict[str, int]:
    """Return sizes to begin with: what the county's margin needs, or a total that was typed, in proportion."""
    there = {part.key: part.population for part in layout.strata}
    if way == Survey.Way.SAMPLE:
        size = method.sample_size(layout.population, margin=terms.margin_percent / 100)
        return method.allocate(there, int(total) if total.isdecimal() and len(total) < 8 else size, least=terms.least)
    clusters = {part.key: len(layout.clusters_of(part.key)) for part in layout.strata}
    wanted = int(total) if total.isdecimal() and len(total) < 5 else max(round(sum(clusters.values()) * HALF), 1)
    return {**method.allocate(clusters, wanted), "within": terms.least}


def _strata_table(layout: Layout, way: str) -> Table:
    columns = [
        Column(title=_("层"), value="title", heads=True),
        Column(title=_("可以问的（户）"), value="population", kind="number"),
    ]
    if layout.clusters:
        columns.append(Column(title=_("群"), value=lambda part: len(layout.clusters_of(part.key)), kind="number"))
        sizes = Column(title=_("最小和最大的群（户）"), value=lambda part: _range(layout.clusters_of(part.key)))
        columns.append(sizes)
    return table(columns, layout.strata, name=_("分层"), caption=_("这次可以问的"))


def _range(parts: list[Part]) -> str:
    sizes = [part.population for part in parts]
    return f"{min(sizes)} – {max(sizes)}" if sizes else ""


def _left_out_table(layout: Layout) -> Table | None:
    words = dict(FrameRow.Reason.choices)
    rows = [{"reason": str(words[key]), "count": count} for key, count in layout.left_out.items()]
    columns = [
        Column(title=_("不发放的理由"), value="reason", heads=True),
        Column(title=_("户数"), value="count", kind="number"),
    ]
    return table(columns, rows, name=_("不发放的"), caption=_("不发放的，各有理由")) if rows else None


def _margin_table(layout: Layout, terms: Terms) -> Table:
    """Say what so many cards would give, if all and if half of them come back."""
    there = {part.key: part.population for part in layout.strata}
    needed = method.sample_size(layout.population, margin=terms.margin_percent / 100)
    wanted = {round(needed * share) for share in (QUARTER, HALF, 1, DOUBLE)} | {layout.population}
    rows = []
    for size in sorted(each for each in wanted if 0 < each <= layout.population):
        sizes = method.allocate(there, size)
        half = {key: max(round(count * HALF), 1) for key, count in sizes.items()}
        rows.append(
            {
                "size": sum(sizes.values()),
                "full": _points(method.margin(there, sizes)),
                "half": _points(method.margin(there, half)),
            }
        )
    columns = [
        Column(title=_("发多少份"), value=lambda row: str(row["size"]), heads=True),
        Column(title=_("全部收回，误差大约"), value="full"),
        Column(title=_("收回一半，误差大约"), value="half"),
    ]
    return table(columns, rows, name=_("误差预估"), caption=_("这样发多少份，误差大约多少"))


def _bounds(layout: Layout, form: CardShape | Sizing, way: str) -> dict[str, Any] | None:
    """Return between what the margin of a cluster sample lies: parties as if drawn alone, clusters as if all alike."""
    if not isinstance(form, Sizing) or way == Survey.Way.SAMPLE:
        return None
    there = {part.key: part.population for part in layout.strata}
    clusters = {part.key: len(layout.clusters_of(part.key)) for part in layout.strata}
    drawn = {
        key: int(form[name].value() or 0) for name, key in form.names.items() if str(form[name].value()).isdecimal()
    }
    within = str(form["within"].value()) if "within" in form.fields else ""
    sizes = {}
    for key, count in drawn.items():
        each = there[key] / max(clusters[key], 1)
        sizes[key] = round(count * (min(each, int(within)) if within.isdecimal() else each))
    return {
        "size": sum(sizes.values()),
        "best": _points(method.margin(there, sizes)),
        "worst": _points(method.margin(clusters, drawn)),
    }


def _points(margin: float) -> str:
    return _("正负%(points).1f个百分点") % {"points": 100 * margin}

"""What everybody sees: the register, one draw, its file, and how to verify it oneself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access, ledger, web
from yingshang.kernel.draws.bundling import modules_of
from yingshang.kernel.draws.models import Draw, Step
from yingshang.kernel.draws.publishing import assignments_of, published, revealed
from yingshang.kernel.draws.queries import draw_of, draws
from yingshang.kernel.draws.reasons import void_reasons
from yingshang.kernel.draws.showing import SECTIONS, rule_words, timeline_of
from yingshang.kernel.draws.standing import standing_of, standings_of
from yingshang.kernel.web import ActorRequest, Column

RESULTS_SHOWN = 200


@require_safe
def register(request: ActorRequest) -> HttpResponse:
    """Show every draw of the county, newest first, void and unfinished ones too. Queries: 5."""
    page = web.keyset(draws(), request, order=("-serial",))
    shown = web.table(_columns(page.rows), page, request=request, name="摇号登记", empty=_("还没有摇过号。"))
    if request.GET.get("format") == "xlsx":
        everything = list(draws())
        return web.xlsx_out(web.table(_columns(everything, whole=True), everything, name="摇号登记"))
    may_seal = request.actor.holds("draws.seal")
    return render(request, "draws/register.html", {"table": shown, "may_seal": may_seal})


@require_safe
def detail(request: ActorRequest, serial: int) -> HttpResponse:
    """Show one draw: commitment, rule, what happened, and the result once it is revealed."""
    draw = draw_of(serial)
    clear = revealed(draw)
    actor = request.actor
    context: dict[str, Any] = {
        "draw": draw,
        "standing": standing_of(draw),
        "timeline": timeline_of(draw),
        "rule": [{"key": key, "value": value} for key, value in rule_words(draw)],
        "sections": [
            {"key": _(SECTIONS[name]), "value": digest} for name, digest in sorted(draw.commitment["sections"].items())
        ],
        "entry_id": next(step.entry_id for step in draw.steps.all() if step.does == Step.Does.COMMITTED),
        "may_see": access.may(actor, "draws.see_result", draw) is None,
        "may_void": _may_void(request, draw),
    }
    if clear is not None:
        results = _results_table(request, clear)
        if request.GET.get("format") == "xlsx":
            return web.xlsx_out(results)
        first = results.with_rows(list(results.rows)[:RESULTS_SHOWN])
        context |= {"strata": _strata_table(clear), "results": first, "results_shown": RESULTS_SHOWN}
    return render(request, "draws/detail.html", context)


@require_safe
def file(request: HttpRequest, serial: int) -> HttpResponse:
    """Send the published file of a draw, as it stands."""
    response = HttpResponse(published(serial), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="draw-{serial}.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Explain how to verify a draw oneself, with the verifier in the page. ``?serial=`` offers that draw's file."""
    wanted = request.GET.get("serial", "")
    found = Draw.objects.filter(serial=int(wanted)).first() if wanted.isdigit() and len(wanted) < 9 else None
    newest = ledger.latest()
    return render(request, "draws/verify.html", {"draw": found, "key": newest.key if newest else ""})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Send the verifier as one page that works from a disk, with no network."""
    newest = ledger.latest()
    context = {"modules": modules_of("verify-page.js"), "key": newest.key if newest else ""}
    response = HttpResponse(render_to_string("draws/offline.html", context))
    response["Content-Disposition"] = 'attachment; filename="verify-draw.html"'
    return response


def _columns(rows: list[Draw], *, whole: bool = False) -> list[Column]:
    standings = standings_of(rows)
    return [
        Column(title=_("编号"), value="serial", kind="number", heads=True, href=_address),
        Column(title=_("名称"), value="title", href=_address, width=30),
        Column(title=_("组织单位"), value="unit.short_name"),
        Column(title=_("封存时间"), value="committed_at", kind="moment"),
        Column(title=_("进展"), value=lambda row: standings[row.serial].state.label, width=24),
        Column(title=_("作废理由"), value=_reason, width=24),
        Column(
            title=_("承诺的摘要"),
            value=lambda row: row.digest if whole else f"{row.digest[:16]}…",
            kind="code",
            width=66,
        ),
    ]


def _reason(row: Draw) -> str:
    last = list(row.steps.all())[-1]
    if last.does != Step.Does.VOIDED or not last.content:
        return ""
    reason = str(last.content["reason"])
    return void_reasons().words(reason)


def _address(row: Draw) -> str:
    return reverse("draws:detail", args=[row.serial])


def _may_void(request: ActorRequest, draw: Draw) -> bool:
    actions = ("draws.void", "draws.void_drawn")
    return any(request.actor.holds(action) and access.may(request.actor, action, draw) is None for action in actions)


def _strata_table(clear: dict[str, Any]) -> web.Table:
    plan = clear["plan"]
    out = {row["id"] for row in plan["exclusions"]}
    rows = [
        {
            "name": one["class"],
            "size": len(plan["targets"][one["class"]]),
            "eligible": sum(target not in out for target in plan["targets"][one["class"]]),
            "ratio": f"{one['num']}/{one['den']}" if one["den"] else _("%(count)d户") % {"count": one["count"]},
            "drawn": len(clear["result"]["drawn"][one["class"]]),
        }
        for one in plan["strata"]
    ]
    columns = [
        Column(title=_("分类"), value="name", heads=True),
        Column(title=_("在库"), value="size", kind="number"),
        Column(title=_("排除后"), value="eligible", kind="number"),
        Column(title=_("比例或数量"), value="ratio"),
        Column(title=_("抽取"), value="drawn", kind="number"),
    ]
    return web.table(columns, rows, name="分类")


def _results_table(request: HttpRequest, clear: dict[str, Any]) -> web.Table:
    """Return who visits whom in the end, substitutions applied: all of it, for page and workbook alike.

    Where nobody was to be paired there is no column of people.
    """
    columns = [
        Column(title=_("分类"), value="stratum"),
        Column(title=_("抽中的"), value="target", kind="code", heads=True, width=24),
    ]
    if clear["plan"]["pairs"]["wanted"]:
        people = _("检查人员（执法证号）")
        columns.append(Column(title=people, value=lambda row: "、".join(row.team) or _("没有配到人员"), width=30))
    return web.table(columns, assignments_of(clear), request=request, name="抽取结果", empty=_("没有抽取任何对象。"))

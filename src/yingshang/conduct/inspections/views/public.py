"""What everybody sees of inspections: plans, pools in numbers, draws, what was stopped."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Batch
from yingshang.conduct.inspections.rules.stops import WORDS
from yingshang.conduct.inspections.views.plans import plan_columns
from yingshang.kernel import clock
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out

PLANS_SHOWN = 20


@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """Show the way to everything, with the pool in numbers. Queries: fixed."""
    today = clock.today()
    counts = queries.pool_counts(today)
    context = {
        "plans": queries.public_plans().filter(state="published", year=today.year)[:PLANS_SHOWN],
        "year": today.year,
        "counts": [{"grade": grade, "number": number} for grade, number in counts.items()],
        "all": sum(counts.values()),
        "items": len(queries.published_items(today)),
        "last": queries.batches().first(),
        "stopped": sum(int(str(row["number"])) for row in queries.stop_counts()),
    }
    return render(request, "inspections/overview.html", context)


@require_safe
def plans(request: ActorRequest) -> HttpResponse:
    """Show the published plans of all units, superseded versions with the reason of the next."""
    rows = queries.public_plans()
    page = keyset(rows, request, order=("-year", "unit__code", "-version"))
    listing = table(plan_columns(), page, request=request, name="年度抽查计划", empty=_("还没有公示的计划。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows))
    return _listing(request, _("年度抽查计划"), listing, [_("各单位一年抽查什么、抽多少、和谁联合，都照公示的计划。")])


@require_safe
def draws(request: ActorRequest) -> HttpResponse:
    """Show the draws of inspections with the pool each was drawn from, and where to verify it oneself."""
    rows = queries.batches()
    columns = [
        Column(title=_("摇号编号"), value=lambda row: int(row.serial), kind="number", heads=True, href=_draw),
        Column(title=_("单位"), value="line.plan.unit.short_name", width=24),
        Column(title=_("任务"), value="line.title", width=30, href=_plan),
        Column(title=_("封存时间"), value="at", kind="moment"),
        Column(title=_("名录库"), value=lambda row: _counts(row.pool_counts), width=30),
        Column(title=_("名录库摘要（SHA-256）"), value="pool_digest", kind="code", width=66),
        Column(title=_("核验"), value=lambda _row: _("自己核验"), href=_verify, in_sheet=False),
    ]
    page = keyset(rows, request)
    listing = table(columns, page, request=request, name="抽查的摇号", empty=_("还没有为抽查摇过号。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows))
    intro = [
        _(
            "名录库摘要是封存那一刻各类企业代码的SHA-256。结果公布以后，任何人都可以用公布的文件自己算一遍，对得上才是真的。"
        )
    ]
    return _listing(request, _("抽查的摇号"), listing, intro)


@require_safe
def stops(request: ActorRequest) -> HttpResponse:
    """Show how many attempts each rule stopped in each unit; whom they concerned is not said."""
    rows = queries.stop_counts()
    columns = [
        Column(title=_("规则"), value=lambda row: WORDS.get(row["refusal"], _("其他")), heads=True, width=40),
        Column(title=_("单位"), value="unit", width=24),
        Column(title=_("制止次数"), value="number", kind="number"),
        Column(title=_("最近一次"), value=lambda row: clock.beijing_date(row["last"]), kind="date"),
    ]
    listing = table(columns, rows, request=request, name="制止的违规检查", empty=_("还没有制止过违规检查。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    intro = [_("不合规定的检查，系统当场制止并记录在案。这里只公布次数，不公布是哪家企业。")]
    return _listing(request, _("制止的违规检查"), listing, intro)


def _listing(request: ActorRequest, heading: str, listing: Any, intro: list[str]) -> HttpResponse:
    back = (_("双随机抽查"), reverse("inspections:overview"))
    context = {"heading": heading, "back": back, "intro": intro, "tables": [listing]}
    return render(request, "inspections/listing.html", context)


def _counts(counts: dict[str, int]) -> str:
    return "，".join(f"{grade}类{number}户" for grade, number in sorted(counts.items()))


def _draw(row: Batch) -> str:
    return reverse("draws:detail", args=[row.serial])


def _plan(row: Batch) -> str:
    return reverse("inspections:plan", args=[row.line.plan_id])


def _verify(row: Batch) -> str:
    return f"{reverse('draws:verify')}?serial={row.serial}"

"""Pages: every limit with its source, the working days of each year, and what stands on weak ground."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingshang.kernel import access, registry, web
from yingshang.kernel.clock import queries
from yingshang.kernel.clock.forms import CalendarConfirmation, CalendarUpload, LimitFilter, sealed
from yingshang.kernel.clock.publishing import missing_year
from yingshang.kernel.clock.publishing import preview as preview_of
from yingshang.kernel.clock.publishing import publish_calendar as publish
from yingshang.kernel.clock.timepiece import now, today
from yingshang.kernel.web import Column
from yingshang.kernel.web.request import ActorRequest


@require_GET
def limits(request: ActorRequest) -> HttpResponse:
    """Show the limits in force today with their sources."""
    form = LimitFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.limits_in_force(
        today(), chosen.get("q", ""), own=form.own_or_national() if form.is_valid() else None
    )
    columns = [
        Column(title=_("时限"), value="title", href=lambda row: _limit_address(row.code), heads=True, width=40),
        Column(title=_("代码"), value="code", kind="code", width=26),
        Column(title=_("期限"), value="length"),
        Column(title=_("从何时起算"), value="start_event", width=24),
        Column(title=_("届满时"), value="get_on_expiry_display", width=24),
        Column(title=_("依据"), value=lambda row: row.source or _("尚无出处"), width=40),
        Column(title=_("版本"), value="edition", kind="date"),
        Column(title=_("还要核对"), value=lambda row: row.todo, width=40),
    ]
    shown = web.table(columns, rows, request=request, name=_("时限清单"), empty=_("没有符合条件的时限。"))
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    return render(request, "clock/limits.html", {"table": shown, "form": form})


@require_GET
def limit(request: ActorRequest, code: str) -> HttpResponse:
    """Show one limit in all its editions."""
    editions = queries.editions_of(code)
    extends = editions[0].extends and queries.editions_of(editions[0].extends)[0]
    return render(request, "clock/limit.html", {"limit": editions[0], "editions": editions, "extends": extends})


@require_GET
def unsourced(request: ActorRequest) -> HttpResponse:
    """Show what is applied without a source or still has to be confirmed, from every package that knows of any."""
    rows = [row for cards in registry.slot("law.unsourced") for row in cards(request.actor, None)]
    columns = [
        Column(title=_("内容"), value="title", href=lambda row: row.href, heads=True, width=40),
        Column(title=_("类别"), value="kind"),
        Column(title=_("现引用的依据"), value=lambda row: row.source or _("尚无出处"), width=40),
        Column(title=_("还要做什么"), value="todo", width=60),
    ]
    shown = web.table(columns, rows, request=request, name=_("待核依据"), empty=_("没有待核的依据。"))
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    return render(request, "clock/unsourced.html", {"table": shown, "count": len(rows)})


@require_GET
def calendar_years(request: ActorRequest) -> HttpResponse:
    """Show the years whose notice is published, every edition of each."""
    columns = [
        Column(
            title=_("年份"),
            value=lambda row: f"{row.year}年",
            href=lambda row: reverse("clock:calendar_year", args=[row.year]),
            heads=True,
        ),
        Column(title=_("版次"), value="edition", kind="number"),
        Column(title=_("通知文号"), value="notice_nos", width=40),
        Column(title=_("放假天数"), value="off", kind="number"),
        Column(title=_("调休上班天数"), value="worked", kind="number"),
        Column(title=_("核对情况"), value=lambda row: _("已核对") if row.is_confirmed else _("待核对")),
    ]
    shown = web.table(columns, queries.calendar_years(), request=request, name=_("工作日历"))
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    may_publish = access.may(request.actor, "clock.publish_calendar") is None
    context = {"table": shown, "missing": missing_year(today()), "may_publish": may_publish}
    return render(request, "clock/calendar_years.html", context)


@require_GET
def calendar_year(request: ActorRequest, year: int) -> HttpResponse:
    """Show the days off and the make-up days of a year."""
    found = queries.calendar_year(year)
    columns = [
        Column(title=_("日期"), value="date", kind="date", heads=True),
        Column(title=_("星期"), value=lambda row: "一二三四五六日"[row.date.weekday()]),
        Column(title=_("安排"), value="get_kind_display"),
        Column(title=_("节日"), value="name"),
    ]
    days = sorted(found.days.all(), key=lambda row: row.date)
    shown = web.table(columns, days, request=request, name=f"{year}年工作日历", dense=True)
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown)
    return render(request, "clock/calendar_year.html", {"year": found, "table": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def import_calendar(request: ActorRequest) -> HttpResponse:
    """Read an uploaded notice and show what publishing it would do."""
    access.permit(request.actor, "clock.publish_calendar")
    form = CalendarUpload(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "clock/import_calendar.html", {"form": form})
    notice = form.cleaned_data["notice"]
    shown = preview_of(notice=notice, by=request.actor, at=now())
    context = {"notice": notice, "preview": shown, "form": CalendarConfirmation(initial={"notice": sealed(notice)})}
    return render(request, "clock/preview_calendar.html", context)


@require_POST
def publish_calendar(request: ActorRequest) -> HttpResponse:
    """Publish the notice that was shown."""
    form = CalendarConfirmation(request.POST)
    if not form.is_valid():
        messages.error(request, _("预览已过期，请重新上传文件。"))
        return redirect("clock:import_calendar")
    kept = publish(notice=form.cleaned_data["notice"], by=request.actor, at=now())
    count = len(kept.recounts)
    told = ngettext("已公布，重新计算了%(count)s个期限。", "已公布，重新计算了%(count)s个期限。", count)
    messages.success(request, told % {"count": count})
    return redirect("clock:calendar_year", kept.calendar_year.year)


def _limit_address(code: str) -> str:
    return reverse("clock:limit", args=[code])

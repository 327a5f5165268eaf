"""Window self-checks: the board of who has filled in the sheet, the sheet itself, what was put right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yingshang.kernel import access, clock, documents
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.windows import FixForm, SheetForm
from yingshang.oversight.supervision.rules.periods import period_of
from yingshang.oversight.supervision.views.questions import attempt


def board(request: ActorRequest) -> HttpResponse:
    """Show who owes the sheet of this period, who has filled it in, and the lamp of who has not."""
    if not request.actor.unit:
        raise NotFound("窗口自查")
    today, county = clock.today(), queries.rules_of_county()
    period = period_of(today, county.self_check_every)
    watches = request.actor.holds("supervision.see_work")
    rows = [row for row in queries.self_checks_of(period, today) if watches or row.unit.code == request.actor.unit]
    columns = [
        Column(title="单位", value="unit.short_name", heads=True, width=24, href=_sheet_of),
        Column(title="填写期限", value="duty.due_date", kind="date"),
        Column(title="亮灯", value="lamp", kind="lamp"),
        Column(title="自查", value=lambda row: "已填" if row.filed else "还没有填"),
        Column(title="发现问题", value="wrong", kind="number"),
        Column(title="还没有整改", value="unfixed", kind="number"),
    ]
    title = queries.period_title(period)
    listing = table(columns, rows, request=request, name=f"{title}窗口自查", empty="这一期没有单位要填自查表。")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    own = queries.duty_of(queries.SELF_CHECK, period, request.actor.unit)
    may_fill = own is not None and own.state == "open"
    if own is not None and may_fill:
        may_fill = access.may(request.actor, "supervision.fill_self_check", own) is None
    context = {"listing": listing, "title": title, "may_fill": may_fill, "period": period}
    return render(request, "supervision/self_checks.html", context)


def _sheet_of(row: queries.Owing) -> str:
    return reverse("supervision:self_check", args=[row.filed.pk]) if row.filed else ""


@require_http_methods(["GET", "POST"])
def fill(request: ActorRequest, period: str) -> HttpResponse:
    """Fill in the sheet: one line for each item that is not in order."""
    duty = queries.duty_of(queries.SELF_CHECK, period, request.actor.unit)
    if duty is None:
        raise NotFound("这一期的自查表")
    access.permit(request.actor, "supervision.fill_self_check", duty)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*posted, sheet=queries.rules_of_county().sheet)
    if form.is_valid():
        photos = [(each.file, each.name, each.content_type or "") for each in form.cleaned_data["photos"]]
        told: dict[str, Any] = {"period": period, "wrong": form.wrong(), "photos": photos}
        filled = attempt(form, lambda: operations.fill_self_check(**told, by=request.actor, at=clock.now()))
        if filled is not None:
            messages.success(request, "自查表已填好。")
            return redirect("supervision:self_check", sheet_id=filled.pk)
    context = {"form": form, "title": queries.period_title(period)}
    return render(request, "supervision/self_check_fill.html", context, status=422 if form.is_bound else 200)


def sheet(request: ActorRequest, sheet_id: int) -> HttpResponse:
    """Show one sheet with what was wrong and when it was put right."""
    found = queries.sheet(sheet_id)
    if access.may(request.actor, "supervision.see_own_look", found.unit) is not None:
        raise NotFound("这张自查表")
    context = {
        "sheet": found,
        "title": queries.period_title(found.period),
        "photos": documents.documents_of(queries.self_check_subject(found), request.actor),
        "may_fix": access.may(request.actor, "supervision.fill_self_check", found.duty) is None,
    }
    return render(request, "supervision/self_check.html", context)


@require_http_methods(["GET", "POST"])
def fix(request: ActorRequest, item_id: int) -> HttpResponse:
    """Say when and how an item was put right."""
    item = queries.item(item_id)
    if access.may(request.actor, "supervision.see_own_look", item.sheet.unit) is not None:
        raise NotFound("自查表的这一项")
    access.permit(request.actor, "supervision.fill_self_check", item.sheet.duty)
    form = FixForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        operations.fix_item(item_id=item_id, **form.cleaned_data, by=request.actor, at=clock.now())
        messages.success(request, "已登记整改。")
        return redirect("supervision:self_check", sheet_id=item.sheet_id)
    context = {"form": form, "item": item}
    return render(request, "supervision/self_check_fix.html", context, status=422 if form.is_bound else 200)

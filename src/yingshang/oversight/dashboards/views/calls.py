"""The Monday page: whom to call, why, and what was said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yingshang.kernel import access, clock, org
from yingshang.kernel.web import ActorRequest, Column, Table, keyset, table, xlsx_out
from yingshang.oversight.dashboards import operations, queries
from yingshang.oversight.dashboards.forms import CallForm
from yingshang.oversight.dashboards.queries import CallRow


def calls(request: ActorRequest) -> HttpResponse:
    """Show the units to call today. Queries: fixed, and those of whoever drafts letters."""
    access.permit(request.actor, "dashboards.see_calls")
    today = clock.today()
    rule, rows = queries.to_call(request.actor, today)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(_listing(rows))
    context = {"rule": rule, "rows": rows, "today": today, "export": f"{request.path}?format=xlsx"}
    return render(request, "dashboards/calls.html", context)


def note_call(request: ActorRequest, code: str) -> HttpResponse:
    """Show what was said to a unit so far; a form sent in notes one more call."""
    unit = org.unit(code)
    access.permit(request.actor, "dashboards.note_call", unit)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.note_call(unit_code=code, by=request.actor, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("已记录。"))
        return redirect("dashboards:calls")
    listing = table(
        _called(),
        keyset(queries.calls_of(unit), request, order=("-called_at", "-pk")),
        request=request,
        name=_("电话记录"),
        empty=_("还没有打过电话。"),
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(queries.calls_of(unit)))
    return render(request, "dashboards/note_call.html", {"unit": unit, "form": form, "listing": listing})


def _called() -> list[Column]:
    return [
        Column(title=_("通话时间"), value="called_at", kind="moment", heads=True, width=18),
        Column(title=_("对方怎么答复"), value="answer", width=50),
        Column(title=_("答应哪天办完"), value="promised_on", kind="date"),
    ]


def _listing(rows: list[CallRow]) -> Table:
    columns = [
        Column(title=_("单位"), value="unit.short_name", heads=True, width=24),
        Column(title=_("为什么打"), value="choice.why", width=30),
        Column(title=_("找谁"), value=lambda row: "、".join(f"{post}{name}" for post, name in row.answering), width=30),
        Column(title=_("迟得最久的一件"), value=lambda row: row.duties[0].title if row.duties else "", width=34),
        Column(title=_("上次答复"), value=lambda row: row.last.answer if row.last else "", width=40),
        Column(title=_("上次通话"), value=lambda row: row.last.called_at if row.last else None, kind="moment"),
    ]
    return table(columns, rows, name=_("周一电话单"))

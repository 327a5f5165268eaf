"""The to-do list: worst first, filtered, the filter kept under a name, one case found by scanner or key."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.forms.desk import DeskFilter, SaveFilterForm, ScanForm
from yingshang.casework.cases.views.desk.standing import NO_KEYS, keys_on, need_desk
from yingshang.kernel import clock, web
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column

MOST_EXPORTED = 5_000
A_YEAR = 31_536_000
NEWEST_FIRST = ("-pk",)


def columns() -> list[Column]:
    """Return the columns of the to-do list, for the screen and the workbook."""
    return [
        Column(
            title=_("办件编号"),
            value="number",
            kind="code",
            heads=True,
            href=lambda row: reverse("cases:desk_case", args=[row.number]),
            width=22,
        ),
        Column(title=_("事项"), value="item", width=30),
        Column(title=_("申请人"), value="applicant", width=20),
        Column(title=_("办到哪一步"), value="state", width=18),
        Column(title=_("官方状态"), value="code", width=18),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
        Column(title=_("还剩"), value="remaining", kind="remaining", width=18),
        Column(title=_("为什么是这个期限"), value="why", width=48),
        Column(title=_("收到"), value="received_on", kind="date"),
        Column(title=_("渠道"), value="channel"),
    ]


@require_safe
def todo(request: ActorRequest) -> HttpResponse:
    """List the cases of the unit, the most urgent first. Queries: fixed."""
    need_desk(request)
    on = clock.today()
    form = DeskFilter(request.GET or None, items=queries.items_of(request.actor, on))
    wanted = form.chosen()
    cases = queries.sought(queries.desk_of(request.actor), wanted, request.actor, on)
    order = NEWEST_FIRST if wanted.get("state") == "ended" else queries.MOST_URGENT_FIRST
    page = web.keyset(cases, request, order=order)
    rows = queries.desk_rows(page.rows, request.actor, on)
    listed = web.table(
        columns(),
        page,
        request=request,
        name=_("办件待办"),
        empty=_("没有符合条件的办件。"),
        empty_hint=_("换个条件，或者清除筛选。") if wanted else _("新的申请来了会出现在这里。"),
    )
    if request.GET.get("format") == "xlsx":
        chosen = list(cases.order_by(*order)[:MOST_EXPORTED])
        return web.xlsx_out(listed.with_rows(queries.desk_rows(chosen, request.actor, on)))
    query = {key: value for key, value in request.GET.items() if key in form.fields and value}
    values = {
        "table": replace(listed, rows=rows),
        "form": form,
        "scan": ScanForm(),
        "save": SaveFilterForm(),
        "saved": [(row, urlencode(row.query)) for row in queries.saved_filters(request.actor)],
        "query": query,
        "keys": keys_on(request),
        "may_enter": request.actor.holds("cases.receive"),
        "person": request.actor.person,
    }
    return render(request, "cases/desk/todo.html", values)


@require_safe
def scan(request: ActorRequest) -> HttpResponse:
    """Open the case that was scanned or typed; say plainly when there is none."""
    need_desk(request)
    form = ScanForm(request.GET)
    if form.is_valid():
        try:
            return redirect("cases:desk_case", queries.scanned(request.actor, form.cleaned_data["q"]).number)
        except NotFound:
            form.add_error("q", _("没有找到这件办件，或者它不在您的单位。请核对编号，例如20261123-0483-7225。"))
    return render(request, "cases/desk/scan.html", {"form": form}, status=404)


@require_safe
def next_one(request: ActorRequest) -> HttpResponse:
    """Open the most pressing case, or the one behind the case that ``after`` names."""
    need_desk(request)
    on = clock.today()
    form = DeskFilter(request.GET or None, items=queries.items_of(request.actor, on))
    after = request.GET.get("behind", "")
    last = int(after) if after.isdecimal() and len(after) < len(str(2**62)) else None
    found = queries.next_case(request.actor, form.chosen(), on, last)
    if found is None:
        messages.success(request, _("没有待办的办件了。"))
        return redirect("cases:desk")
    return redirect("cases:desk_case", found.number)


@require_POST
def save(request: ActorRequest) -> HttpResponse:
    """Keep the filter that is on under a name."""
    need_desk(request)
    query = QueryDict(request.POST.get("query", ""))
    form = SaveFilterForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    shared = bool(request.POST.get("is_shared"))
    known = {key: str(value)[:80] for key, value in query.items() if key in DeskFilter.base_fields}
    row = operations.save_filter(name=name, query=known, is_shared=shared, by=request.actor, at=clock.now())
    messages.success(request, _("已保存为“%(name)s”。") % {"name": row.name})
    return redirect(f"{reverse('cases:desk')}?{urlencode(row.query)}")


@require_POST
def forget(request: ActorRequest, filter_id: int) -> HttpResponse:
    """Remove a filter of one's own."""
    need_desk(request)
    operations.forget_filter(filter_id=filter_id, by=request.actor)
    messages.success(request, _("已删除这个常用筛选。"))
    return redirect("cases:desk")


@require_POST
def keys(request: ActorRequest) -> HttpResponse:
    """Switch the keys of the desk on or off, for this browser."""
    need_desk(request)
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("cases:desk")
    answer = redirect(back)
    off = "1" if keys_on(request) else "0"
    answer.set_cookie(NO_KEYS, off, max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return answer

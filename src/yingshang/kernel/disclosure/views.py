"""The public pages: what was published, each with its proof."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yingshang.kernel import access, clock, web
from yingshang.kernel.disclosure import publishing
from yingshang.kernel.disclosure.forms import WithdrawForm
from yingshang.kernel.disclosure.kind_files import kinds
from yingshang.kernel.disclosure.models import Disclosure
from yingshang.kernel.disclosure.queries import disclosure_of, disclosures
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show every disclosure, newest first; ``?kind=`` narrows it."""
    known = kinds()
    chosen = request.GET.get("kind", "")
    rows = disclosures().filter(kind=chosen) if chosen in known else disclosures()
    columns = [
        Column(title=_("标题"), value=_title, href=_address, heads=True),
        Column(title=_("类别"), value=lambda row: known[row.kind].title if row.kind in known else row.kind),
        Column(title=_("公开单位"), value="unit.short_name"),
        Column(title=_("公开日期"), value="published_date", kind="date"),
        Column(title=_("状态"), value=_state),
    ]
    shown = web.table(columns, web.keyset(rows, request), request=request, name="公开公示", empty="还没有公开的信息。")
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(shown.with_rows(rows))
    return render(request, "disclosure/index.html", {"table": shown, "kinds": known.values(), "chosen": chosen})


@require_GET
def detail(request: ActorRequest, disclosure_id: int) -> HttpResponse:
    """Show one disclosure; of one withdrawn or past its day, the trace alone."""
    disclosure = disclosure_of(disclosure_id)
    is_shown = disclosure.is_shown_on(clock.today())
    kind = kinds().get(disclosure.kind)
    return render(
        request,
        "disclosure/detail.html",
        {
            "disclosure": disclosure,
            "is_shown": is_shown,
            "kind": kind,
            "state": _state(disclosure),
            "may_withdraw": not disclosure.is_withdrawn
            and access.may(request.actor, "disclosure.withdraw", disclosure.unit) is None,
        },
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, disclosure_id: int) -> HttpResponse:
    """Take a disclosure back with a public reason."""
    disclosure = disclosure_of(disclosure_id)
    access.permit(request.actor, "disclosure.withdraw", disclosure.unit)
    form = WithdrawForm(request.POST or None)
    if disclosure.is_withdrawn:
        messages.info(request, _("这项公开已经撤回。"))
        return redirect("disclosure:detail", disclosure_id)
    if not form.is_valid():
        values = {"disclosure": disclosure, "form": form}
        return render(request, "disclosure/withdraw.html", values, status=422 if form.is_bound else 200)
    reason = form.cleaned_data["reason"]
    publishing.withdraw(disclosure_id=disclosure_id, reason=reason, by=request.actor, at=clock.now())
    messages.success(request, _("已撤回，理由已经公开。"))
    return redirect("disclosure:detail", disclosure_id)


@require_GET
def content(request: HttpRequest, disclosure_id: int) -> HttpResponse:
    """Send exactly the bytes whose SHA-256 stands in the ledger; nothing once they are no longer shown."""
    disclosure = disclosure_of(disclosure_id)
    if not disclosure.is_shown_on(clock.today()):
        raise NotFound("这次公开的内容")
    return HttpResponse(disclosure.content, content_type="application/json; charset=utf-8")


def _address(row: Disclosure) -> str:
    return reverse("disclosure:detail", args=[row.pk])


def _title(row: Disclosure) -> str:
    # A title may name the person concerned; withdrawn or past, it goes with the content.
    return row.title if row.is_shown_on(clock.today()) else f"第{row.pk}号公开"


def _state(row: Disclosure) -> str:
    if row.is_withdrawn:
        return "已撤回"
    return "展示中" if row.is_shown_on(clock.today()) else "展示期满"

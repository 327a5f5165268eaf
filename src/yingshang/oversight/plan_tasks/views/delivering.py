"""Who got the notice, who has signed for it; and the page on which a unit reads and signs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.forms import DeliverForm, ShownForm
from yingshang.oversight.plan_tasks.views.marking import spans_of_notice


def deliveries(request: ActorRequest, code: str) -> HttpResponse:
    """List the units an edition was delivered to: who has read it, who has not signed, with lamps."""
    edition = queries.edition_in_force(code)
    access.permit(request.actor, "plan_tasks.see_deliveries", edition)
    today = clock.today()
    form = ShownForm(request.GET or None)
    shown = form.cleaned_data["shown"] if form.is_valid() else ""
    found = queries.deliveries_of(edition)
    if shown:
        found = found.filter(signed_at__isnull=shown == "unsigned")
    rows = queries.delivery_rows(found, today)
    may_see_units = request.actor.holds("plan_tasks.see_unit")
    listing = table(delivery_columns(may_see_units), rows, request=request, name=f"{edition.plan.title}签收表")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {
        "edition": edition,
        "listing": listing,
        "form": form if form.is_bound else ShownForm(),
        "signed": queries.signed_of(edition),
        "unnamed": queries.addressees_on(edition, today).unnamed,
        "may_deliver": access.may(request.actor, "plan_tasks.deliver", edition) is None,
    }
    return render(request, "plan_tasks/deliveries.html", context)


def deliver_more(request: ActorRequest, code: str) -> HttpResponse:
    """Choose units that the notice's head means and no list names, and deliver to them."""
    edition = queries.edition_in_force(code)
    access.permit(request.actor, "plan_tasks.deliver", edition)
    today = clock.today()
    form = DeliverForm(request.POST or None, candidates=queries.undelivered(edition, today))
    if not form.is_valid():
        unnamed = queries.addressees_on(edition, today).unnamed
        context = {"form": form, "edition": edition, "unnamed": unnamed}
        return render(request, "plan_tasks/deliver_more.html", context, status=422 if form.is_bound else 200)
    count = operations.deliver_to(
        edition_id=edition.pk, unit_codes=form.cleaned_data["units"], by=request.actor, on=today, at=clock.now()
    )
    messages.success(request, f"已向{count}个单位补送通知。")
    return redirect("plan_tasks:deliveries", code=code)


def one(request: ActorRequest, delivery_id: int) -> HttpResponse:
    """Show a delivered notice to the unit; the first look is kept as the time of reading."""
    delivery = operations.open_delivery(delivery_id=delivery_id, by=request.actor, at=clock.now())
    found = queries.delivery(delivery.pk)
    edition = found.edition
    row = queries.delivery_rows([found], clock.today())[0]
    context = {
        "delivery": found,
        "row": row,
        "edition": edition,
        "duties": queries.shares_of_unit(edition, found.unit),
        "text": edition.reading.text,
        "spans": spans_of_notice(edition),
        "cannot_sign": access.may(request.actor, "plan_tasks.sign_delivery", found),
    }
    return render(request, "plan_tasks/delivery.html", context)


@require_POST
def sign(request: ActorRequest, delivery_id: int) -> HttpResponse:
    """Sign for a delivered notice."""
    delivery = operations.sign_delivery(delivery_id=delivery_id, by=request.actor, at=clock.now())
    messages.success(request, f"已签收《{delivery.edition.plan.title}》通知。")
    return redirect("plan_tasks:delivery", delivery_id=delivery_id)


def delivery_columns(may_see_units: bool) -> list[Column]:
    """Return the columns of who got the notice; units lead to their pages for whoever may see them."""
    return [
        Column(title=_("单位"), value="unit_name", heads=True, href=lambda row: row.unit_href if may_see_units else ""),
        Column(title=_("送达原因"), value="reason"),
        Column(title=_("送达时间"), value="delivered_at", kind="moment"),
        Column(title=_("签收情况"), value="state"),
        Column(title=_("首次打开"), value="opened_at", kind="moment"),
        Column(title=_("打开人"), value="opened_by"),
        Column(title=_("签收时间"), value="signed_at", kind="moment"),
        Column(title=_("签收人"), value="signed_by"),
        Column(title=_("签收期限"), value="due_date", kind="date"),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
        Column(title=_("剩余时间"), value="remaining", kind="remaining"),
    ]

"""End an item, delegate it, take it back, move items to one seal."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.forms.deeds import DelegateForm, EndForm, RecallForm, TransferForm
from yingshang.registers.catalogue.models import Delegation, Item
from yingshang.registers.catalogue.queries import desk as queries
from yingshang.registers.catalogue.queries.zones import close_to_people_on
from yingshang.registers.catalogue.views.asking import Asking, answer

MOST_ITEMS = 500


def end_item(request: ActorRequest, slug: str) -> HttpResponse:
    """Take no new applications from a day on."""
    item = queries.item_for(request.actor, slug)
    access.permit(request.actor, "catalogue.publish", item)
    form = EndForm(_posted(request), initial={"ended_on": clock.today()})
    asking = Asking(
        heading=_("停办"), button=_("停办"), back=_back(item), caption=item.title, warn=True,
        intro=[_("停办以后不再收新的申请，群众会看到理由和去哪里办；已经受理的按原来的版本办完。")],
    )  # fmt: skip

    def do() -> tuple[str, str]:
        operations.end_item(slug=slug, **form.cleaned_data, by=request.actor, at=clock.now())
        return _("已停办。"), _back(item)[1]

    return answer(request, form, asking, do=do)


def delegate(request: ActorRequest, slug: str) -> HttpResponse:
    """Let a township or a zone handle an item."""
    item = queries.item_for(request.actor, slug)
    access.permit(request.actor, "catalogue.delegate", item)
    units = close_to_people_on(clock.today()).values_list("code", "short_name")
    form = DelegateForm(_posted(request), units=list(units))
    asking = Asking(
        heading=_("下放"), button=_("下放"), back=_back(item), caption=item.title,
        intro=[_("下放前先培训。下放以后，当地的新申请由乡镇或者园区办理；接不住的可以收回。")],
    )  # fmt: skip

    def do() -> tuple[str, str]:
        given = dict(form.cleaned_data)
        to = given.pop("to")
        operations.delegate(slug=slug, to=to, grant=operations.Grant(**given), by=request.actor, at=clock.now())
        return _("已下放。"), _back(item)[1]

    return answer(request, form, asking, do=do)


def recall(request: ActorRequest, delegation_id: int) -> HttpResponse:
    """Take a delegation back."""
    made = Delegation.objects.select_related("item__unit", "to").filter(pk=delegation_id).first()
    if made is None or access.may(request.actor, "catalogue.see_drafts", made.item) is not None:
        raise NotFound(_("这次下放"))
    access.permit(request.actor, "catalogue.delegate", made.item)
    form = RecallForm(_posted(request), initial={"last_on": clock.today()})
    asking = Asking(heading=_("收回"), button=_("收回"), back=_back(made.item), caption=str(made), warn=True)

    def do() -> tuple[str, str]:
        operations.recall(delegation_id=delegation_id, **form.cleaned_data, by=request.actor, at=clock.now())
        return _("已收回。"), _back(made.item)[1]

    return answer(request, form, asking, do=do)


def transfer(request: ActorRequest) -> HttpResponse:
    """Move several items to one approving unit and its seal."""
    access.permit(request.actor, "catalogue.coordinate")
    rows = Item.objects.filter(ended_on=None).select_related("unit").order_by("unit__path", "title")[:MOST_ITEMS]
    units = org.Unit.objects.on(clock.today()).filter(kind__in=[org.Unit.Kind.GOV, org.Unit.Kind.ZONE])
    form = TransferForm(
        _posted(request),
        items=[(row.slug, f"{row.unit.short_name}：{row.title}") for row in rows],
        units=list(units.values_list("code", "short_name")),
    )
    asking = Asking(
        heading=_("一章通办：划转事项"), button=_("划转"), back=(_("全县事项"), reverse("catalogue:overview")),
        intro=[_("划转以后，新的申请由一个单位办理、用一枚印章；写明以后由谁监管。要么全部划转，要么都不划转。")],
    )  # fmt: skip

    def do() -> tuple[str, str]:
        made = operations.transfer_items(**form.cleaned_data, by=request.actor, at=clock.now())
        return _("已划转%(n)d个事项。") % {"n": len(made)}, reverse("catalogue:overview")

    return answer(request, form, asking, do=do)


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _back(item: Item) -> tuple[str, str]:
    return item.title, reverse("catalogue:item_desk", args=[item.slug])

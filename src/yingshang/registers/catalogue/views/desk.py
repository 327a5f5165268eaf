"""The desk: items of one's own unit, one item with its versions, and beginning a new one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.forms.deeds import NewItemForm, NewVersionForm
from yingshang.registers.catalogue.models import Delegation, Item, ItemVersion, Transfer
from yingshang.registers.catalogue.queries import desk as queries
from yingshang.registers.catalogue.queries.offering import basic_items, words_of
from yingshang.registers.catalogue.queries.zones import zones_on
from yingshang.registers.catalogue.views.asking import Asking, answer

SHOWN_IN_HAND = 200


@require_safe
def items(request: ActorRequest) -> HttpResponse:
    """Show the items of one's own unit, and what is in hand."""
    access.permit(request.actor, "catalogue.see_drafts")
    rows = queries.items_of(request.actor.unit)
    page = keyset(rows, request, order=("-pk",))
    listing = table(item_columns(), page, request=request, name=_("本单位事项"), empty=_("本单位还没有事项。"))
    in_hand = list(queries.in_hand_of(request.actor.unit)[:SHOWN_IN_HAND])
    waiting = table(version_columns(), in_hand, export_address="?format=xlsx&of=hand", name=_("正在办理的版本"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(waiting if request.GET.get("of") == "hand" else listing.with_rows(rows))
    buttons = []
    if access.may(request.actor, "catalogue.edit", None) is None:
        buttons = [
            (_("新建事项"), reverse("catalogue:new_item")),
            (_("用Excel导入事项"), reverse("catalogue:items_in:upload")),
            (_("用Excel导入材料"), reverse("catalogue:materials_in:upload")),
        ]
    context = {
        "heading": _("本单位事项"),
        "back": (_("工作台"), reverse("web:workbench")),
        "buttons": buttons,
        "links": [
            (_("导出事项"), reverse("catalogue:items_out")),
            (_("导出材料"), reverse("catalogue:materials_out")),
        ],
        "tables": [*([(_("正在办理的版本"), waiting)] if in_hand else []), (_("全部事项"), listing)],
    }
    return render(request, "catalogue/listing.html", context)


@require_safe
def item(request: ActorRequest, slug: str) -> HttpResponse:
    """Show one item with its versions and who handles it."""
    found = queries.item_for(request.actor, slug)
    versions = queries.versions_of(found)
    handed = Delegation.objects.filter(item=found).select_related("to").order_by("-from_on", "-pk")
    moved = Transfer.objects.filter(item=found).select_related("to", "from_unit").order_by("-from_on")
    parts: dict[str, tuple[list[Column], list[Any], str]] = {
        "versions": (version_columns(), versions, _("各个版本")),
        "delegations": (delegation_columns(), list(handed), _("下放和收回")),
        "transfers": (transfer_columns(), list(moved), _("划转")),
    }
    tables = {
        part: table(columns, rows, name=f"{found.title}：{name}", export_address=f"?format=xlsx&of={part}")
        for part, (columns, rows, name) in parts.items()
    }
    if request.GET.get("format") == "xlsx":
        return xlsx_out(tables.get(request.GET.get("of", ""), tables["versions"]))
    context = {
        "item": found,
        "list_address": reverse("catalogue:items"),
        "deeds": _deeds(request, found, versions),
        **tables,
    }
    return render(request, "catalogue/item.html", context)


def new_item(request: ActorRequest) -> HttpResponse:
    """Begin an item of one's own unit."""
    access.permit(request.actor, "catalogue.edit")
    kinds = list(words_of("kind_words").items())
    form = NewItemForm(request.POST or None, kinds=kinds, basics=basic_items())
    asking = Asking(
        heading=_("新建事项"),
        button=_("开始编写"),
        back=(_("本单位事项"), reverse("catalogue:items")),
        intro=[
            _("填好这一页以后，再一部分一部分地写：依据、时限、材料、情形、环节、申请表。随时可以停下，改好再交审核。")
        ],
    )

    def do() -> tuple[str, str]:
        made = operations.start_item(**form.cleaned_data, by=request.actor, at=clock.now())
        return _("已经建好，请逐项填写。"), reverse("catalogue:draft", args=[made.pk])

    return answer(request, form, asking, do=do)


def new_version(request: ActorRequest, slug: str) -> HttpResponse:
    """Begin the next version of an item."""
    found = queries.item_for(request.actor, slug)
    access.permit(request.actor, "catalogue.edit", found)
    zones = zones_on(clock.today()).values_list("code", "short_name")
    form = NewVersionForm(request.POST or None, zones=list(zones))
    asking = Asking(
        heading=_("起草新的一版"),
        button=_("开始修改"),
        back=(found.title, reverse("catalogue:item_desk", args=[slug])),
        caption=found.title,
        intro=[_("新的一版先照抄现行的内容，再修改。发布以前，群众看到的还是现行版；已经受理的办件按原来的版本办完。")],
    )

    def do() -> tuple[str, str]:
        made = operations.start_version(slug=slug, **form.cleaned_data, by=request.actor, at=clock.now())
        return _("草稿已建好。"), reverse("catalogue:draft", args=[made.pk])

    return answer(request, form, asking, do=do)


def item_columns() -> list[Column]:
    """Return the columns of a list of items."""
    return [
        Column(title=_("事项"), value="title", heads=True, href=_address, width=40),
        Column(title=_("实施编码"), value="code", kind="code", width=36),
        Column(title=_("单位"), value="unit.short_name", width=20),
        Column(title=_("版本数"), value="version_count", kind="number"),
        Column(title=_("停办日期"), value="ended_on", kind="date"),
    ]


def version_columns() -> list[Column]:
    """Return the columns of a list of versions."""
    return [
        Column(title=_("版本"), value=str, heads=True, href=_draft_address, width=40),
        Column(title=_("情况"), value=lambda row: row.get_state_display()),
        Column(title=_("范围"), value=lambda row: row.zone.short_name if row.zone else _("全县")),
        Column(title=_("从哪天起"), value="effective_from", kind="date"),
        Column(title=_("到哪天止"), value="effective_to", kind="date"),
        Column(title=_("为什么改"), value="changed_because", width=40),
    ]


def delegation_columns() -> list[Column]:
    """Return the columns of a list of delegations."""
    return [
        Column(title=_("下放到"), value="to.short_name", heads=True),
        Column(title=_("从哪天起"), value="from_on", kind="date"),
        Column(title=_("最后一天"), value="last_on", kind="date"),
        Column(title=_("范围"), value="scope", width=40),
        Column(title=_("文件"), value="document", width=30),
        Column(title=_("培训日期"), value="trained_on", kind="date"),
        Column(title=_("培训情况"), value="training", width=40),
        Column(title=_("收回的理由"), value="recalled_because", width=30),
        Column(
            title=_("办理"),
            value=lambda row: "" if row.last_on else _("收回"),
            href=lambda row: "" if row.last_on else reverse("catalogue:recall", args=[row.pk]),
            in_sheet=False,
        ),
    ]


def transfer_columns() -> list[Column]:
    """Return the columns of a list of transfers."""
    return [
        Column(title=_("划转到"), value="to.short_name", heads=True),
        Column(title=_("原来由谁办"), value="from_unit.short_name"),
        Column(title=_("从哪天起"), value="from_on", kind="date"),
        Column(title=_("文件"), value="document", width=30),
        Column(title=_("印章"), value="seal", width=24),
        Column(title=_("由谁监管"), value="regulator", width=30),
    ]


def _deeds(request: ActorRequest, found: Item, versions: list[ItemVersion]) -> list[tuple[str, str]]:
    actor, deeds = request.actor, []
    in_hand = next((version for version in versions if version.state in queries.IN_HAND), None)
    if found.ended_on is None and access.may(actor, "catalogue.edit", found) is None:
        if in_hand is not None:
            deeds.append((_("继续写第%(n)d版") % {"n": in_hand.number}, _draft_address(in_hand)))
        else:
            deeds.append((_("起草新的一版"), reverse("catalogue:new_version", args=[found.slug])))
    if found.ended_on is None and access.may(actor, "catalogue.delegate", found) is None:
        deeds.append((_("下放"), reverse("catalogue:delegate", args=[found.slug])))
    if found.ended_on is None and access.may(actor, "catalogue.publish", found) is None:
        deeds.append((_("停办"), reverse("catalogue:end_item", args=[found.slug])))
    if any(version.published_at for version in versions):
        deeds.append((_("版本比较"), reverse("catalogue:history", args=[found.slug])))
    return deeds


def _address(row: Any) -> str:
    return reverse("catalogue:item_desk", args=[row.slug])


def _draft_address(row: ItemVersion) -> str:
    return reverse("catalogue:draft", args=[row.pk])

"""What everybody may see: the county's items, the lists compared, what changed from version to version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import access, clock, registry
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, keyset, table, xlsx_out
from yingshang.registers.catalogue.forms.deeds import FilterForm
from yingshang.registers.catalogue.models import Item, ItemVersion
from yingshang.registers.catalogue.queries import county, published
from yingshang.registers.catalogue.queries import desk as queries
from yingshang.registers.catalogue.queries.offering import units_with_items, words_of
from yingshang.registers.catalogue.queries.versions import content_of
from yingshang.registers.catalogue.rules.differences import Effort, differences, effort

GAPS = {"missing": "缺少", "extra": "多出", "canceled": "已取消", "level": "层级不同", "kind": "类型不同"}


@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """List the items in force in the county, with what each asks of people."""
    form = FilterForm(
        request.GET or None, units=units_with_items(), kinds=words_of("kind_words"), classes=words_of("reform_class")
    )
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = published(clock.today(), unit=wanted.get("unit", ""), kind=wanted.get("kind", ""))
    if wanted.get("reform_class"):
        rows = rows.filter(reform_class=wanted["reform_class"])
    page = keyset(rows, request, order=("title", "pk"))
    listing = table(_columns(), page, request=request, name=_("全县政务服务事项"), empty=_("还没有发布事项。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing.with_rows(rows))
    links = [
        (_("和基本目录比对"), reverse("catalogue:gaps")),
        (_("改革经验复制推广"), reverse("catalogue:practices")),
    ]
    if access.may(request.actor, "catalogue.coordinate", None) is None:
        links.append((_("一章通办：划转事项"), reverse("catalogue:transfer")))
    context = {
        "heading": _("全县政务服务事项"),
        "intro": [_("每个事项写明依据、时限、材料和跑动次数；修改过的，可以看改了什么、为什么改。")],
        "links": links,
        "form": form,
        "tables": [("", listing)],
    }
    return render(request, "catalogue/listing.html", context)


@require_safe
def gaps(request: ActorRequest) -> HttpResponse:
    """Show where the implementation list disagrees with the basic catalogue."""
    found = county.gaps_on(clock.today())
    listing = table(_gap_columns(), found, request=request, name=_("实施清单和基本目录比对"), empty=_("两张清单一致。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {
        "heading": _("实施清单和基本目录比对"),
        "back": (_("全县政务服务事项"), reverse("catalogue:overview")),
        "intro": [_("目录里有、县里没有的是缺少；县里有、目录里没有的许可是多出；已经取消的不得再实施。")],
        "tables": [("", listing)],
    }
    return render(request, "catalogue/listing.html", context)


@require_safe
def history(request: ActorRequest, slug: str) -> HttpResponse:
    """Show every published version of an item: steps, materials, visits and time side by side."""
    item = county.public_item(slug)
    rows = [(version, effort(content_of(version))) for version in queries.public_versions_of(item)]
    listing = table(_effort_columns(item, rows), rows, request=request, name=_("各版比较"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    context = {
        "heading": _("%(title)s：各版比较") % {"title": item.title},
        "back": (_("全县政务服务事项"), reverse("catalogue:overview")),
        "tables": [("", listing)],
    }
    return render(request, "catalogue/listing.html", context)


@require_safe
def compare(request: ActorRequest, slug: str, first: int, second: int) -> HttpResponse:
    """Show what the second version changes in the first, each added condition with its basis."""
    item = county.public_item(slug)
    versions = {version.number: version for version in queries.public_versions_of(item)}
    if first not in versions or second not in versions:
        raise NotFound(_("这两个版本"))
    before, after = content_of(versions[first]), content_of(versions[second])
    pair = (effort(before), effort(after))
    measured = [{"words": words, "before": told(pair[0]), "after": told(pair[1])} for words, told in _efforts()]
    measured += _told_by_others(request, versions[first], versions[second])
    columns = [
        Column(title=_("比什么"), value="words", heads=True),
        Column(title=_("第%(n)d版") % {"n": first}, value="before"),
        Column(title=_("第%(n)d版") % {"n": second}, value="after"),
    ]
    compared = table(columns, measured, request=request, name=_("版本比较"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(compared)
    context = {
        "item": item,
        "heading": _("%(title)s：第%(second)d版和第%(first)d版比较")
        % {"title": item.title, "first": first, "second": second},
        "back": reverse("catalogue:history", args=[slug]),
        "after": versions[second],
        "table": compared,
        "differences": differences(before, after),
    }
    return render(request, "catalogue/compare.html", context)


def _told_by_others(request: ActorRequest, first: ItemVersion, second: ItemVersion) -> list[dict[str, str]]:
    """Return what others know of two versions, such as how the applications under them went."""
    rows = []
    for tell in registry.slot("catalogue.version_facts"):
        known = tell(request.actor, [first.pk, second.pk])
        before, after = dict(known.get(first.pk, [])), dict(known.get(second.pk, []))
        rows += [{"words": words, "before": told, "after": after.get(words, "")} for words, told in before.items()]
    return rows


def _efforts() -> list[tuple[str, Callable[[Effort], Any]]]:
    return [
        (_("办理环节"), lambda each: each.steps),
        (_("申请人要交的材料（最多）"), lambda each: each.materials),
        (_("跑动次数"), lambda each: each.visits),
        (_("承诺时限"), lambda each: each.committed),
        (_("比法定时限压缩"), _compressed),
        (_("全程网办"), lambda each: _("是") if each.is_online_to_the_end else _("否")),
    ]


def _compressed(each: Effort) -> str:
    return "" if each.compression is None else f"{each.compression:.0%}"


def _effort_columns(item: Item, rows: list[tuple[ItemVersion, Effort]]) -> list[Column]:
    older = {version.number: rows[place + 1][0].number for place, (version, _e) in enumerate(rows[:-1])}

    def compared(row: tuple[ItemVersion, Effort]) -> str:
        before = older.get(row[0].number)
        return reverse("catalogue:compare", args=[item.slug, before, row[0].number]) if before else ""

    return [
        Column(title=_("版本"), value=lambda row: _("第%(n)d版") % {"n": row[0].number}, heads=True),
        Column(title=_("范围"), value=lambda row: row[0].zone.short_name if row[0].zone else _("全县")),
        Column(title=_("从哪天起"), value=lambda row: row[0].effective_from, kind="date"),
        Column(title=_("到哪天止"), value=lambda row: row[0].effective_to, kind="date"),
        *(Column(title=words, value=_told(told)) for words, told in _efforts()),
        Column(title=_("为什么改"), value=lambda row: row[0].changed_because, width=40),
        Column(
            title=_("和上一版比"),
            value=lambda row: _("看改了什么") if row[0].number in older else "",
            href=compared,
            in_sheet=False,
        ),
    ]


def _told(told: Callable[[Effort], Any]) -> Callable[[tuple[ItemVersion, Effort]], Any]:
    return lambda row: told(row[1])


def _columns() -> list[Column]:
    kinds, classes = words_of("kind_words"), words_of("reform_class")
    return [
        Column(title=_("事项"), value="title", heads=True, href=_address, width=40),
        Column(title=_("单位"), value="item.unit.short_name", width=20),
        Column(title=_("类型"), value=lambda row: kinds.get(row.kind, row.kind)),
        Column(title=_("改革方式"), value=lambda row: classes.get(row.reform_class, "")),
        Column(title=_("实施编码"), value="item.code", kind="code", width=36),
        Column(title=_("承诺时限"), value=lambda row: effort(content_of(row)).committed),
        Column(title=_("跑动次数"), value=lambda row: content_of(row).where.visits, kind="number"),
        Column(title=_("版本"), value="number", kind="number", href=_history),
    ]


def _gap_columns() -> list[Column]:
    return [
        Column(title=_("情况"), value=lambda row: _(GAPS[row.kind])),
        Column(title=_("编码"), value="code", kind="code", width=36),
        Column(title=_("事项"), value="title", heads=True, width=40, href=_gap_address),
        Column(title=_("单位"), value="unit", width=20),
        Column(title=_("说明"), value="words", width=60),
    ]


def _address(row: ItemVersion) -> str:
    return f"/items/{row.item.slug}/"


def _history(row: ItemVersion) -> str:
    return reverse("catalogue:history", args=[row.item.slug])


def _gap_address(row: county.Gap) -> str:
    return f"/items/{row.slug}/" if row.slug else ""

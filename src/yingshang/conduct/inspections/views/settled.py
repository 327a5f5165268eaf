"""What is settled, for everybody: the published items with their basis and check points, classes, caps."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Cap, CrewRule, GradeRule
from yingshang.kernel import clock, lists, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out

UNSOURCED = "尚无出处"


@require_safe
def items(request: ActorRequest) -> HttpResponse:
    """Show what may be inspected at all, with its legal basis. Queries: 4."""
    today = clock.today()
    rows = list(queries.published_items(today).values())
    units = dict(org.Unit.objects.values_list("code", "short_name"))
    columns = [
        Column(title=_("编号"), value="key", kind="code", width=8),
        Column(title=_("抽查事项"), value=lambda row: row.values["name"], heads=True, width=40, href=_item_address),
        Column(title=_("抽查类别"), value=lambda row: row.values["category"], width=20),
        Column(title=_("事项类别"), value=lambda row: row.values["importance"]),
        Column(title=_("检查对象"), value=lambda row: row.values["objects"], width=30),
        Column(title=_("检查方式"), value=lambda row: row.values["method"]),
        Column(title=_("检查依据"), value=lambda row: row.values["basis"], width=50),
        Column(title=_("检查主体"), value=lambda row: units.get(row.values["unit"], row.values["unit"])),
    ]
    listing = table(columns, rows, request=request, name="随机抽查事项清单", empty=_("还没有公布抽查事项清单。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    return render(
        request,
        "inspections/listing.html",
        {
            "heading": _("随机抽查事项清单"),
            "back": (_("双随机抽查"), reverse("inspections:overview")),
            "intro": [_("没有列在这里的事项，一律不得检查。点事项可以看检查表上有哪些问题。")],
            "links": [(_("清单的各个版本和出处"), reverse("lists:detail", args=[queries.ITEM_LIST]))] if rows else [],
            "tables": [listing],
        },
    )


@require_safe
def item(request: ActorRequest, code: str) -> HttpResponse:
    """Show one item with its basis and the questions of its check sheet."""
    today = clock.today()
    row = lists.row_on(queries.ITEM_LIST, code, today)
    if row is None:
        raise NotFound(_("这个抽查事项"))
    said = row.values
    facts = [
        (_("编号"), row.key),
        (_("抽查类别"), said["category"]),
        (_("事项类别"), said["importance"]),
        (_("检查对象"), said["objects"]),
        (_("检查方式"), said["method"]),
        (_("检查依据"), said["basis"]),
        (_("检查主体"), org.unit(said["unit"]).short_name),
    ]
    points = queries.points_of([code], today)
    columns = [
        Column(title=_("序号"), value="place", kind="number"),
        Column(title=_("检查内容"), value="question", heads=True),
    ]
    shown = table(columns, points, caption=_("检查表"), empty=_("这个事项还没有公布检查表。"))
    return render(request, "inspections/item.html", {"title": said["name"], "facts": facts, "points": shown})


@require_safe
def settled(request: ActorRequest) -> HttpResponse:
    """Show classes with their ratios, yearly caps and the least crew, each with its source."""
    today = clock.today()
    return render(
        request,
        "inspections/listing.html",
        {
            "heading": _("抽查比例和频次上限"),
            "back": (_("双随机抽查"), reverse("inspections:overview")),
            "intro": [_("每一个数字都写明出处；没有出处的写明“尚无出处”，并说明要找什么。")],
            "tables": [
                table(_grade_columns(), list(queries.grade_rules_on(today)), caption=_("分级分类"), name="分级分类"),
                table(_cap_columns(), list(queries.caps_on(today)), caption=_("年度频次上限"), name="年度频次上限"),
                table(_crew_columns(), list(queries.crew_rules_on(today)), caption=_("检查人员"), name="检查人员"),
            ],
        },
    )


def _item_address(row: lists.Row) -> str:
    return reverse("inspections:item", args=[row.key])


def _source(row: GradeRule | Cap | CrewRule) -> str:
    edition = f"（{row.edition:%Y-%m-%d}）" if row.edition else ""
    return f"{row.source}{edition}" if row.source else f"{UNSOURCED}。{row.todo}"


def _grade_columns() -> list[Column]:
    return [
        Column(title=_("类别"), value=lambda row: row.get_grade_display(), heads=True),
        Column(title=_("含义"), value="title"),
        Column(title=_("最低比例"), value="least", kind="code"),
        Column(title=_("最高比例"), value="most", kind="code"),
        Column(
            title=_("一年最多几次"),
            value=lambda row: _("按需要") if row.yearly_most is None else _("%(times)d次") % {"times": row.yearly_most},
        ),
        Column(
            title=_("日常抽查"), value=lambda row: _("不主动检查，有线索才查") if row.on_cause_only else _("按比例抽")
        ),
        Column(title=_("自"), value="effective_from", kind="date"),
        Column(title=_("出处"), value=_source, width=50),
    ]


def _cap_columns() -> list[Column]:
    return [
        Column(
            title=_("单位"),
            value=lambda row: row.unit.short_name if row.unit else _("没有单独公布的各单位"),
            heads=True,
        ),
        Column(title=_("对同一企业一年最多"), value=lambda row: _("%(times)d次") % {"times": row.yearly_most}),
        Column(title=_("自"), value="effective_from", kind="date"),
        Column(title=_("出处"), value=_source, width=50),
    ]


def _crew_columns() -> list[Column]:
    return [
        Column(title=_("持证人员至少"), value=lambda row: _("%(least)d人") % {"least": row.least}, heads=True),
        Column(title=_("自"), value="effective_from", kind="date"),
        Column(title=_("出处"), value=_source, width=50),
    ]

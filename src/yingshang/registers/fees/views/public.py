"""The fee list for everybody: search it, read a row, compare what it said before, report a wrong charge."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import clock, lists, org, registry
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, Table, table, xlsx_out
from yingshang.registers.fees import queries
from yingshang.registers.fees.forms import RowFilter
from yingshang.registers.fees.rules import ARTICLE_25, KINDS, LIST, FeeRow, yuan

REPORT_SLOT = "fees.report_links"


@require_safe
def rows(request: ActorRequest) -> HttpResponse:
    """Show the rows in effect today, found by word, kind and unit, and those that ended. Queries: 6."""
    listed = queries.fee_rows(clock.today())
    names = {unit.code: unit for unit in org.Unit.objects.filter(code__in={row.unit for row in listed.values()})}
    form = RowFilter(request.GET or None, units=sorted(names.values(), key=lambda unit: unit.code))
    asked = form.cleaned_data if form.is_valid() else {}
    found = [row for row in listed.values() if _fits(row, asked)]
    columns = [
        Column(title=_("收费项目"), value="name", heads=True, href=_address, width=36),
        Column(title=_("类别"), value=lambda row: KINDS[row.kind], width=24),
        Column(
            title=_("收费单位"),
            value=lambda row: names[row.unit].short_name if row.unit in names else row.unit,
            width=20,
        ),
        Column(title=_("收费对象"), value="payer", width=36),
        Column(title=_("标准"), value=standard_of, width=36),
        Column(title=_("依据"), value="basis", width=40),
    ]
    options = {"name": "收费清单", "empty": _("清单里没有符合条件的收费。清单之外，一律不得收费。")}
    listing = table(columns, found, request=request, **options)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    page = {
        "form": form,
        "table": listing,
        "ended": _ended(asked),
        "edition": queries.current_edition(clock.today()),
        "report": report_links(request),
        "article": ARTICLE_25,
    }
    return render(request, "fees/rows.html", page)


@require_safe
def row(request: ActorRequest, code: str) -> HttpResponse:
    """Show a row in full, ended ones too, and what each edition said of it. Queries: 5."""
    today = clock.today()
    found = queries.fee_row(code, today)
    before = None if found else queries.last_row_before(code, today)
    shown = found or (before[0] if before else None)
    if shown is None:
        raise NotFound(_("清单里的这一项"))
    facts = [
        (_("类别"), KINDS[shown.kind]),
        (_("收费单位"), org.unit(shown.unit).short_name),
        (_("收费对象"), shown.payer),
        (_("标准"), standard_of(shown)),
        (_("减免"), shown.exemption or _("清单没有写明")),
        (_("依据"), shown.basis),
        (_("清单"), _("第%(no)s版，%(source)s") % {"no": shown.edition, "source": shown.source or _("尚无出处")}),
    ]
    columns = [
        Column(title=_("版次"), value=lambda each: str(each.edition), heads=True, width=30),
        Column(title=_("起始日"), value=_begins, kind="date"),
        Column(title=_("截止日"), value=lambda each: each.effective_to or each.edition.effective_to, kind="date"),
        Column(title=_("标准"), value=_said, width=36),
        Column(title=_("依据"), value=lambda each: each.values.get("basis", ""), width=36),
    ]
    history = lists.Row.objects.filter(key=code, edition__of__code=LIST, edition__state__in=queries.PUBLIC)
    versions = list(history.select_related("edition__of").order_by("-edition__effective_from"))
    page = {
        "row": shown,
        "is_ended": found is None,
        "ended_on": before[1] if before else None,
        "facts": facts,
        "versions": table(columns, versions, caption=_("各版清单怎么写")),
        "report": report_links(request),
    }
    return render(request, "fees/row.html", page)


def standard_of(shown: FeeRow) -> str:
    """Return the standard in words; a range says that its lower bound is charged."""
    per = f"元/{shown.per or '件'}"
    made_up = _("（演示）") if shown.is_demo else ""
    if shown.lower_fen is not None and shown.upper_fen is not None:
        bounds = f"{yuan(shown.lower_fen)}—{yuan(shown.upper_fen)}{per}"
        return bounds + _("，按下限%(fen)s元收") % {"fen": yuan(shown.lower_fen)} + made_up
    if shown.per_unit_fen is not None:
        return f"{yuan(shown.per_unit_fen)}{per}{made_up}"
    return shown.standard or _("标准没有核对到出处，暂不能收")


def report_links(request: ActorRequest) -> list[tuple[str, str]]:
    """Return where a wrong charge can be reported: whoever takes reports says so in the slot ``fees.report_links``."""
    return [link for provider in registry.slot(REPORT_SLOT) for link in provider(request.actor, None)]


def _ended(asked: dict[str, str]) -> Table | None:
    """Return the table of what was cancelled or suspended; None where nothing fits."""
    found = [(row, last) for row, last in queries.ended_rows(clock.today()) if _fits(row, asked)]
    columns = [
        Column(title=_("收费项目"), value=lambda each: each[0].name, heads=True, href=lambda each: _address(each[0])),
        Column(title=_("最后一天"), value=lambda each: each[1], kind="date"),
        Column(title=_("依据"), value=lambda each: each[0].basis),
    ]
    return table(columns, found, caption=_("已经取消、停征，再收要退")) if found else None


def _begins(each: lists.Row) -> date | None:
    """Return the first day of a row in its edition; None for one that is listed only to say that it ended."""
    first = each.effective_from or each.edition.effective_from
    return None if each.effective_to and each.effective_to < first else first


def _said(each: lists.Row) -> str:
    values = each.values
    return standard_of(queries.as_fee_row(each)) if "code" in values else ""


def _fits(shown: FeeRow, asked: dict[str, str]) -> bool:
    word = asked.get("word", "").strip()
    texts = (shown.name, shown.payer, shown.basis, shown.exemption)
    if word and not any(word in text for text in texts):
        return False
    return asked.get("kind", "") in ("", shown.kind) and asked.get("unit", "") in ("", shown.unit)


def _address(shown: FeeRow) -> str:
    return reverse("fees:row", args=[shown.code])

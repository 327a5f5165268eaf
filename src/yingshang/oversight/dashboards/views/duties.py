"""The rows behind a number, and one row with everything behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from yingshang.kernel import access, clock, org
from yingshang.kernel.web import ActorRequest, Page, table, xlsx_out
from yingshang.oversight.dashboards import queries
from yingshang.oversight.dashboards.forms import LAMP_WORDS, slice_from
from yingshang.oversight.dashboards.rules import Slice, Tense, Watched
from yingshang.oversight.dashboards.rules.drawing import lamp_in_words, strip
from yingshang.oversight.dashboards.views.tables import duty_columns, without_lamps

PER_PAGE = 100
TENSE_WORDS = {
    Tense.OPEN: _("待办"),
    Tense.DONE: _("办结"),
    Tense.ON_TIME: _("按期办结"),
    Tense.LIT: _("当月亮过灯"),
    Tense.NEW: _("最近7天新增红灯"),
    Tense.ALL: _("全部"),
}


def duties(request: ActorRequest) -> HttpResponse:
    """List the duties of a slice, the worst first. Whoever sees one unit only must name it. Queries: fixed."""
    chosen = slice_from(request.GET)
    today = clock.today()
    if chosen.unit:
        unit = org.unit(chosen.unit)
        access.permit(request.actor, "dashboards.see_unit", unit)
        seen = queries.read_unit(request.actor, unit, today)
    else:
        access.permit(request.actor, "dashboards.see_cockpit")
        seen = queries.read(request.actor, today)
    rows = sorted(chosen.of(seen.duties), key=lambda duty: (-duty.days_late(today), duty.due or today.max, duty.pk))
    name = _words(chosen, seen)
    columns = duty_columns(seen.units, today)
    if chosen.unit and seen.units[chosen.unit].counts_only:
        columns = without_lamps(columns)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, rows, name=name))
    listing = replace(
        table(columns, [], request=request, name=name), rows=(page := _page(request, rows)).rows, page=page
    )
    return render(request, "dashboards/duties.html", {"title": name, "count": len(rows), "listing": listing})


def duty(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Show one duty: the sentence behind it, its documents, and why its lamp burns as it does. Queries: fixed."""
    found = queries.why(request.actor, obligation_id, clock.today())
    unit = found.obligation.unit
    assert unit is not None  # why() finds no other
    context = {
        "why": found,
        "unit": unit,
        "strip": strip(found.months, found.obligation.title) if found.months else "",
        "months": [(month, lamp_in_words(month)) for month in found.months],
        "may_see_unit": access.may(request.actor, "dashboards.see_unit", unit) is None,
    }
    return render(request, "dashboards/duty.html", context)


def _page(request: ActorRequest, rows: list[Watched]) -> Page[Any]:
    """Return the page behind ``?after=``, the id of the last row seen; a stranger shows page one."""
    after = request.GET.get("after", "")
    start = next((place for place, row in enumerate(rows, 1) if str(row.pk) == after), 0)
    shown = rows[start : start + PER_PAGE]
    query = {key: value for key, value in request.GET.items() if key not in ("after", "format")}

    def address(mark: str) -> str:
        return f"{request.path}?{urlencode(query | ({'after': mark} if mark else {}))}"

    more = start + PER_PAGE < len(rows)
    return Page(shown, address(str(shown[-1].pk)) if more else "", address("") if start else "")


def _words(chosen: Slice, seen: queries.Seen) -> str:
    parts = [
        seen.units[chosen.unit].short_name if chosen.unit else "",
        str(dict(org.Unit.Kind.choices).get(chosen.kind, chosen.kind)),
        str(_("其他应办事项")) if chosen.section == Slice.NOWHERE else chosen.section,
        f"{chosen.month[:4]}年{int(chosen.month[5:])}月" if chosen.month else "",
        str(dict(LAMP_WORDS)[chosen.lamp]) if chosen.lamp else "",
        str(TENSE_WORDS[Tense(chosen.tense)]),
    ]
    return " ".join(part for part in parts if part)

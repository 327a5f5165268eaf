"""A unit's own home page: what is due first, its lamps, its own months. Never a ranking."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yingshang.kernel import access, clock, measures, org, registry
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.dashboards import queries
from yingshang.oversight.dashboards.rules import Slice, board_of, figures_of
from yingshang.oversight.dashboards.rules.drawing import bars, line, strip
from yingshang.oversight.dashboards.views.addresses import address_of
from yingshang.oversight.dashboards.views.tables import duty_columns, month_columns, without_lamps

FIRST_SHOWN = 8
TYPED_HOURS = "typing_hours"
"""How a measure ends that says how many hours of typing are asked of a unit, whoever declares it."""


def own_unit(request: ActorRequest) -> HttpResponse:
    """Go to the home page of the unit the person acts for; whoever acts for none goes to the workbench."""
    if not request.actor.unit:
        return redirect("web:workbench")
    return redirect("dashboards:unit", code=request.actor.unit)


def unit(request: ActorRequest, code: str) -> HttpResponse:
    """Show how one unit stands. Queries: fixed, and those of the measures and cards that others put here."""
    found = org.unit(code)
    if access.may(request.actor, "dashboards.see_unit", found) is not None:
        raise NotFound(f"代码为“{code}”的单位")
    today = clock.today()
    seen = queries.read_unit(request.actor, found, today)
    figures = figures_of(seen.duties, seen.months, Slice(unit=found.code))
    by_month = table(
        month_columns(lamps=not found.counts_only), figures, request=request, name=f"{found.short_name}近12个月"
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(by_month)
    standing = board_of(seen.duties, today).units.get(found.code)
    is_open = sorted((duty for duty in seen.duties if duty.is_open), key=lambda duty: (duty.due or today.max, duty.pk))
    colors = standing.total.colors if standing and not found.counts_only else {}
    context = {
        "unit": found,
        "today": today,
        "counts": [(color, count, address_of(Slice(unit=found.code, lamp=color))) for color, count in colors.items()],
        "open": len(is_open),
        "open_address": address_of(Slice(unit=found.code)),
        "first": table(_columns(seen, today, found), is_open[:FIRST_SHOWN], empty=_("现在没有待办事项。")),
        "by_month": by_month,
        "strip": strip(queries.strip_of(standing), found.short_name) if standing and colors else "",
        "bars": bars([(f"{each.first:%Y-%m}", each.done) for each in figures], _("每月办结")),
        "line": line([(f"{each.first.month}月", each.red) for each in figures], _("每月亮过红灯的件数"))
        if colors
        else "",
        "cards": [card for make in registry.slot("dashboards.unit") for card in make(request.actor, found)],
        "typed": _typed_hours(found, seen.months),
    }
    return render(request, "dashboards/unit.html", context)


def _columns(seen: queries.Seen, today: Any, found: org.Unit) -> list[Any]:
    title, _unit, *others = duty_columns(seen.units, today)[:-1]
    return [title, *(without_lamps(others) if found.counts_only else others)]


def _typed_hours(found: org.Unit, months: Any) -> list[dict[str, Any]]:
    """Return the measures of hours of typing asked of a unit, this month and the one before; none, none installed."""
    names = [name for name in registry.measures() if name.endswith(TYPED_HOURS)]
    periods = [measures.month(month.year, month.month) for month in months[-2:]]
    rows = []
    for name in names:
        before, now = measures.compute(name, [found.code], periods).cells
        rows.append(
            {
                "key": measures.explain(name).told.title,
                "value": _("本月%(now)s，上月%(before)s") % {"now": now.value, "before": before.value},
            }
        )
    return rows

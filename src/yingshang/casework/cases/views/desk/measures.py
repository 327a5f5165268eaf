"""The figures of the unit's cases: the last months drawn, and one month item by item."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.casework.cases import queries
from yingshang.casework.cases.views.desk.standing import need_desk
from yingshang.kernel import clock, org, web
from yingshang.kernel import measures as measuring
from yingshang.kernel.measures import Period
from yingshang.kernel.web import ActorRequest, Column

MONTHS_SHOWN = 6
HIGH, STEP, WIDE = 120, 90, 48  # of the drawing, in its own units


@require_safe
def measures(request: ActorRequest) -> HttpResponse:
    """Show what the unit's cases took. Queries: fixed."""
    need_desk(request)
    unit, today = org.unit(request.actor.unit), clock.today()
    months = _months(today)
    shown = _asked(request.GET.get("month", ""), months)
    rows = queries.figures(unit, shown)
    listed = web.table(_columns(), rows, request=request, name=f"{unit.short_name}{shown}办件数据")
    if request.GET.get("format") == "xlsx":
        return web.xlsx_out(listed)
    by_month = [(month, queries.figures(unit, month)) for month in months]
    values = {
        "unit": unit,
        "shown": shown,
        "months": months,
        "table": listed,
        "bars": _bars(by_month),
        "tall": HIGH,
        "baseline": HIGH + 24,
        "wide": STEP * len(months),
    }
    return render(request, "cases/desk/measures.html", values)


def _columns() -> list[Column]:
    return [
        Column(title=_("事项"), value="title", heads=True, width=36),
        Column(title=_("收到"), value="received", kind="number"),
        Column(title=_("办结"), value="decided", kind="number"),
        Column(title=_("按时办结率"), value=lambda row: str(row.on_time), width=20),
        Column(title=_("用时中位数（工作日）"), value="median", kind="number", width=20),
        Column(title=_("用时90分位（工作日）"), value="nine_of_ten", kind="number", width=20),
        Column(title=_("补正率"), value=lambda row: str(row.corrected), width=20),
        Column(title=_("网上办理率"), value=lambda row: str(row.online), width=20),
        Column(title=_("预填率"), value=lambda row: str(row.prefilled), width=20),
        Column(title=_("跑动次数"), value="visits", kind="number"),
    ]


def _months(today: date) -> list[Period]:
    """Return the last months, this one last."""
    first = today.year * 12 + today.month - MONTHS_SHOWN
    return [measuring.month(number // 12, number % 12 + 1) for number in range(first, first + MONTHS_SHOWN)]


def _asked(code: str, months: list[Period]) -> Period:
    try:
        period = measuring.read_period(code)
    except ValueError:
        return months[-1]
    return period if period in months else months[-1]


def _bars(by_month: list[tuple[Period, list[queries.Figures]]]) -> list[dict[str, Any]]:
    """Return the bars of the drawing: cases decided in each month, those on time at the foot."""
    totals = [
        (month, sum(row.decided for row in rows), sum(row.on_time.denominator - row.on_time.numerator for row in rows))
        for month, rows in by_month
    ]
    most = max((decided for _month, decided, _late in totals), default=0) or 1
    bars = []
    for place, (month, decided, late) in enumerate(totals):
        high, red = decided * HIGH // most, late * HIGH // most
        x = place * STEP + (STEP - WIDE) // 2
        bars.append(
            {
                "month": month,
                "decided": decided,
                "late": late,
                "x": x,
                "y": HIGH + 24 - high,
                "high": high - red,
                "red_y": HIGH + 24 - red,
                "red": red,
                "middle": x + WIDE // 2,
                "words_y": HIGH + 18 - high,
                "name_y": HIGH + 44,
                "wide": WIDE,
            }
        )
    return bars

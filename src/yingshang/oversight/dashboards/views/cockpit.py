"""The county leader's cockpit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import access, clock
from yingshang.kernel.web import ActorRequest, Column, table, xlsx_out
from yingshang.kernel.web.lamps import lamp_of
from yingshang.oversight.dashboards import queries
from yingshang.oversight.dashboards.forms import CockpitFilter
from yingshang.oversight.dashboards.queries import Picture
from yingshang.oversight.dashboards.rules import Cell, Slice, Standing, Tense
from yingshang.oversight.dashboards.rules.drawing import lamp_in_words, strip
from yingshang.oversight.dashboards.views.addresses import address_of


@dataclass(frozen=True)
class Shown:
    """One cell as drawn; without a color nothing is open there, ``done`` says how many were done."""

    color: str
    shape: str
    count: int
    done: int
    address: str
    words: str


@dataclass(frozen=True)
class Line:
    """One row of the matrix, or one card on a phone."""

    name: str
    address: str
    cells: list[Shown]
    total: Shown
    open: int
    open_address: str
    red: int
    days_late: int
    strip: str
    longest: Any


def cockpit(request: ActorRequest) -> HttpResponse:
    """Show units by sections, the worst first, with a sentence and the numbers on top. Queries: fixed."""
    access.permit(request.actor, "dashboards.see_cockpit")
    today = clock.today()
    asked = {name: request.GET.get(name, "") for name in ("sort", "kind", "section")}
    picture = queries.picture(request.actor, today, **asked)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(_columns(picture), picture.standings, name=_("亮灯总表")))
    within = Slice(kind=asked["kind"], section=asked["section"])
    sections = [name for name in picture.seen.sections if name in picture.board.sections]
    lines = [_line(picture, standing, sections, within) for standing in picture.standings]
    context = {
        "today": today,
        "now": clock.now(),
        "picture": picture,
        "sections": [
            (name or _("其他应办事项"), address_of(replace(within, section=name or Slice.NOWHERE))) for name in sections
        ],
        "lines": lines,
        "worst": [_line(picture, standing, sections, within) for standing in picture.worst],
        "facts": _facts(picture, within),
        "parts": _parts(picture, sections, within),
        "months_in_words": _months(picture),
        "counted": queries.counted_units(picture.seen.units.values(), today),
        "form": CockpitFilter(asked, sections=list(picture.seen.sections)),
        "export": f"{request.path}?{_query(request)}",
        "months": picture.seen.months,
    }
    return render(request, "dashboards/cockpit.html", context)


def _query(request: ActorRequest) -> str:
    query = request.GET.copy()
    query["format"] = "xlsx"
    return query.urlencode()


def _line(picture: Picture, standing: Standing, sections: list[str], within: Slice) -> Line:
    unit = picture.seen.units[standing.key]
    here = replace(within, unit=unit.code)
    return Line(
        name=unit.short_name,
        address=reverse("dashboards:unit", args=[unit.code]),
        cells=[
            _shown(standing.cells.get(name), replace(here, section=name or Slice.NOWHERE), f"{unit.short_name}，{name}")
            for name in sections
        ],
        total=_shown(standing.total, here, unit.short_name),
        open=standing.total.open,
        open_address=address_of(here),
        red=standing.total.colors["red"],
        days_late=standing.total.days_late,
        strip=strip(queries.strip_of(standing), unit.short_name),
        longest=standing.total.longest,
    )


def _parts(picture: Picture, sections: list[str], within: Slice) -> list[dict[str, Any]]:
    """Return one line for each chapter: its numbers with the lists behind them, and its months."""
    lines = []
    for name in sections:
        standing, here = picture.board.sections[name], replace(within, section=name or Slice.NOWHERE)
        title = name or _("其他应办事项")
        lines.append(
            {
                "title": title,
                "cell": _shown(standing.total, here, title),
                "numbers": [
                    (standing.total.open, address_of(here)),
                    (standing.total.colors["red"], address_of(replace(here, lamp="red"))),
                    (standing.total.colors["yellow"], address_of(replace(here, lamp="yellow"))),
                    (standing.total.done, address_of(replace(here, tense=Tense.DONE))),
                ],
                "strip": strip(queries.strip_of(standing), title),
            }
        )
    return lines


def _months(picture: Picture) -> list[tuple[str, list[str]]]:
    """Return the strips as words, for the table beside them."""
    units, sections = picture.seen.units, picture.board.sections
    named = [(units[standing.key].short_name, standing) for standing in picture.standings]
    named += [(name or _("其他应办事项"), sections[name]) for name in picture.seen.sections if name in sections]
    return [(name, [lamp_in_words(month) for month in queries.strip_of(standing)]) for name, standing in named]


def _shown(cell: Cell | None, within: Slice, who: str) -> Shown:
    if cell is None or not (cell.open or cell.done):
        return Shown("", "", 0, 0, "", "")
    if not cell.open:
        words = _("%(who)s：已办结%(count)s件") % {"who": who, "count": cell.done}
        return Shown("", "", 0, cell.done, address_of(replace(within, tense=Tense.DONE)), words)
    lamp = lamp_of(cell.worst)
    counts = {"who": who, "lamp": _(lamp.word), "count": cell.worst_count, "open": cell.open}
    words = _("%(who)s：%(lamp)s%(count)s件，共待办%(open)s件") % counts
    return Shown(
        cell.worst, lamp.shape, cell.worst_count, cell.done, address_of(replace(within, lamp=cell.worst)), words
    )


def _facts(picture: Picture, within: Slice) -> list[dict[str, Any]]:
    """Return the numbers on top, each with the one of the month before, and the addresses of both."""
    head = picture.headline
    this, before = (f"{month:%Y-%m}" for month in picture.seen.months[:-3:-1])
    ended = replace(within, month=before)
    parts = [
        (
            "red",
            _("红灯"),
            head.red,
            replace(within, lamp="red"),
            _("上月底"),
            head.red_before,
            replace(ended, lamp="red"),
        ),
        (
            "yellow",
            _("黄灯"),
            head.yellow,
            replace(within, lamp="yellow"),
            _("上月底"),
            head.yellow_before,
            replace(ended, lamp="yellow"),
        ),
        ("", _("待办"), head.open, within, _("上月底"), head.open_before, ended),
        (
            "green",
            _("本月办结"),
            head.done,
            replace(within, month=this, tense=Tense.DONE),
            _("上月"),
            head.done_before,
            replace(ended, tense=Tense.DONE),
        ),
        (
            "green",
            _("其中按期办结"),
            head.on_time,
            replace(within, month=this, tense=Tense.ON_TIME),
            _("上月"),
            head.on_time_before,
            replace(ended, tense=Tense.ON_TIME),
        ),
    ]
    return [
        {
            "color": color,
            "title": title,
            "count": count,
            "address": address_of(now),
            "then": then,
            "count_before": count_before,
            "address_before": address_of(past),
        }
        for color, title, count, now, then, count_before, past in parts
    ]


def _columns(picture: Picture) -> list[Column]:
    """Return the columns of the workbook: one for each section, as numbers."""

    def open_in(section: str) -> Any:
        return lambda standing: standing.cells[section].open if section in standing.cells else 0

    def red_in(section: str) -> Any:
        return lambda standing: standing.cells[section].colors["red"] if section in standing.cells else 0

    def month_at(place: int) -> Any:
        return lambda standing: lamp_in_words(queries.strip_of(standing)[place])

    units = picture.seen.units
    columns = [
        Column(title=_("单位"), value=lambda standing: units[standing.key].short_name, heads=True, width=24),
        Column(title=_("最差的灯"), value=lambda standing: standing.total.worst, kind="lamp"),
        Column(title=_("红灯"), value=lambda standing: standing.total.colors["red"], kind="number"),
        Column(title=_("黄灯"), value=lambda standing: standing.total.colors["yellow"], kind="number"),
        Column(title=_("待办"), value=lambda standing: standing.total.open, kind="number"),
        Column(title=_("近12个月办结"), value=lambda standing: standing.total.done, kind="number"),
        Column(title=_("最久迟几天"), value="total.days_late", kind="number"),
    ]
    for name in picture.seen.sections:
        title = name or _("其他应办事项")
        columns.append(Column(title=f"{title}：{_('待办')}", value=open_in(name), kind="number", width=20))
        columns.append(Column(title=f"{title}：{_('红灯')}", value=red_in(name), kind="number", width=20))
    for place, month in enumerate(picture.seen.months):
        columns.append(Column(title=f"{month:%Y-%m}", value=month_at(place), width=10))
    return columns

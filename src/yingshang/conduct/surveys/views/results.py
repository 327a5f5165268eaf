"""Published results: every figure with its interval and how many answers it rests on."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.conduct.surveys import queries
from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.queries import Estimate
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Column, Table, keyset, table, xlsx_out

LONGEST = 6  # characters beside a bar; the table has them all
SHARES = ("single", "multiple")
MOST_GROUPS = 6  # columns side by side; everybody is one of them
LEFT, WIDTH, WHOLE = 100, 120, 285  # of the drawing: words, then the scale, then the figure; fits a narrow phone


@require_safe
def results(request: ActorRequest) -> HttpResponse:
    """List the surveys whose results are public, the latest first. Queries: 1."""
    columns = [
        Column(title=_("调查"), value="title", heads=True, width=40, href=lambda row: _address(row)),
        Column(title=_("组织单位"), value="unit.name", width=24),
        Column(title=_("开始"), value="opened_on", kind="date"),
        Column(title=_("截止"), value="closed_on", kind="date"),
        Column(title=_("公布"), value="published_on", kind="date"),
    ]
    if request.GET.get("format") == "xlsx":
        return xlsx_out(table(columns, queries.published(), name=_("问卷调查结果")))
    page = keyset(queries.published(), request, order=queries.LATEST_FIRST)
    listed = table(columns, page, request=request, name=_("问卷调查结果"), empty=_("还没有公布的调查结果。"))
    return render(request, "surveys/results.html", {"listing": listed})


@require_safe
def result(request: ActorRequest, code: str) -> HttpResponse:
    """Show a published survey question by question: chart, table, workbook. Queries: fixed."""
    one = queries.survey(code)
    if one.state != Survey.State.PUBLISHED:
        raise NotFound(_("这次调查的结果"))
    figures = queries.estimates(one, one.least)
    layers = queries.layers(one, queries.terms_on(one.opened_on).margin_percent)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(figures_table(figures, name=one.title))
    return render(request, "surveys/result.html", shown(one, figures, one.least, layers))


def layers_table(layers: list[queries.Layer], *, needed: bool = False) -> Table:
    """Return the strata with who was asked, what came back, and what one answer stands for. needed: for the margin."""
    columns = [
        Column(title=_("层"), value="title", heads=True),
        Column(title=_("户数"), value="population", kind="number"),
        Column(title=_("发放（份）"), value="invited", kind="number"),
        Column(title=_("收回（份）"), value="answers", kind="number"),
        Column(title=_("回收率"), value=lambda row: _percent(row.response)),
        Column(title=_("每份代表（户）"), value=lambda row: "" if row.weight is None else f"{row.weight:.1f}"),
        Column(title=_("有限总体校正"), value=lambda row: _percent(row.correction)),
        Column(title=_("误差目标要收回"), value="needed", kind="number") if needed else None,
    ]
    if any(row.clusters for row in layers):
        columns.insert(2, Column(title=_("抽了几个群"), value=lambda row: f"{row.clusters_drawn} / {row.clusters}"))
        columns = [one for one in columns if one and one.title not in (_("每份代表（户）"), _("有限总体校正"))]
    return table([one for one in columns if one], layers, name=_("各层收回情况"), caption=_("发放和收回"))


def shown(one: Survey, figures: list[Estimate], least: int, layers: list[queries.Layer]) -> dict[str, Any]:
    """Return what a page of figures needs: strata with their response, questions with chart and table."""
    questions = [
        {
            "title": title,
            "bars": _bars(rows),
            **_laid_side_by_side(rows, title),
        }
        for (_key, title), found in groupby(figures, key=lambda each: (each.question, each.title))
        for rows in [list(found)]
    ]
    return {
        "one": one,
        "least": least,
        "strata": layers_table(layers),
        "questions": questions,
        "left": LEFT,
        "right": LEFT + WIDTH,
        "whole": WHOLE,
    }


def figures_table(figures: list[Estimate], *, name: str = "", title: str = "") -> Table:
    """Return the figures as a table: base beside each."""
    columns = [
        Column(title=_("题目"), value="title", width=40) if name else None,
        Column(title=_("谁"), value="domain_title", heads=True),
        Column(title=_("选项"), value=lambda row: row.option or _("平均"), width=24),
        Column(title=_("结果"), value=lambda row: _said(row, row.value)),
        Column(title=_("95%区间"), value=_interval, width=24),
        Column(title=_("答卷份数"), value="n", kind="number"),
    ]
    kept = [column for column in columns if column is not None]
    return table(kept, figures, name=name or title)


def _laid_side_by_side(rows: list[Estimate], title: str) -> dict[str, Any]:
    """Return a question for the page: options as rows and groups as columns, everybody first.

    With more groups than fit on a page everybody stands alone, and the groups in a list of their own to unfold.
    """
    groups = {row.domain: row for row in rows}
    if len(groups) > MOST_GROUPS:
        whole = [row for row in rows if not row.domain]
        return {
            "listing": figures_table(whole, title=title),
            "parts": figures_table([row for row in rows if row.domain], title=title),
        }
    cells = {(row.option, row.domain): row for row in rows}
    options = dict.fromkeys(row.option for row in rows)
    heads = [_("%(group)s（%(n)d份）") % {"group": row.domain_title, "n": row.n} for row in groups.values()]
    lines = [
        (
            option or _("平均"),
            [
                (head, _said(cell, cell.value), _interval(cell))
                for head, cell in zip(heads, (cells[option, domain] for domain in groups), strict=True)
            ],
        )
        for option in options
    ]
    return {"heads": heads, "lines": lines}


def _said(row: Estimate, value: float | None) -> str:
    if value is None:
        return _("不公布")
    return f"{value:.1%}" if row.kind in SHARES else f"{value:.2f}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _interval(row: Estimate) -> str:
    return "" if row.low is None else f"{_said(row, row.low)} – {_said(row, row.high)}"


def _bars(rows: list[Estimate]) -> list[dict[str, Any]]:
    """Return the bars of everybody: an option or the mean each, with the interval as a line."""
    whole = [row for row in rows if not row.domain and row.value is not None]
    full = (
        1.0 if rows[0].kind in SHARES else 5.0 if rows[0].kind == "scale" else max((row.high or 0) for row in rows) or 1
    )

    def place(value: float | None) -> float:
        return round(LEFT + WIDTH * min(max((value or 0) / full, 0), 1), 1)

    return [
        {
            "words": _short(row.option or _("平均")),
            "said": _said(row, row.value),
            "top": 30 * number,
            "middle": 30 * number + 15,
            "width": round(place(row.value) - LEFT, 1),
            "low": place(row.low),
            "high": place(row.high),
            "height": 30 * len(whole),
        }
        for number, row in enumerate(whole)
    ]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _address(row: Survey) -> str:
    return reverse("surveys:result", args=[row.code])

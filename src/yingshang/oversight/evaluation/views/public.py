"""What everybody sees of a published evaluation: every number leads down to its rows."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, Table, keyset, table, xlsx_out
from yingshang.methods import scoring
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.rules import bars
from yingshang.oversight.evaluation.views import comparing, edition_tables, extract_tables, tables
from yingshang.oversight.evaluation.views.report import report_of

LATEST_FIRST = ("-year", "-pk")


@require_safe
def listing(request: ActorRequest) -> HttpResponse:
    """List the published evaluations, the newest first."""
    page = keyset(queries.published(), request, order=LATEST_FIRST)
    columns = tables.evaluation_columns("evaluation:one")
    listed = table(columns, page, request=request, name=_("营商环境评价"), empty=_("还没有公布过评价。"))
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed.with_rows(queries.published()))
    return render(request, "evaluation/list.html", {"listing": listed})


@require_safe
def one(request: ActorRequest, code: str) -> HttpResponse:
    """Show one evaluation: total, indicators as bars and table, what changed, ranks where they are shown."""
    result = queries.result_of(code)
    lines = queries.lines_under(result)
    listed = table(
        tables.line_columns(result, title=_("指标")),
        [queries.line_of(result, result.edition.root.key), *lines],
        request=request,
        name=result.evaluation.title,
        dense=True,
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    root = queries.line_of(result, result.edition.root.key)
    years = queries.years_of(result)
    trends = queries.trends_of(result, years)
    context = {
        "result": result,
        "evaluation": result.evaluation,
        "root": root,
        "drawing": drawing(result, lines),
        "listing": listed,
        "range": tables.range_words(root),
        "last": years[-2].evaluation if len(years) > 1 else None,
        "total": trends[0],
        "change": comparing.change_words(trends[0]),
        "off": edition_tables.off_tops(result.edition),
        "ranks": table(tables.rank_columns(), tables.ranked(result)) if result.evaluation.shows_ranking else None,
    }
    return render(request, "evaluation/one.html", context)


@require_safe
def indicator(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Show one indicator: its score in a sentence, and what is under it; ``?place=`` of another place."""
    result = queries.result_of(code)
    place = request.GET.get("place", "")[:60] or result.evaluation.place
    line = queries.line_of(result, key, place)
    if line.is_series:
        raise NotFound("这项指标")
    lines = queries.lines_under(result, key, place)
    columns = tables.line_columns(result, title=_("下面的项"), place=place)
    listed = table(columns, lines, request=request, name=line.title, dense=True)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    context = {
        "evaluation": result.evaluation,
        "line": line,
        "whose": place,
        "range": tables.range_words(line),
        "listing": listed,
        "drawing": drawing(result, lines),
    }
    return render(request, "evaluation/indicator.html", context)


@require_safe
def series(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Show one series: the score in a sentence, and every value collected for every place with its source."""
    result = queries.result_of(code)
    line = queries.line_of(result, key)
    if not line.is_series:
        raise NotFound("这个数据项")
    under = result.edition.by_key[key].under
    rows = list(queries.codebook_of(result.frozen, series=key))
    listed = table(
        tables.value_columns(code),
        rows,
        request=request,
        name=line.title,
        dense=True,
        empty=_("没有采集到这个数据项的值：未知。"),
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    context = {
        "evaluation": result.evaluation,
        "line": line,
        "indicator": result.edition.by_key[under] if under else result.edition.root,
        "places": [_of_place(result, key, place) for place in _places(result)],
        "todo": result.edition.by_key[key].todo,
        "owner": queries.owners_of(result.edition.key).get(key),
        "listing": listed,
        "extracted": extract_tables.frozen_table(result.frozen, rows),
    }
    return render(request, "evaluation/series.html", context)


def _places(result: queries.Result) -> list[str]:
    own = result.evaluation.place
    return [own, *result.peers] if own in result.scores.place_no else result.peers


def _of_place(result: queries.Result, key: str, place: str) -> dict[str, str]:
    line = queries.line_of(result, key, place)
    return {
        "place": place,
        "anchor": tables.place_anchor(result, place),
        "how": line.how,
        "formula": line.formula,
        "range": tables.range_words(line),
    }


@require_safe
def codebook(request: ActorRequest, code: str) -> HttpResponse:
    """List every collected value with its source; the whole of it as a workbook."""
    result = queries.result_of(code)
    rows = list(queries.codebook_of(result.frozen))
    listed = table(
        tables.codebook_columns(code), rows, request=request, name=tables.named(result, _("编码本")), dense=True
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    return render(request, "evaluation/codebook.html", {"evaluation": result.evaluation, "listing": listed})


@require_safe
def sensitivity(request: ActorRequest, code: str) -> HttpResponse:
    """Show how far the scores would lie apart if the method were a little different."""
    result = queries.result_of(code)
    shifts = list(enumerate(scoring.sensitivity(result.scores)))
    columns = comparing.shift_columns(code, result.evaluation.shows_ranking)
    listed = table(columns, shifts, request=request, name=tables.named(result, _("敏感性分析")), dense=True)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    root = queries.line_of(result, result.edition.root.key)
    farthest = max(shifts, key=lambda one: one[1].mean_shift, default=None)
    context = {
        "evaluation": result.evaluation,
        "listing": listed,
        "root": root,
        "range": tables.range_words(root),
        "farthest": farthest[1] if farthest else None,
        "moved": f"{farthest[1].mean_shift:.2f}" if farthest else "",
    }
    return render(request, "evaluation/sensitivity.html", context)


@require_safe
def peers(request: ActorRequest, code: str) -> HttpResponse:
    """Show the benchmark: each series beside every other place, with source, date and gap."""
    result = queries.result_of(code)
    rows = queries.peers_of(result)
    listed = table(
        comparing.peer_columns(result), rows, request=request, name=tables.named(result, _("和其他县比")), dense=True
    )
    targets = queries.targets_of(result)
    aims = table(comparing.target_columns(code), targets, name=tables.named(result, _("方案的目标")), dense=True)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(aims if request.GET.get("sheet") == "aims" else listed)
    context = {"evaluation": result.evaluation, "listing": listed, "aims": aims if targets else None}
    return render(request, "evaluation/peers.html", context)


@require_safe
def record(request: ActorRequest, code: str) -> HttpResponse:
    """Show what was said on the way: objections and answers, requests for another number, interests."""
    evaluation = queries.result_of(code).evaluation
    titles = queries.series_titles(evaluation)
    objections = evaluation.objections.select_related("unit")
    parts: dict[str, Table] = {
        "objections": table(
            tables.objection_columns(titles, code=code), objections, name=_("异议和答复"), empty=_("没有单位提出异议。")
        ),
        "asked": table(
            tables.asked_columns(titles, code=code),
            evaluation.asked_changes.all(),
            name=_("改数请求"),
            empty=_("没有人请求改数。"),
        ),
        "interests": table(tables.interest_columns(), evaluation.interests.all(), name=_("利益冲突声明")),
    }
    wanted = request.GET.get("sheet", "")
    if request.GET.get("format") == "xlsx" and wanted in parts:
        return xlsx_out(parts[wanted])
    return render(request, "evaluation/record.html", {"evaluation": evaluation, **parts})


@require_safe
def room(request: ActorRequest, code: str) -> HttpResponse:
    """Hand out the data room: the archive whose digest the ledger carries."""
    result = queries.result_of(code)
    return _file(queries.data_room_of(result.evaluation, result.frozen), f"{code}.zip", "application/zip")


@require_safe
def report(request: ActorRequest, code: str) -> HttpResponse:
    """Hand out the report as PDF."""
    result = queries.result_of(code)
    return _file(report_of(result), f"{result.evaluation.title}.pdf", "application/pdf")


def drawing(result: queries.Result, lines: list[queries.Line]) -> str:
    """Return the bars as SVG; every text in it is escaped where it is drawn."""
    return mark_safe(bars(tables.drawn_rows(lines), _("得分"), full=result.edition.full))


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response

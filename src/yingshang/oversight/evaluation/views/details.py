"""The pages behind the numbers: one value, the edition, the years, one variant of the method, how to check."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yingshang.kernel import documents
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.methods import scoring
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.rules import RULES, dots, with_unit
from yingshang.oversight.evaluation.views import comparing, edition_tables, tables


@require_safe
def collected(request: ActorRequest, code: str, no: int) -> HttpResponse:
    """Show one collected value: from where, by whom, when, with which evidence, and whether and why it counts."""
    result = queries.result_of(code)
    rows = list(queries.codebook_of(result.frozen))
    if not 1 <= no <= len(rows):
        raise NotFound("这个值")
    row = rows[no - 1]
    open_files = {one.digest: one for one in documents.documents_of(f"evaluation:{code}", request.actor)}
    beside = [
        one for one in rows if (one["series"], one["place"], one["part"]) == _cell(row) and one["no"] != row["no"]
    ]
    under = result.edition.by_key[row["series"]].under
    context = {
        "evaluation": result.evaluation,
        "row": row,
        "written": with_unit(row["value"], row["unit"]),
        "interval": tables.interval_words(row),
        "rule": RULES.get(row["rule"], row["rule"]),
        "indicator": result.edition.by_key[under] if under else result.edition.root,
        "formula": scoring.formula(result.scores, row["place"], row["series"]) if row["counts"] == "1" else "",
        "anchor": tables.place_anchor(result, row["place"]),
        "file": open_files.get(row["evidence_sha256"]),
        "beside": table(tables.value_columns(code), beside, name=_("其他来源的值")) if beside else None,
    }
    return render(request, "evaluation/collected.html", context)


def _cell(row: dict[str, str]) -> tuple[str, str, str]:
    return row["series"], row["place"], row["part"]


@require_safe
def edition(request: ActorRequest, code: str) -> HttpResponse:
    """Show the edition: every indicator and series with weight, unit and both ends, and what is switched off."""
    result = queries.result_of(code)
    listed = table(
        edition_tables.edition_columns(code),
        edition_tables.edition_rows(result.edition),
        request=request,
        name=tables.named(result, _("指标版本")),
        dense=True,
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    context = {
        "evaluation": result.evaluation,
        "edition": result.edition,
        "listing": listed,
        "off": edition_tables.off_tops(result.edition),
        "missing": edition_tables.missing_words(result.edition),
    }
    return render(request, "evaluation/edition.html", context)


@require_safe
def trend(request: ActorRequest, code: str) -> HttpResponse:
    """Show how the scores went over the years, breaks of method marked."""
    result = queries.result_of(code)
    years = queries.years_of(result)
    trends = queries.trends_of(result, years)
    listed = table(
        comparing.trend_columns(years), trends, request=request, name=tables.named(result, _("历年变化")), dense=True
    )
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    drawn = dots(comparing.dotted_rows(trends), _("最近两次的得分"), full=result.edition.full)
    context = {
        "evaluation": result.evaluation,
        "years": years,
        "last": years[-2].evaluation if len(years) > 1 else None,
        "broken": [one for one in trends if one.now.is_broken],
        "drawing": mark_safe(drawn) if len(years) > 1 else "",
        "listing": listed,
    }
    return render(request, "evaluation/trend.html", context)


@require_safe
def variant(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show the totals of every place under one variant of the method."""
    result = queries.result_of(code)
    try:
        name, varied = scoring.what_if(result.scores, number)
    except IndexError:
        raise NotFound("这种假设") from None
    places = list(result.scores.values.places)
    listed = table(comparing.variant_columns(result, varied), places, request=request, name=name[:60])
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    context = {
        "evaluation": result.evaluation,
        "name": name,
        "formula": scoring.formula(varied, result.evaluation.place),
        "listing": listed,
    }
    return render(request, "evaluation/variant.html", context)


@require_safe
def check(request: ActorRequest, code: str) -> HttpResponse:
    """Say in plain words how anybody checks the published scores."""
    result = queries.result_of(code)
    files = queries.files_of(result.evaluation, result.frozen)
    context = {"evaluation": result.evaluation, "frozen": result.frozen, "files": files}
    return render(request, "evaluation/check.html", context)

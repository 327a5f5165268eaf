"""System extraction on the evaluator's desk: asking moves or an outside log, taking figures as values."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.web import ActorRequest, Column, Table, keyset, table, xlsx_out
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.forms import ExtractForm, LogForm, TakeForm
from yingshang.oversight.evaluation.models import Evaluation, Extraction
from yingshang.oversight.evaluation.rules import figures, ranges
from yingshang.oversight.evaluation.views import extract_tables
from yingshang.oversight.evaluation.views.answering import answered
from yingshang.oversight.evaluation.views.desk import own

form_page = require_http_methods(["GET", "HEAD", "POST"])
MOST_DRAWN = 12


@require_safe
def extracts(request: ActorRequest, code: str) -> HttpResponse:
    """List the extractions, the newest first, and what can be asked."""
    evaluation = own(request, code)
    with queries.reading(request.actor):
        found = queries.extractions_of(evaluation)
        page = keyset(found, request, order=("-no",))
        columns = extract_tables.extraction_columns(code)
        listed = table(columns, page, request=request, name=_("系统抓取"), empty=_("还没有抓取过。"))
        if request.GET.get("format") == "xlsx":
            return xlsx_out(listed.with_rows(list(found)))
    shown = {"evaluation": evaluation, "listing": listed, "may": _may(request, evaluation)}
    return render(request, "evaluation/extracts.html", shown)


@form_page
def new(request: ActorRequest, code: str) -> HttpResponse:
    """Ask the platform's own moves: first which kind of matters, then the period, the items and the stretch."""
    evaluation = own(request, code)
    kinds = queries.kinds_with_matters()
    chosen = request.GET.get("kind", "")
    if chosen not in kinds:
        shown = {"evaluation": evaluation, "kinds": sorted(kinds.items(), key=lambda one: one[1])}
        return render(request, "evaluation/extract_kind.html", shown)
    today = clock.today()
    form = ExtractForm(
        request.POST or None,
        stretches=[(one["key"], one["title"]) for one in queries.stretches_on(today)],
        subjects=queries.subjects_of([chosen]),
        initial={"first": today.replace(month=1, day=1), "last": today, "stretch": "whole"},
    )
    made: list[Extraction] = []

    def deed(cleaned: dict[str, Any]) -> None:
        made.append(
            operations.extract(evaluation_id=evaluation.pk, kinds=[chosen], by=request.actor, at=clock.now(), **cleaned)
        )

    room = reverse("evaluation:extracts", args=[code])
    title = _("抓取“%(kind)s”的办理记录") % {"kind": kinds[chosen]}
    answer = answered(request, form, deed, back=room, evaluation=evaluation, room=room, title=title, button=_("抓取"))
    return redirect("evaluation:extract", code, made[0].no) if made else answer


@form_page
def outside(request: ActorRequest, code: str) -> HttpResponse:
    """Take an outside log; every fault by row and column, and nothing stored."""
    evaluation = own(request, code)
    form = LogForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"evaluation": evaluation, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "evaluation/extract_log.html", shown, status=422 if request.method == "POST" else 200)
    given, file = form.cleaned_data, form.cleaned_data["file"]
    names = {"case": given["case"], "activity": given["activity"], "at": given["moment"], "unit": given["unit"]}
    try:
        made = operations.import_log(
            evaluation_id=evaluation.pk,
            content=file.read(),
            file_name=file.name,
            mapping={name: head for name, head in names.items() if head},
            zone=given["zone"],
            title=given["title"],
            by=request.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        if faults := queries.faults_of(refusal):
            shown["faults"] = table(extract_tables.fault_columns(), faults, name=_("文件里的问题"))
            form.add_error("file", _("文件里有%(count)s处问题，没有存入任何一条。") % {"count": len(faults)})
        else:
            form.add_error(None, f"{refusal.reason}{refusal.remedy}")
        return render(request, "evaluation/extract_log.html", shown, status=409)
    return redirect("evaluation:extract", code, made.no)


@require_safe
def one(request: ActorRequest, code: str, no: int, part: str = "lines") -> HttpResponse:
    """Show an extraction: what was asked, the units as ranges, and one of its tables."""
    evaluation, found = _own(request, code, no)
    refusal = _may(request, evaluation)
    listed = _table(request, found, code, part, takes=refusal is None)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    context = {
        "evaluation": evaluation,
        "extraction": found,
        "part": part,
        "parts": [(name, title()) for name, (title, _columns) in PARTS.items()],
        "listing": listed,
        "drawing": _drawing(found) if part == "lines" else "",
        "hours": "、".join(f"{opens}—{closes}" for opens, closes in found.settings["hours"]["sessions"]),
        "few": sum(line["cases"] < found.settings["least"] for line in found.tables["lines"]),
        "others": next(iter(found.tables["other_variants"]), None) if part == "variants" else None,
    }
    return render(request, "evaluation/extract.html", context)


@form_page
def take(request: ActorRequest, code: str, no: int, line: int) -> HttpResponse:
    """Enter a figure of a line as the value of a series."""
    evaluation, found = _own(request, code, no)
    row = _line(found, line)
    office_day = figures.day_length(found.settings["hours"]["sessions"])
    titles = {one.key: (one.title, one.unit) for one in queries.edition_of(evaluation).series}
    form = TakeForm(
        request.POST or None,
        figures=[(name, f"{_(words)}：{_said(row, name, office_day)}") for name, words in figures.FIGURES.items()],
        series=[(key, f"{title}（{unit}）" if unit else title) for key, (title, unit) in titles.items()],
        initial={"place": evaluation.place, "figure": "worked.p50", "series": request.GET.get("series", "")[:60]},
    )

    def deed(cleaned: dict[str, Any]) -> None:
        taken = [operations.Taken(line=line, **cleaned)]
        operations.take_figures(extraction_id=found.pk, taken=taken, by=request.actor, at=clock.now())

    what = "，".join(part for part in (row["subject_title"], row["unit_title"]) if part) or _("全部")
    back = reverse("evaluation:extract", args=[code, no])
    return answered(
        request,
        form,
        deed,
        back=back,
        evaluation=evaluation,
        room=reverse("evaluation:room", args=[code]),
        title=_("取为数据：%(what)s") % {"what": what},
        hint=_("数据项按天的：工作时间÷每个工作日%(hours)s小时；自然时间÷24小时。")
        % {"hours": extract_tables.hours_words(office_day)},
        button=_("取为数据"),
    )


@require_safe
def cases(request: ActorRequest, code: str, no: int, line: int) -> HttpResponse:
    """List the longest matters of a line by the number of their dossier; read again from the platform's moves."""
    evaluation, found = _own(request, code, no)
    row = _line(found, line)
    if found.origin != Extraction.Origin.PLATFORM:
        raise NotFound("这些件")
    rows = queries.longest_matters(found, row)
    columns = extract_tables.case_columns(figures.day_length(found.settings["hours"]["sessions"]))
    listed = table(columns, rows, request=request, name=_("逐件用时"), dense=True)
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listed)
    shown = {"evaluation": evaluation, "extraction": found, "line": row, "listing": listed}
    return render(request, "evaluation/extract_cases.html", shown)


@require_POST
def fill(request: ActorRequest, code: str) -> HttpResponse:
    """Make the extractions that the matrix names and fill their series."""
    evaluation = own(request, code)
    filled = operations.extract_series(evaluation_id=evaluation.pk, by=request.actor, at=clock.now())
    messages.success(request, _("抓取了%(count)s个值。") % {"count": len(filled.values)})
    for series, why in filled.left_out:
        messages.warning(request, _("没有取“%(series)s”：%(why)s") % {"series": series, "why": why})
    return redirect("evaluation:extracts", code)


def _lines_columns(found: Extraction, code: str, takes: bool, whole: bool) -> list[Column]:
    return extract_tables.line_columns(found, code, takes=takes, whole=whole)


PARTS: dict[str, Any] = {
    "lines": (lambda: _("用时"), _lines_columns),
    "bottlenecks": (lambda: _("哪里等得久"), lambda *_args: extract_tables.bottleneck_columns()),
    "rework": (lambda: _("返工"), lambda *_args: extract_tables.rework_columns()),
    "lateness": (lambda: _("逾期"), lambda *_args: extract_tables.lateness_columns()),
    "variants": (lambda: _("办理路径"), lambda *_args: extract_tables.variant_columns()),
}
"""The tables of an extraction, each with its title and columns."""


def _table(request: ActorRequest, found: Extraction, code: str, part: str, *, takes: bool) -> Table:
    if part not in PARTS:
        raise NotFound("这张表")
    title, columns = PARTS[part]
    rows = [row | {"no": number} for number, row in enumerate(found.tables[part], start=1)]
    name = f"{found.title}：{title()}"
    whole = request.GET.get("format") == "xlsx"
    return table(columns(found, code, takes, whole), rows, request=request, name=name, dense=True, empty=_("没有。"))


def _drawing(found: Extraction) -> str:
    """Draw the working time of the units from the median to the 95th percentile, the slowest first."""
    office_day = figures.day_length(found.settings["hours"]["sessions"])
    lines = [line for line in found.tables["lines"] if line["unit"] and not line["subject"]]
    lines.sort(key=lambda line: -line["worked"]["p95"])
    rows = [
        (
            line["unit_title"],
            line["worked"]["p50"],
            line["worked"]["p95"],
            _("%(half)s至%(most)s个工作日")
            % {
                "half": extract_tables.days_words(line["worked"]["p50"], office_day),
                "most": extract_tables.days_words(line["worked"]["p95"], office_day),
            },
        )
        for line in lines[:MOST_DRAWN]
    ]
    # Every part of the text is escaped where it is put in.
    return mark_safe(ranges(rows, _("各单位用时"))) if rows else ""


def _said(row: dict[str, Any], figure: str, office_day: int) -> str:
    if figure == "on_time":
        return extract_tables.on_time_words(row) or _("没有时限")
    found = figures.figure_of(row, figure)
    if found is None:
        return _("没有")
    if figure.startswith("worked"):
        return _("%(days)s个工作日") % {"days": extract_tables.days_words(found, office_day)}
    if figure.startswith("elapsed"):
        return _("%(days)s天") % {"days": extract_tables.days_words(found, figures.CALENDAR_DAY)}
    return str(found)


def _own(request: ActorRequest, code: str, no: int) -> tuple[Evaluation, Extraction]:
    evaluation = own(request, code)
    with queries.reading(request.actor):
        return evaluation, queries.extraction_of(evaluation, no)


def _line(found: Extraction, number: int) -> dict[str, Any]:
    lines = found.tables["lines"]
    if not 1 <= number <= len(lines):
        raise NotFound("这一行")
    row: dict[str, Any] = lines[number - 1]
    return row


def _may(request: ActorRequest, evaluation: Evaluation) -> Refusal | None:
    """Return why values may not be taken now, or None."""
    if evaluation.dossier.state not in operations.OPEN_TO_VALUES:
        return Refusal("evaluation.not_in_this_stage", _("现在不是采集或者核对的阶段，只能看。"))
    return access.may(request.actor, "evaluation.work_on", evaluation)

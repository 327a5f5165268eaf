"""Extractions: the logs they are made from, the rules they follow, and their tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yingshang.kernel import clock, org, procedures, registry, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.oversight.evaluation.models import Evaluation, Extraction, ExtractionTerms, OfficeHours, Scoring

if TYPE_CHECKING:
    from yingshang.oversight.evaluation.rules.extracting import Matter

WHOLE = {"key": "whole", "title": "从立卷到办结", "begins": [], "ends": []}
COLUMNS = ("case", "activity", "at", "unit")
"""What the columns of an outside log are called unless the evaluator says otherwise."""
MOST_SHOWN = 200
SOURCE = "方案第35项"


def extractions_of(evaluation: Evaluation) -> QuerySet[Extraction]:
    """Return the extractions of an evaluation, the newest first, without their tables. Ask inside ``reading``."""
    return Extraction.objects.filter(evaluation=evaluation).defer("tables", "settings").order_by("-no")


def extraction_of(evaluation: Evaluation, no: int) -> Extraction:
    """Return one extraction by its number. Ask inside ``reading``. Raises NotFound."""
    found = Extraction.objects.filter(evaluation=evaluation, no=no).first()
    if found is None:
        raise NotFound("这次抓取")
    return found


def extract_rows(evaluation: Evaluation) -> list[dict[str, str]]:
    """Return the lines of the extractions that values came from, as rows of extractions.csv; ask inside ``reading``.

    Lines of fewer cases than the terms of the day ask for are left out. Queries: 1.
    """
    used = evaluation.values_collected.filter(extraction__isnull=False).values("extraction")
    return [
        _row(one, number, line)
        for one in Extraction.objects.filter(pk__in=used).order_by("no")
        for number, line in enumerate(one.tables["lines"], start=1)
        if line["cases"] >= one.settings["least"]
    ]


def frozen_figures(frozen: Scoring, named: Collection[str]) -> list[dict[str, str]]:
    """Return the frozen lines that figures come from, each with ``figure``.

    named: what the codebook writes, ``2/3/worked.p50``: extraction, line, figure.
    """
    lines = {f"{row['extraction']}/{row['line']}": row for row in csv.DictReader(io.StringIO(frozen.extracts_text))}
    found = [(name.rpartition("/")[0], name.rpartition("/")[2]) for name in dict.fromkeys(named) if name]
    return [lines[line] | {"figure": figure} for line, figure in found if line in lines]


def _row(one: Extraction, number: int, line: Mapping[str, Any]) -> dict[str, str]:
    hours = one.settings["hours"]
    told = {
        "extraction": one.no,
        "line": number,
        "title": one.title,
        "origin": one.get_origin_display(),
        "first_day": one.first_day,
        "last_day": one.last_day,
        "stretch": one.settings.get("stretch", WHOLE)["title"],
        "item": line["subject_title"],
        "unit": line["unit_title"],
        "cases": line["cases"],
        "due": line["due"],
        "late": line["late"],
        "office_hours": "、".join(f"{opens}—{closes}" for opens, closes in hours["sessions"]),
        "office_hours_from": hours["from"],
        "calendar_sha256": one.settings["calendar"],
        "log_sha256": one.log_digest,
        "file_sha256": one.file_digest,
    }
    told |= {f"{part}_{rank}": line[part][rank] for part in ("worked", "elapsed", "events") for rank in line[part]}
    return {name: str(value) for name, value in told.items()}


def kinds_of_matters() -> dict[str, str]:
    """Return every kind of dossier that runs under a procedure or without one, with its Chinese title."""
    return {kind: title for manifest in registry.capabilities() for kind, title in manifest.dossiers.items()}


def kinds_with_matters() -> dict[str, str]:
    """Return the kinds of which there is a matter that may be counted. Queries: 1."""
    open_to_all = work.Dossier.objects.filter(is_sealed=False).exclude(lead_unit__counts_only=True)
    found = set(open_to_all.order_by().values_list("kind", flat=True).distinct())
    return {kind: title for kind, title in kinds_of_matters().items() if kind in found}


def longest_matters(of: Extraction, line: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the longest matters behind a line, by the number of their dossier, read again from the platform's moves.

    Raises Refusal as extracting does, where hours or a calendar are missing meanwhile.
    """
    from yingshang.oversight.evaluation.rules import extracting

    asked = of.settings
    subjects = [line["subject"]] if line["subject"] else asked["subjects"]
    held, seen = extracting.load(
        matters(of.first_day, of.last_day, kinds=asked["kinds"], subjects=subjects, stretch=asked["stretch"])
    )
    with held:
        if seen.first is None or seen.last is None:
            return []
        is_worked = working_day(seen.first, seen.last)
        watch = extracting.work_clock(asked["hours"]["zone"], asked["hours"]["sessions"], seen, is_worked)
        rows = extracting.longest(held, watch, line["unit"], MOST_SHOWN)
    numbers = dict(work.Dossier.objects.filter(pk__in=[row["case"] for row in rows]).values_list("pk", "no"))
    return [
        row
        | {
            "no": numbers[int(row["case"])] or _("没有编号"),
            "first": _moment(row["first"]),
            "last": _moment(row["last"]),
        }
        for row in rows
    ]


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, clock.BEIJING)


def subjects_of(kinds: Collection[str]) -> list[tuple[str, str]]:
    """Return (id of the procedure, title) of the items of some kinds of dossiers. Queries: 1."""
    return work.subjects_of(kinds)


def unfinished(last: date, *, kinds: Collection[str], subjects: Collection[str]) -> int:
    """Return how many matters had not ended by the end of a day. Queries: 1."""
    return work.unfinished(last, kinds=kinds, subjects=subjects)


def matters(
    first: date, last: date, *, kinds: Collection[str], subjects: Collection[str], stretch: Mapping[str, Any]
) -> Iterator[Matter]:
    """Yield the platform's own matters that ended in a period; cases bear the number of the dossier, never a name."""
    from yingshang.oversight.evaluation.rules.extracting import Matter

    cut = work.Stretch(frozenset(stretch["begins"]), frozenset(stretch["ends"]))
    for trace in work.traces(first, last, kinds=kinds, subjects=subjects, stretch=cut):
        events = [(event.title, event.unit, event.at) for event in trace.events]
        yield Matter(str(trace.dossier_id), trace.subject, events, trace.pauses, trace.due)


def matters_of_file(content: bytes, file_name: str, mapping: Mapping[str, str] | None, zone: str) -> Sequence[Matter]:
    """Return the cases of an outside log.

    Raises Refusal ``evaluation.zone_unknown`` and ``evaluation.log_wrong``;
    ``faults_of`` returns every fault.
    """
    from yingshang.methods import event_log
    from yingshang.oversight.evaluation.rules.extracting import Matter

    if zone and zone not in available_timezones():
        raise Refusal("evaluation.zone_unknown", f"没有“{zone}”这个时区。", "请写Asia/Shanghai这样的名称。")
    named = ZoneInfo(zone) if zone else None
    try:
        if file_name.lower().endswith(".xes"):
            events = event_log.read_xes(content, zone=named)
        else:
            called = {name: name for name in COLUMNS} | dict(mapping) if mapping else None
            events = event_log.read_csv(content, called, zone=named)
    except event_log.WrongLog as wrong:
        reason = "；".join(str(fault) for fault in wrong.faults[:20])
        raise Refusal("evaluation.log_wrong", reason, "请改正文件以后再上传，没有存入任何一条。") from wrong
    grouped: dict[str, list[tuple[str, str, datetime]]] = {}
    for event in events:
        grouped.setdefault(event.case, []).append((event.activity, event.unit, event.at))
    return [Matter(case, "", found) for case, found in grouped.items()]


def faults_of(refusal: Refusal) -> list[Any]:
    """Return every fault of a refused outside log, each with ``row``, ``column``, ``found``; none of other refusals."""
    return list(getattr(refusal.__cause__, "faults", []))


def stretch_on(key: str, day: date) -> dict[str, Any]:
    """Return a stretch of the terms in force on a day. Raises Refusal ``evaluation.stretch_unknown``."""
    found = next((one for one in stretches_on(day) if one["key"] == key), None)
    if found is None:
        raise Refusal("evaluation.stretch_unknown", f"没有“{key}”这种起止。", "请从列出的起止里选。", source=SOURCE)
    return found


def stretches_on(day: date) -> list[dict[str, Any]]:
    """Return the stretches that a matter may be looked at in, the whole of it first."""
    return [WHOLE, *terms_on(day).stretches]


def terms_on(day: date) -> ExtractionTerms:
    """Return the county's terms in force on a day. Raises Refusal ``evaluation.terms_missing``."""
    found = _in_force(ExtractionTerms.objects.all(), day).last()
    if found is None:
        raise Refusal(
            "evaluation.terms_missing",
            f"{day}没有有效的抓取口径。",
            "请系统管理员在县的数据文件evaluation/extraction.yaml里补上。",
        )
    return found


def hours_between(first: date, last: date) -> OfficeHours:
    """Return the office hours of a period.

    Raises Refusal ``evaluation.hours_missing``, and ``evaluation.hours_change``
    where they are not the same all the time.
    """
    begun = OfficeHours.objects.filter(Q(effective_to=None) | Q(effective_to__gte=first), effective_from__lte=last)
    found = list(begun.order_by("effective_from"))
    if not found or found[0].effective_from > first or (found[-1].effective_to or last) < last:
        raise Refusal(
            "evaluation.hours_missing",
            f"{first}至{last}的办公时间不全，算不出工作时间。",
            "请系统管理员在县的数据文件office-hours.yaml里补上。",
        )
    if len(found) > 1:
        raise Refusal(
            "evaluation.hours_change",
            f"最早的一件从{first}开始，办公时间从{found[-1].effective_from}起变了，前后不能按同一个办公时间算。",
            "请分成前后两段，分别抓取。",
        )
    return found[0]


def working_day(first: datetime, last: datetime) -> Callable[[date], bool]:
    """Return the calendar's answer to whether a day is worked. Raises Refusal ``evaluation.calendar_missing``."""
    calendar = clock.calendar()
    years = range(clock.beijing_date(first).year, clock.beijing_date(last).year + 1)
    if missing := [str(year) for year in years if year not in calendar.years]:
        raise Refusal(
            "evaluation.calendar_missing",
            f"没有{'、'.join(missing)}年的工作日历，算不出工作时间。",
            "请系统管理员先导入那一年的放假通知，再抓取。",
        )
    return calendar.is_working_day


def with_titles(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return the tables with the words for items and units beside their codes. Queries: 2."""
    lines = tables["lines"]
    units = dict(org.Unit.objects.filter(code__in={line["unit"] for line in lines}).values_list("code", "short_name"))
    named = procedures.ProcedureVersion.objects.filter(procedure_id__in={line["subject"] for line in lines})
    subjects = dict(named.order_by("version").values_list("procedure_id", "title"))
    for line in lines:
        line["subject_title"] = subjects.get(line["subject"], line["subject"])
        line["unit_title"] = units.get(line["unit"], line["unit"])
    for row in tables["lateness"]:
        row["unit_title"] = units.get(row["unit"], row["unit"])
    return tables


def _in_force(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    return rows.filter(Q(effective_to=None) | Q(effective_to__gte=day), effective_from__lte=day).order_by(
        "effective_from"
    )

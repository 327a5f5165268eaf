"""Taking figures from event logs (系统抓取): from the platform's own moves, from an outside log, into values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import clock, ledger
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Extraction, Method, Value
from yingshang.oversight.evaluation.operations.collecting import OPEN_TO_VALUES, check_rows
from yingshang.oversight.evaluation.operations.stages import for_work
from yingshang.oversight.evaluation.rules import figures

SOURCE = "方案第35项"


@dataclass(frozen=True)
class Taken:
    """One figure that becomes the value of a series. line: its number in the extraction, from 1."""

    line: int
    figure: str
    series: str
    place: str


@transaction.atomic
def extract(
    *,
    evaluation_id: int,
    first: date,
    last: date,
    kinds: Collection[str],
    subjects: Collection[str] = (),
    stretch: str = "whole",
    title: str = "",
    by: Actor,
    at: datetime,
) -> Extraction:
    """Take figures from the platform's own moves and return them; the same question on the same log returns the first.

    first, last: Beijing dates between which the matters ended. kinds: of
    dossiers. subjects: ids of procedures; all of these kinds if empty.
    stretch: key of the county's terms. Raises as ``for_work`` does, Refusal
    ``evaluation.period_wrong``, ``evaluation.log_empty``,
    ``evaluation.calendar_missing``, ``evaluation.hours_missing`` and
    ``evaluation.hours_change``. Records ``evaluation.extracted``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES)
    _period(first, last, at)
    chosen = queries.stretch_on(stretch, last)
    known = queries.kinds_of_matters()
    if not kinds or set(kinds) - set(known):
        raise Refusal("evaluation.kind_unknown", "没有选办理事项的种类。", "请从列出的种类里选。", source=SOURCE)
    named = {kind: known[kind] for kind in sorted(kinds)}
    asked = {
        "kinds": named,
        "subjects": sorted(subjects),
        "stretch": chosen,
        "unfinished": queries.unfinished(last, kinds=kinds, subjects=subjects),
    }
    log = queries.matters(first, last, kinds=kinds, subjects=subjects, stretch=chosen)
    extraction = Extraction(
        evaluation=evaluation,
        origin=Extraction.Origin.PLATFORM,
        title=title.strip() or "、".join(named.values()),
        first_day=first,
        last_day=last,
        settings=asked,
    )
    return _kept(extraction, log, by, at)


@transaction.atomic
def import_log(
    *,
    evaluation_id: int,
    content: bytes,
    file_name: str,
    mapping: Mapping[str, str] | None = None,
    zone: str = "",
    title: str = "",
    by: Actor,
    at: datetime,
) -> Extraction:
    """Take figures from a log that came from elsewhere (CSV or XES) and return them; the file itself is not kept.

    mapping: what the columns case, activity, at, unit are called in a CSV
    file. zone: the zone of times that are written without one, if the
    evaluator names it; otherwise such a log is refused. Raises as ``extract``
    does, and Refusal ``evaluation.zone_unknown`` and ``evaluation.log_wrong``
    (``queries.faults_of`` returns every fault by row and column). Records ``evaluation.extracted``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES)
    log = queries.matters_of_file(content, file_name, mapping or None, zone)
    days = [clock.beijing_date(moment) for matter in log for _, _, moment in (matter.events[0], matter.events[-1])]
    _period(min(days), max(days), at)
    extraction = Extraction(
        evaluation=evaluation,
        origin=Extraction.Origin.OUTSIDE,
        title=title.strip() or file_name[:100],
        first_day=min(days),
        last_day=max(days),
        settings={"mapping": dict(mapping or {}), "zone": zone},
        file_name=file_name[:200],
        file_digest=hashlib.sha256(content).hexdigest(),
    )
    return _kept(extraction, log, by, at)


@transaction.atomic
def take_figures(*, extraction_id: int, taken: Sequence[Taken], by: Actor, at: datetime) -> list[Value]:
    """Enter figures of an extraction as values of the method *system* and return them: all or none.

    A figure that was taken for the same series and place before is returned as
    it is. Raises NotFound, as ``for_work`` does, Refusal
    ``evaluation.too_few_cases``, ``evaluation.figure_does_not_fit`` and
    ``evaluation.value_wrong``. Records
    ``evaluation.values_imported``.
    """
    with queries.reading(by):
        extraction = Extraction.objects.filter(pk=extraction_id).first()
    if extraction is None:
        raise NotFound("这次抓取")
    evaluation = for_work(extraction.evaluation_id, by, at, *OPEN_TO_VALUES)
    edition = queries.edition_of(evaluation)
    on, found, rows = clock.beijing_date(at), [], []
    with queries.reading(by):
        before = {(v.figure, v.series, v.place): v for v in extraction.values_taken.all()}
    for one in taken:
        name = f"{one.line}/{one.figure}"
        if (kept := before.get((name, one.series, one.place))) is not None:
            found.append(kept)
            continue
        written = _written(extraction, one, edition.by_key)
        rows.append({"place": one.place, "series": one.series, "value": written})
        found.append(
            Value(
                evaluation=evaluation,
                unit_code=extraction.unit_code,
                series=one.series,
                place=one.place,
                written=written,
                method=Method.SYSTEM,
                source_ref=_source(extraction, one),
                collector=by.name,
                collected_on=on,
                extraction=extraction,
                figure=name,
                is_verified=True,
                entered_at=at,
            )
        )
    new = [value for value in found if value.pk is None]
    if not new:
        return found
    check_rows(evaluation, rows)
    with queries.reading(by):
        Value.objects.bulk_create(new)
    facts = {"count": len(new)}
    ledger.record("evaluation.values_imported", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    return found


@dataclass(frozen=True)
class Filled:
    """What one button entered. left_out: (title of the series, why it got no value)."""

    values: list[Value]
    left_out: list[tuple[str, str]]


@transaction.atomic
def extract_series(*, evaluation_id: int, by: Actor, at: datetime) -> Filled:
    """Make the extractions that the owners' matrix names, for the year of the evaluation, and enter their figures.

    One extraction serves all series that ask the same. A series whose figure
    cannot be had is left out with the reason, the others are entered. Raises
    as ``for_work`` does.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES)
    titles = queries.series_titles(evaluation)
    first = date(evaluation.year, 1, 1)
    last = min(date(evaluation.year, 12, 31), clock.beijing_date(at))
    filled = Filled([], [])
    for series, owner in queries.owners_of(evaluation.edition_key).items():
        asked = owner.extract
        if not asked or series not in titles:
            continue
        try:
            with transaction.atomic():
                made = extract(
                    evaluation_id=evaluation_id,
                    first=first,
                    last=last,
                    kinds=[asked["kind"]],
                    subjects=asked["items"],
                    stretch=asked["stretch"],
                    by=by,
                    at=at,
                )
                line = next(n for n, row in enumerate(made.tables["lines"], 1) if not row["subject"] + row["unit"])
                taken = [Taken(line, asked["figure"], series, evaluation.place)]
                filled.values.extend(take_figures(extraction_id=made.pk, taken=taken, by=by, at=at))
        except Refusal as refusal:
            filled.left_out.append((titles[series], refusal.reason))
    return filled


def _kept(extraction: Extraction, log: Iterable[Any], by: Actor, at: datetime) -> Extraction:
    """Compute the tables of a log, keep them with what they rest on, and record it."""
    # The engine of event logs is large: only who asks it pays for it.
    from yingshang.oversight.evaluation.rules import extracting

    evaluation = extraction.evaluation
    terms = queries.terms_on(extraction.last_day)
    held, seen = extracting.load(log)
    with held:
        if seen.first is None or seen.last is None:
            raise Refusal(
                "evaluation.log_empty",
                f"{extraction.first_day}至{extraction.last_day}没有符合条件、已经办完的件。",
                "请换一段时间，或者换一种事项。",
                source=SOURCE,
            )
        hours = queries.hours_between(clock.beijing_date(seen.first), clock.beijing_date(seen.last))
        watch = extracting.work_clock(hours.zone, hours.sessions, seen, queries.working_day(seen.first, seen.last))
        tables = extracting.tables_of(held, watch)
    extraction.settings |= {
        "least": terms.least,
        "hours": {
            "zone": hours.zone,
            "sessions": hours.sessions,
            "from": hours.effective_from.isoformat(),
            "source": hours.source,
        },
        "calendar": hashlib.sha256(
            json.dumps([day.isoformat() for day, works in watch.working.items() if works]).encode()
        ).hexdigest(),
    }
    extraction.tables = queries.with_titles(tables)
    extraction.question_digest = _digest(extraction)
    extraction.log_digest, extraction.cases, extraction.events = seen.digest, seen.cases, seen.events
    extraction.unit_code = evaluation.evaluator.code
    extraction.made_by, extraction.made_by_name, extraction.at = by.person, by.name, at
    with queries.reading(by):
        of = Extraction.objects.filter(evaluation=evaluation)
        same = of.filter(question_digest=extraction.question_digest, log_digest=seen.digest).first()
        if same is not None:
            return same
        last = of.order_by("-no").values_list("no", flat=True).first()
        extraction.no = (last or 0) + 1
        extraction.save(force_insert=True)
    facts = {"no": extraction.no, "origin": extraction.get_origin_display(), "digest": seen.digest}
    ledger.record("evaluation.extracted", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    return extraction


def _digest(extraction: Extraction) -> str:
    asked = {
        "origin": extraction.origin,
        "first": extraction.first_day.isoformat(),
        "last": extraction.last_day.isoformat(),
        "settings": {name: found for name, found in extraction.settings.items() if name != "unfinished"},
    }
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _period(first: date, last: date, at: datetime) -> None:
    if not first <= last <= clock.beijing_date(at):
        raise Refusal(
            "evaluation.period_wrong",
            f"{first}至{last}不是一段已经过去的时间。",
            "第一天不能晚于最后一天，最后一天不能晚于今天。",
        )


def _written(extraction: Extraction, one: Taken, known: Mapping[str, Any]) -> str:
    lines = extraction.tables["lines"]
    if not 1 <= one.line <= len(lines) or one.figure not in figures.FIGURES:
        raise NotFound("这个数")
    series = known.get(one.series)
    if series is None:
        raise NotFound("这个数据项")
    line, least = lines[one.line - 1], extraction.settings["least"]
    if line["cases"] < least:
        raise Refusal(
            "evaluation.too_few_cases",
            f"这一行只有{line['cases']}件，少于{least}件的不公布，不能取为数据。",
            "请换一段更长的时间，或者把几个事项、几个单位合起来取。",
        )
    office_day = figures.day_length(extraction.settings["hours"]["sessions"])
    written = figures.as_value(line, one.figure, series.unit, office_day)
    if written is None:
        raise Refusal(
            "evaluation.figure_does_not_fit",
            f"“{figures.FIGURES[one.figure]}”不能换算成“{series.title}”的单位“{series.unit}”，或者没有这个数。",
            "请换一个数，或者换一个数据项。",
        )
    return written


def _source(extraction: Extraction, one: Taken) -> str:
    line = extraction.tables["lines"][one.line - 1]
    what = "，".join(part for part in (line["subject_title"], line["unit_title"]) if part) or "全部"
    period = f"{extraction.first_day}至{extraction.last_day}"
    return f"第{extraction.no}次抓取（{extraction.title}，{period}）：{what}，{figures.FIGURES[one.figure]}"[:200]

"""Collecting by the five methods: by hand, from a sheet, from measures; and who asked for another number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import clock, documents, ledger, measures, org
from yingshang.kernel.audience import Audience
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import scoring
from yingshang.oversight.evaluation import queries, rules
from yingshang.oversight.evaluation.models import AskedChange, Evaluation, Interview, Method, Owner, Value
from yingshang.oversight.evaluation.operations.stages import for_work

OPEN_TO_VALUES = ("collecting", "checking")
Evidence = tuple[str, str, BinaryIO]
"""File name, media type, stream."""
PERCENT_DIGITS = Decimal("0.0001")


@transaction.atomic
def enter_value(
    *,
    evaluation_id: int,
    series: str,
    place: str,
    written: str,
    method: str,
    source_ref: str,
    collector: str,
    collected_on: date,
    part: str = "",
    share: str = "",
    is_verified: bool = False,
    note: str = "",
    low: str = "",
    high: str = "",
    survey: str = "",
    interview_id: int | None = None,
    evidence: Evidence | None = None,
    evidence_is_open: bool = False,
    by: Actor,
    at: datetime,
) -> Value:
    """Enter one value with its source and return it; what others gave for the same cell stays beside it.

    low, high: ends of its interval, both or none. interview_id: of the
    interview in which it was said; source, collector, day and evidence are
    then the interview's. Raises as ``for_work`` does, NotFound for an unknown
    interview, Refusal ``evaluation.value_wrong`` (column and reason),
    ``evaluation.interval_wrong``, ``evaluation.source_missing``,
    ``evaluation.collected_later``. Records ``evaluation.value_entered``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES, "objecting")
    row = {"place": place, "series": series, "value": written, "part": part, "part_weight": share}
    row |= {"low": low, "high": high}
    check_rows(evaluation, [row])
    _check_interval(evaluation, row, low, high)
    said = _interview(evaluation, interview_id, by) if interview_id is not None else None
    if said is not None:
        source_ref, collector, collected_on = (
            f"第{said.no}号访谈：{said.described}",
            said.interviewer,
            said.interviewed_on,
        )
        method = Method.INTERVIEW
    value = _value(evaluation, row, method, source_ref, collector, collected_on, at)
    value.is_verified, value.note = is_verified, note.strip()
    value.survey = survey
    if said is not None:
        value.interview, value.evidence = said, said.minutes
    elif evidence is not None:
        value.evidence_is_open = evidence_is_open
        value.evidence = keep_evidence(evidence, evaluation, by=by, at=at)
    with queries.reading(by):
        value.save(force_insert=True)
    ledger.record("evaluation.value_entered", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts={})
    return value


@transaction.atomic
def import_values(
    *,
    evaluation_id: int,
    rows: Sequence[Mapping[str, str]],
    method: str,
    source_ref: str,
    collector: str,
    collected_on: date,
    by: Actor,
    at: datetime,
) -> list[Value]:
    """Enter many values of one source and return them: all or none.

    rows: columns place, series, value and, if wanted, part, part_weight, unit,
    low, high (both ends of the value's interval).
    Raises as ``enter_value`` does; the refusal names row and column of every
    fault. Records ``evaluation.values_imported``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES)
    check_rows(evaluation, rows)
    for row in rows:
        _check_interval(evaluation, row, row.get("low", ""), row.get("high", ""))
    values = [_value(evaluation, row, method, source_ref, collector, collected_on, at) for row in rows]
    with queries.reading(by):
        found = Value.objects.bulk_create(values)
    facts = {"count": len(found)}
    ledger.record("evaluation.values_imported", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    return found


@transaction.atomic
def take_measures(*, evaluation_id: int, by: Actor, at: datetime) -> list[Value]:
    """Take from the platform what the owners' matrix says it can give, and return its values.

    The measure of the owning unit for the year of the evaluation, or of all
    units together where the matrix says so, rates as percent. A measure
    without a value enters nothing; one that still says what it said last is
    returned as it was entered. Raises as ``for_work`` does. Records
    ``evaluation.values_imported`` where something was entered.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES)
    period = measures.year(evaluation.year)
    rows = []
    for series, owner in queries.owners_of(evaluation.edition_key).items():
        if not owner.measure or owner.unit is None:
            continue
        over, measured = _measured(owner, period)
        if written := _as_number(measured):
            rows.append((series, written, f"{owner.measure}，{over}，{evaluation.year}年"))
    plain = [{"place": evaluation.place, "series": series, "value": written} for series, written, _ in rows]
    check_rows(evaluation, plain)
    on, found = clock.beijing_date(at), []
    with queries.reading(by):
        system = evaluation.values_collected.filter(method=Method.SYSTEM, place=evaluation.place).order_by("pk")
        newest = {(value.series, value.source_ref): value for value in system}
    for row, (series, written, source) in zip(plain, rows, strict=True):
        kept = newest.get((series, source))
        if kept is None or kept.written != written:
            kept = _value(evaluation, row, Method.SYSTEM, source, "平台自动取数", on, at)
            kept.is_verified = True
        found.append(kept)
    new = [value for value in found if value.pk is None]
    if not new:
        return found
    with queries.reading(by):
        Value.objects.bulk_create(new)
    facts = {"count": len(new)}
    ledger.record("evaluation.values_imported", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    return found


@transaction.atomic
def record_asked_change(
    *,
    evaluation_id: int,
    who: str,
    how: str,
    series: str,
    place: str,
    wanted: str,
    answer: str,
    asked_on: date,
    by: Actor,
    at: datetime,
) -> AskedChange:
    """Record that somebody asked for another number, and return the record; it is published with the evaluation.

    Raises as ``for_work`` does and Refusal ``evaluation.asked_change_incomplete``.
    Records ``evaluation.change_asked``.
    """
    evaluation = for_work(evaluation_id, by, at, "designing", *OPEN_TO_VALUES, "objecting")
    if not (who.strip() and how.strip() and wanted.strip() and answer.strip()):
        raise Refusal(
            "evaluation.asked_change_incomplete",
            "改数请求没有写完整。",
            "请写明谁、以什么方式、想改成什么、怎样答复。",
            source="方案第35项",
        )
    with queries.reading(by):
        asked = AskedChange.objects.create(
            evaluation=evaluation,
            unit_code=evaluation.evaluator.code,
            who=who.strip(),
            how=how.strip(),
            series=series,
            place=place,
            wanted=wanted.strip(),
            answer=answer.strip(),
            asked_on=asked_on,
            at=at,
        )
    ledger.record("evaluation.change_asked", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts={})
    return asked


def keep_evidence(evidence: Evidence, evaluation: Evaluation, *, by: Actor, at: datetime) -> documents.Document:
    """Keep a file for the evaluator's unit, and for whoever hands it in from elsewhere; return its document."""
    name, media_type, stream = evidence
    own = frozenset() if by.unit == evaluation.evaluator.code else frozenset({by.person})
    return documents.keep(
        stream,
        name=name,
        media_type=media_type,
        subject=f"evaluation:{evaluation.code}",
        by=by,
        at=at,
        audience=Audience(unit=evaluation.evaluator.code, handlers=own),
    )


def _interview(evaluation: Evaluation, interview_id: int, by: Actor) -> Interview:
    with queries.reading(by):
        found = evaluation.interviews.select_related("minutes").filter(pk=interview_id).first()
    if found is None:
        raise NotFound("这次访谈")
    return found


def _check_interval(evaluation: Evaluation, row: Mapping[str, str], low: str, high: str) -> None:
    """Refuse an interval with one end, ends that the edition cannot score, or ends that do not hold the value."""
    if not low.strip() and not high.strip():
        return
    if not rules.holds(low, row["value"], high):
        raise Refusal(
            "evaluation.interval_wrong",
            f"区间“{low}至{high}”不对：两端都要写数字，下端不大于值，上端不小于值。",
            "请核对区间和值。",
        )
    check_rows(evaluation, [{**row, "value": low}])
    check_rows(evaluation, [{**row, "value": high}])


def check_rows(evaluation: Evaluation, rows: Sequence[Mapping[str, str]]) -> None:
    """Refuse rows that the edition cannot score, each fault by row and column."""
    edition = queries.edition_of(evaluation)
    try:
        scoring.take([{**row, "unit": row.get("unit", "")} for row in rows], edition, whole=False)
    except scoring.WrongValues as wrong:
        raise Refusal(
            "evaluation.value_wrong",
            "；".join(str(fault) for fault in wrong.faults[:20]),
            "请改正以后再提交，没有存入任何一条。",
        ) from None


def _value(
    evaluation: Evaluation,
    row: Mapping[str, str],
    method: str,
    source_ref: str,
    collector: str,
    collected_on: date,
    at: datetime,
) -> Value:
    if method not in Method.values or not source_ref.strip() or not collector.strip():
        raise Refusal(
            "evaluation.source_missing",
            "没有写清采集方式、来源或者采集人。",
            "每个值都要写明用哪一种方式、从哪里、由谁采集。",
            source="方案第35项",
        )
    if collected_on > clock.beijing_date(at):
        raise Refusal("evaluation.collected_later", "采集日期在今天以后。", "请核对采集日期。")
    return Value(
        evaluation=evaluation,
        unit_code=evaluation.evaluator.code,
        series=row["series"],
        place=row["place"],
        part=row.get("part", ""),
        share=row.get("part_weight", ""),
        written=row["value"].strip(),
        low=row.get("low", "").strip(),
        high=row.get("high", "").strip(),
        method=method,
        source_ref=source_ref.strip(),
        collector=collector.strip(),
        collected_on=collected_on,
        entered_at=at,
    )


def _measured(owner: Owner, period: measures.Period) -> tuple[str, measures.Rate | Decimal | int | None]:
    """Return whose measure it is, in words, and its value; of the county: both counts of all units' rates added up."""
    assert owner.unit is not None  # the caller left those without a unit out
    if owner.scope == Owner.Scope.UNIT:
        cell = measures.compute(owner.measure, [owner.unit.code], [period]).at(owner.unit.code, period)
        return owner.unit.short_name, cell.value
    units = list(org.Unit.objects.on(period.last).filter(counts_only=False).values_list("code", flat=True))
    found = measures.compute(owner.measure, units, [period])
    rates = [value for unit in units if isinstance(value := found.at(unit, period).value, measures.Rate)]
    total = measures.Rate(sum(rate.numerator for rate in rates), sum(rate.denominator for rate in rates))
    return owner.get_scope_display(), total


def _as_number(value: measures.Rate | Decimal | int | None) -> str:
    """Return a measure's value as the edition writes it: rates in percent; empty for none."""
    if isinstance(value, measures.Rate):
        if not value.denominator:
            return ""
        return str((Decimal(value.numerator * 100) / value.denominator).quantize(PERCENT_DIGITS))
    return "" if value is None else str(value)

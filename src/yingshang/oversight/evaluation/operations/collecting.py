"""Collecting by the five methods: by hand, from a sheet, from measures; and who asked for another number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import clock, documents, ledger, measures
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.methods import scoring
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import AskedChange, Evaluation, Method, Value
from yingshang.oversight.evaluation.operations.stages import for_work

OPEN_TO_VALUES = ("collecting", "checking")
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
    evidence: tuple[str, str, BinaryIO] | None = None,
    by: Actor,
    at: datetime,
) -> Value:
    """Enter one value with its source and return it; what others gave for the same cell stays beside it.

    evidence: (file name, media type, stream). Raises as ``for_work`` does and
    Refusal ``evaluation.value_wrong`` (column and reason), ``evaluation.source_missing``,
    ``evaluation.collected_later``. Records ``evaluation.value_entered``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES, "objecting")
    row = {"place": place, "series": series, "value": written, "part": part, "part_weight": share}
    _check(evaluation, [row])
    value = _value(evaluation, row, method, source_ref, collector, collected_on, at)
    value.is_verified, value.note = is_verified, note.strip()
    if evidence is not None:
        name, media_type, stream = evidence
        subject = f"evaluation:{evaluation.code}"
        value.evidence = documents.keep(stream, name=name, media_type=media_type, subject=subject, by=by, at=at)
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

    rows: columns place, series, value and, if wanted, part, part_weight, unit.
    Raises as ``enter_value`` does; the refusal names row and column of every
    fault. Records ``evaluation.values_imported``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES)
    _check(evaluation, rows)
    values = [_value(evaluation, row, method, source_ref, collector, collected_on, at) for row in rows]
    with queries.reading(by):
        found = Value.objects.bulk_create(values)
    facts = {"count": len(found)}
    ledger.record("evaluation.values_imported", subject=f"evaluation:{evaluation.code}", by=by, at=at, facts=facts)
    return found


@transaction.atomic
def take_measures(*, evaluation_id: int, by: Actor, at: datetime) -> list[Value]:
    """Take from the platform what the owners' matrix says it can give, and return the values entered.

    The measure of the owning unit for the year of the evaluation, rates as
    percent. A measure without a value for that unit enters nothing. Raises as
    ``for_work`` does. Records ``evaluation.values_imported``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES)
    period = measures.year(evaluation.year)
    rows = []
    for series, owner in queries.owners_of(evaluation.edition_key).items():
        if not owner.measure or owner.unit is None:
            continue
        cell = measures.compute(owner.measure, [owner.unit.code], [period]).at(owner.unit.code, period)
        written = _as_number(cell.value)
        if written:
            rows.append((series, written, f"{owner.measure}，{owner.unit.short_name}，{evaluation.year}年"))
    plain = [{"place": evaluation.place, "series": series, "value": written} for series, written, _ in rows]
    _check(evaluation, plain)
    on = clock.beijing_date(at)
    values = [
        _value(evaluation, row, Method.SYSTEM, source, "平台自动取数", on, at)
        for row, (_, _, source) in zip(plain, rows, strict=True)
    ]
    for value in values:
        value.is_verified = True
    with queries.reading(by):
        found = Value.objects.bulk_create(values)
    facts = {"count": len(found)}
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


def _check(evaluation: Evaluation, rows: Sequence[Mapping[str, str]]) -> None:
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
        method=method,
        source_ref=source_ref.strip(),
        collector=collector.strip(),
        collected_on=collected_on,
        entered_at=at,
    )


def _as_number(value: measures.Rate | Decimal | int | None) -> str:
    """Return a measure's value as the edition writes it: rates in percent; empty for none."""
    if isinstance(value, measures.Rate):
        if not value.denominator:
            return ""
        return str((Decimal(value.numerator * 100) / value.denominator).quantize(PERCENT_DIGITS))
    return "" if value is None else str(value)

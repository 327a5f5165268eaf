"""Freeze values, and correct a frozen one without erasing it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.measures.computing import Explanation, compute, explain
from yingshang.kernel.measures.models import FrozenValue
from yingshang.kernel.measures.periods import Period, read_period
from yingshang.kernel.measures.values import Cell, Rate
from yingshang.kernel.parties import Actor


@transaction.atomic
def freeze(name: str, *, units: Sequence[str], periods: Sequence[Period], by: Actor, at: datetime) -> list[FrozenValue]:
    """Compute a measure and freeze every cell; return the rows in the order of the table.

    Raises NotFound for an unknown measure or unit; Refusal
    ``measures.period_not_over``, ``measures.already_frozen``,
    ``measures.counts_only_unit`` and what the policy refuses. Records one
    ``measures.frozen`` with the digest of all rows.
    """
    access.permit(by, "measures.freeze")
    how = explain(name)
    found = {code: org.unit(code) for code in units}
    _refuse_unfit(name, how, found, periods, at)
    table = compute(name, units, periods)
    entry = ledger.record(
        "measures.frozen",
        subject=f"measure:{name}",
        by=by,
        facts={
            "title": how.told.title,
            "periods": "、".join(period.code for period in periods),
            "values": len(table.cells),
            "digest": digest_of(table.cells),
            "formula": how.digest,
        },
        at=at,
    )
    rows = [_row(name, cell, found[cell.unit], how, entry, by, at) for cell in table]
    return FrozenValue.objects.bulk_create(rows)


@transaction.atomic
def correct(frozen_id: int, *, reason: str, by: Actor, at: datetime) -> FrozenValue:
    """Compute one frozen value anew and freeze what comes out beside it; the old row stays.

    Raises NotFound; Refusal ``measures.already_corrected`` (correct the
    correction), ``measures.reason_missing``, ``measures.nothing_to_correct`` when
    the same comes out, and what the policy refuses. Records
    ``measures.corrected`` with both values.
    """
    old = FrozenValue.objects.select_related("unit", "corrected_by").filter(pk=frozen_id).first()
    if old is None:
        raise NotFound("这个冻结值")
    access.permit(by, "measures.correct", old)
    if hasattr(old, "corrected_by"):
        raise Refusal("measures.already_corrected", "这个值已经更正过。", "请在更正后的那一条上再更正。")
    if not reason.strip():
        raise Refusal("measures.reason_missing", "更正冻结值必须写明原因。", "请写清数据错在哪里、怎样发现的。")
    how = explain(old.measure)
    (cell,) = compute(old.measure, [old.unit.code], [read_period(old.period)])
    if _plain(cell.value) == _plain(old.value):
        raise Refusal(
            "measures.nothing_to_correct",
            f"重新计算的结果仍是{old.shown}。",
            "不需要更正；如对算法有异议，请提出规则修改。",
        )
    entry = ledger.record(
        "measures.corrected",
        subject=f"measure:{old.measure}",
        by=by,
        facts={
            "title": how.told.title,
            "unit": old.unit.code,
            "period": old.period,
            "before": _plain(old.value),
            "after": _plain(cell.value),
            "entry": str(old.entry_id),
            "reason": ledger.private(reason),
            "formula": how.digest,
        },
        at=at,
    )
    row = _row(old.measure, cell, old.unit, how, entry, by, at)
    row.corrects, row.reason = old, reason
    row.save()
    return row


def frozen_value(name: str, unit: str, period: Period) -> FrozenValue | None:
    """Return the value that counts: the frozen one, or its last correction; None where none was frozen. Queries: 1."""
    return FrozenValue.objects.filter(measure=name, unit__code=unit, period=period.code, corrected_by=None).first()


def digest_of(cells: Sequence[Cell]) -> str:
    """Return the SHA-256 (hex) of cells as canonical JSON: unit, period, value, sources."""
    plain = [[cell.unit, cell.period.code, _plain(cell.value), sorted(cell.sources)] for cell in cells]
    return hashlib.sha256(json.dumps(plain, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> str | None:
    """A value as text without fractions of a binary kind: ``3/4`` for a rate, ``2.5`` for a number."""
    if isinstance(value, Rate):
        return f"{value.numerator}/{value.denominator}"
    return None if value is None else f"{Decimal(value).normalize():f}"


def _refuse_unfit(
    name: str, how: Explanation, units: dict[str, org.Unit], periods: Sequence[Period], at: datetime
) -> None:
    today = clock.beijing_date(at)
    for period in periods:
        if not period.is_over_on(today):
            raise Refusal(
                "measures.period_not_over",
                f"{period}还没有结束，“{how.told.title}”现在还会变。",
                "请在期满之后再冻结。",
            )
    for unit in units.values():
        if unit.counts_only and how.told.shown_as != "count":
            raise Refusal(
                "measures.counts_only_unit",
                f"{unit.short_name}只接收数量和状态，不计算“{how.told.title}”这类指标。",
                "请从对象中去掉该单位。",
            )
    frozen = FrozenValue.objects.filter(
        measure=name, unit__in=units.values(), period__in=[period.code for period in periods], corrects=None
    )
    if (before := frozen.select_related("unit").first()) is not None:
        raise Refusal(
            "measures.already_frozen",
            f"{before.unit.short_name}{read_period(before.period)}的“{how.told.title}”已经冻结。",
            "冻结值不能重做；确有错误的，请办理更正。",
        )


def _row(
    name: str, cell: Cell, unit: org.Unit, how: Explanation, entry: ledger.Entry, by: Actor, at: datetime
) -> FrozenValue:
    rate = cell.value if isinstance(cell.value, Rate) else None
    return FrozenValue(
        measure=name,
        unit=unit,
        period=cell.period.code,
        number=None if isinstance(cell.value, Rate) or cell.value is None else Decimal(cell.value),
        numerator=rate.numerator if rate else None,
        denominator=rate.denominator if rate else None,
        sources=list(cell.sources),
        formula_digest=how.digest,
        entry=entry,
        frozen_at=at,
        frozen_by=by.person,
    )

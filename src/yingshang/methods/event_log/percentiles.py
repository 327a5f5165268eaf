"""Percentiles by the nearest rank: always one of the values, the same on every engine.

Engines disagree: some interpolate, some sample. Ours is the smallest value
that at least the share p of all values does not exceed, the value of rank
⌈p·n⌉ (the definition of kernel measures too).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from yingshang.methods.event_log.log import Engine

HALF = Fraction(1, 2)
USUAL = (HALF, Fraction(9, 10), Fraction(19, 20))


@ibis.udf.agg.builtin(name="quantile_disc", signature=((dt.int64, dt.Array(dt.float64)), dt.Array(dt.int64)))
def _quantile_disc(values, shares):  # type: ignore[no-untyped-def]  # a name for DuckDB's own function
    """DuckDB's quantile_disc is the nearest rank; one pass for all shares."""


def percentiles(rows: ir.Table, value: str, by: str, shares: Sequence[Fraction], engine: Engine) -> ir.Table:
    """Return a table ``by, count, p50, p90…`` of an int64 column without nulls, in the order of ``by``."""
    names = [f"p{float(share * 100):g}".replace(".", "_") for share in shares]
    column, count = rows[value], rows.count()
    if engine is Engine.DUCKDB:
        found = rows.group_by(by).agg(count=count, found=_quantile_disc(column, [float(share) for share in shares]))
        return found.select(by, "count", **{name: found.found[place] for place, name in enumerate(names)}).order_by(by)
    ordered = rows.group_by(by).agg(count=count, found=column.collect().sort())
    ranks = {name: ordered.found[_rank(ordered["count"], share) - 1] for name, share in zip(names, shares, strict=True)}
    return ordered.select(by, "count", **ranks).order_by(by)


def _rank(count: ir.IntegerColumn, share: Fraction) -> ir.IntegerValue:
    """Return ⌈p·n⌉ in whole numbers."""
    top, bottom = share.numerator, share.denominator
    return ((count * top + bottom - 1) // bottom).cast("int64")


def nearest_rank(values: Sequence[int], share: Fraction) -> int:
    """Return the same of plain values: the definition that engines are tested against. ValueError for none."""
    if not values:
        raise ValueError("没有值。")
    ordered = sorted(values)
    return ordered[-(-len(ordered) * share.numerator // share.denominator) - 1]

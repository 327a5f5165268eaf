"""Reads, each with a fixed number of queries."""

from yingshang.registers.fees.queries.charged import (
    Compared,
    MonthOfKind,
    by_kind_and_month,
    charge_for,
    charges_for,
    compared,
    refunds_for,
    state_of,
)
from yingshang.registers.fees.queries.listed import (
    PUBLIC,
    as_fee_row,
    current_edition,
    ended_rows,
    fee_row,
    fee_rows,
    last_row_before,
    newest_edition,
)
from yingshang.registers.fees.queries.measured import (
    administrative_fen,
    deposits_fen,
    funds_fen,
    outside_list,
    priced_fen,
    refunded_on_time_rate,
)

__all__ = [
    "PUBLIC",
    "Compared",
    "MonthOfKind",
    "administrative_fen",
    "as_fee_row",
    "by_kind_and_month",
    "charge_for",
    "charges_for",
    "compared",
    "current_edition",
    "deposits_fen",
    "ended_rows",
    "fee_row",
    "fee_rows",
    "funds_fen",
    "last_row_before",
    "newest_edition",
    "outside_list",
    "priced_fen",
    "refunded_on_time_rate",
    "refunds_for",
    "state_of",
]

"""What the plan and the practice say, as plain functions."""

from yingshang.oversight.evaluation.rules.drawing import Bar, Dots, bars, dots, ranges
from yingshang.oversight.evaluation.rules.files import (
    CODEBOOK_COLUMNS,
    at_end,
    codebook_csv,
    data_room,
    extracts_csv,
    has_intervals,
    sizes_in,
    values_csv,
)
from yingshang.oversight.evaluation.rules.settling import RULES, Collected, holds, settled, with_unit

__all__ = [
    "CODEBOOK_COLUMNS",
    "RULES",
    "Bar",
    "Collected",
    "Dots",
    "at_end",
    "bars",
    "codebook_csv",
    "data_room",
    "dots",
    "extracts_csv",
    "has_intervals",
    "holds",
    "ranges",
    "settled",
    "sizes_in",
    "values_csv",
    "with_unit",
]

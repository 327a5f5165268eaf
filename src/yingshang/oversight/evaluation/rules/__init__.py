"""What the plan and the practice say, as plain functions."""

from yingshang.oversight.evaluation.rules.drawing import bars, ranges
from yingshang.oversight.evaluation.rules.files import codebook_csv, data_room, extracts_csv, values_csv
from yingshang.oversight.evaluation.rules.settling import RULES, Collected, settled, with_unit

__all__ = [
    "RULES",
    "Collected",
    "bars",
    "codebook_csv",
    "data_room",
    "extracts_csv",
    "ranges",
    "settled",
    "values_csv",
    "with_unit",
]

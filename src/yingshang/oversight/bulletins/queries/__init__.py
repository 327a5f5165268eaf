"""Reads, each with a fixed number of queries."""

from yingshang.oversight.bulletins.queries.bulletins import (
    bulletin,
    bulletins,
    figure,
    figures_shown,
    issued,
    outline_on,
    section_table,
    values_of,
)
from yingshang.oversight.bulletins.queries.lines import lines_of
from yingshang.oversight.bulletins.queries.measured import Measured, measured

__all__ = [
    "Measured",
    "bulletin",
    "bulletins",
    "figure",
    "figures_shown",
    "issued",
    "lines_of",
    "measured",
    "outline_on",
    "section_table",
    "values_of",
]

"""Reads: rows and frozen dataclasses, with a fixed number of queries."""

from yingshang.oversight.evaluation.queries.cells import Cell, cells_of, codebook_rows, counting_rows, edition_of
from yingshang.oversight.evaluation.queries.evaluations import (
    current_scoring,
    data_room_of,
    evaluation,
    matrix_of,
    owners_of,
    published,
    reading,
    scores_of,
)

__all__ = [
    "Cell",
    "cells_of",
    "codebook_rows",
    "counting_rows",
    "current_scoring",
    "data_room_of",
    "edition_of",
    "evaluation",
    "matrix_of",
    "owners_of",
    "published",
    "reading",
    "scores_of",
]

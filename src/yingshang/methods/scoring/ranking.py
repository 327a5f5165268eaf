"""Ranks by total score, with ties as the edition wants them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from yingshang.methods.scoring.scoring import Scores, rounded


class Standing(NamedTuple):
    """rank: 1 is the best. label: what is printed, ``=3`` where the edition marks ties."""

    rank: int
    label: str


def standings(scores: Scores, key: str = "") -> dict[str, Standing]:
    """Return place → standing, best first, by the total or by one indicator. Places without a score have none."""
    edition = scores.edition
    digits = edition.ranking.digits
    compared: dict[str, Decimal] = {}
    for place in scores.values.places:
        value = scores.of(place, key)
        if isinstance(value, Decimal):
            compared[place] = value if digits is None else rounded(value, digits, edition.rounding)
    shared = Counter(compared.values())
    ranks: dict[Decimal, int] = {}
    above = 0
    for value in sorted(shared, reverse=True):
        ranks[value] = above + 1
        above += 1 if edition.ranking.is_dense else shared[value]
    ordered = sorted(compared, key=lambda place: ranks[compared[place]])
    return {
        place: Standing(rank, f"={rank}" if edition.ranking.marks_ties and shared[compared[place]] > 1 else str(rank))
        for place in ordered
        for rank in (ranks[compared[place]],)
    }

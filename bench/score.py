"""Scoring 3,000 places by 100 series over 10 years, beside the bare decimal arithmetic of the same values."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path
from random import Random

from figure import Figure

from yingshang.methods import scoring
from yingshang.methods.scoring.scoring import EXACT

PLACES, SERIES, YEARS, GROUPS = 3_000, 100, 10, 10
HEAD = """schema: edition/1
key: bench
title: 测速
method: 测速
source: 测速
effective: {from: 2026-01-01, to: null}
missing: average
indicators:
  - {key: total, title: 总分}
"""


def main() -> Iterator[Figure]:
    edition = the_edition()
    ours = bare = 0.0
    for year in range(YEARS):
        values = scoring.take(rows(year), edition)
        start = time.perf_counter()
        found = scoring.score(edition, values)
        ours += time.perf_counter() - start
        start = time.perf_counter()
        totals = barest(values)
        bare += time.perf_counter() - start
        assert all(abs(Decimal(found.of(place)) - total) < Decimal("1e-20") for place, total in totals.items())
    what = f"score {PLACES:,} places × {SERIES} series × {YEARS} years"
    yield Figure(what, ours, "s", bare, "the bare decimals of the same values", ratio_at_most=2.5)


def the_edition() -> scoring.Edition:
    groups = "".join(f"  - {{key: g{group}, under: total, title: 组}}\n" for group in range(GROUPS))
    series = "".join(
        f"  - {{key: s{number}, under: g{number % GROUPS}, title: 项, score: {{frontier: {{best: 100, worst: 0}}}}}}\n"
        for number in range(SERIES)
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "edition.yaml"
        file.write_text(HEAD + groups + series, encoding="utf-8")
        return scoring.read(file)


def rows(year: int) -> Iterator[dict[str, str]]:
    chance = Random(year)
    for place in range(PLACES):
        for number in range(SERIES):
            value = str(chance.randrange(-500, 10_500) / 100)
            yield {"place": f"p{place}", "series": f"s{number}", "value": value}


def barest(values: scoring.Values) -> dict[str, Decimal]:
    """Score and average with no tree, no gaps, no parts, no explanation: every group has as many series."""
    best, worst, full, nothing = Decimal(100), Decimal(0), Decimal(100), Decimal(0)
    totals: dict[str, Decimal] = dict.fromkeys(values.places, nothing)
    with localcontext(EXACT):
        for mine in values.parts.values():
            for place, parts in mine.items():
                value = parts[0].value
                assert isinstance(value, Decimal)
                score = (worst - value) * full / (worst - best)
                totals[place] += min(max(score, nothing), full)
        return {place: total / SERIES for place, total in totals.items()}

"""Estimates on 100,000 answers, beside summing the same weighted values in the same run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

from figure import Figure

from yingshang.methods import survey

ANSWERS, STRATA = 100_000, 40


def main() -> Iterator[Figure]:
    chance = Random(1)
    keys = [f"层{number}" for number in range(STRATA)]
    asked = tuple(keys[number % STRATA] for number in range(ANSWERS))
    values = [float(chance.randrange(1, 6)) for _ in range(ANSWERS)]
    strata = tuple(survey.Stratum(key, ANSWERS // STRATA * 3) for key in keys)

    start = time.perf_counter()
    found = survey.mean(survey.Design(strata, asked), values)
    ours = time.perf_counter() - start

    start = time.perf_counter()
    weights = dict.fromkeys(keys, 3.0)
    total = sum(weights[key] * value for key, value in zip(asked, values, strict=True))
    squares = sum(weights[key] * value * value for key, value in zip(asked, values, strict=True))
    bare = time.perf_counter() - start
    assert abs(total / (3 * ANSWERS) - found.value) < 1e-9 and squares > 0
    yield Figure(
        f"mean of {ANSWERS:,} answers in {STRATA} strata", ours, "s", bare, "two weighted sums", ratio_at_most=25
    )

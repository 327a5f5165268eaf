"""How many to ask, and how to spread them over the strata."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, sqrt
from statistics import NormalDist


def sample_size(population: int, *, margin: float, confidence: float = 0.95, share: float = 0.5) -> int:
    """Return how many answers a share needs to be known within ± margin, at most all (Cochran 1977, 4.4).

    >>> sample_size(2000, margin=0.05)
    323
    """
    if not population:
        return 0
    quantile = NormalDist().inv_cdf(1 - (1 - confidence) / 2)
    endless = quantile**2 * share * (1 - share) / margin**2
    return min(population, ceil(endless / (1 + (endless - 1) / population)))


def margin(populations: Mapping[str, int], answers: Mapping[str, int], *, confidence: float = 0.95) -> float:
    """Return the ± of a share of one half, from so many answers of each stratum (Cochran 1977, 5.4).

    1.0 where a stratum has no answer: nothing is known of it then.

    >>> round(margin({"a": 2000}, {"a": 323}), 3)
    0.05
    """
    whole = sum(populations.values())
    found = 0.0
    for key, there in populations.items():
        taken = min(answers.get(key, 0), there)
        if not taken and there:
            return 1.0
        if there > 1:
            found += (there / whole) ** 2 * 0.25 / taken * (there - taken) / (there - 1)
    return NormalDist().inv_cdf(1 - (1 - confidence) / 2) * sqrt(found)


def allocate(populations: Mapping[str, int], answers: int, *, least: int = 2) -> dict[str, int]:
    """Return how many to ask in each stratum: in proportion, at least ``least``, never more than there are.

    Rounds by the largest remainder, ties by the name of the stratum. What
    ``least`` adds comes on top of ``answers``.
    """
    whole = sum(populations.values())
    exact = {key: answers * there / whole for key, there in populations.items()} if whole else {}
    given = {key: int(part) for key, part in exact.items()}
    spare = min(answers, whole) - sum(given.values())
    for key in sorted(exact, key=lambda key: (given[key] - exact[key], key))[: max(spare, 0)]:
        given[key] += 1
    return {key: min(max(count, least), populations[key]) for key, count in given.items()}

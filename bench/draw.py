"""A draw over a million targets and its verification, beside the bare HMACs; the page's verifier in Chromium."""

from __future__ import annotations

import hmac
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from figure import Figure

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.draws.browsing import has_chromium, seconds_in_chromium  # noqa: E402
from tests.draws.making import KEY, ROUND, Case, credit_code, published  # noqa: E402

from yingshang.methods import draw  # noqa: E402

# Classes as one city counts them (Dandong, 2023: 65 / 25 / 8 / 1.5 %); ratios chosen to draw 10,000.
SHARES = {"A": 0.65, "B": 0.25, "C": 0.085, "D": 0.015}
TARGETS, DRAWN, INSPECTORS, CONFLICTS = 1_000_000, 10_000, 2_000, 200_000
MOST_MIB, MOST_SECONDS_IN_A_BROWSER = 1_536, 5
ROUNDS = 3


def main() -> Iterator[Figure]:
    rule = draw.Rule(draw.Beacon("quicknet", ROUND), 20)
    case = Case(plan_of(TARGETS, DRAWN, INSPECTORS, CONFLICTS), rule, serial=2)
    assert len(case.result.assignments) == DRAWN
    text = draw.canonical(published(case))
    labels = [f"2|target|A|{credit_code(number)}\x01".encode() for number in range(TARGETS)]

    def barest() -> None:
        for label in labels:
            hmac.digest(case.code, label, "sha256")
        for label in labels[: 2 * DRAWN]:
            hmac.digest(case.code, label, "sha256")

    def drawing() -> None:
        draw.run(case.plan, serial=2, code=case.code, randomness=case.randomness)

    def verifying() -> None:
        assert draw.verify(text, key=KEY) == []

    base, drawn, verified = fastest(barest, drawing, verifying)
    hmacs = f"{TARGETS + 2 * DRAWN:,} times hmac.digest"
    yield Figure(f"draw {DRAWN:,} of {TARGETS:,}", drawn, "s", base, hmacs, ratio_at_most=2.5)
    yield Figure(f"verify it from {len(text) >> 20} MiB", verified, "s", base, hmacs, ratio_at_most=2.5)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("most memory, with the plan and all labels", peak, "MiB", at_most=MOST_MIB)
    if has_chromium():
        small = Case(plan_of(20_000, 840, 120, 5_000), rule, serial=2)
        seconds = seconds_in_chromium(draw.canonical(published(small)), KEY)
        yield Figure("the page verifies 20,000 targets in Chromium", seconds, "s", at_most=MOST_SECONDS_IN_A_BROWSER)


def plan_of(targets: int, drawn: int, inspectors: int, conflicts: int) -> draw.Plan:
    """Return a plan of four classes; the remainder of the drawn falls to A."""
    chance, pool, strata, start = Random(7), {}, [], 0
    for name, share in SHARES.items():
        size = round(targets * share)
        pool[name] = [credit_code(number) for number in range(start, start + size)]
        strata.append(draw.Stratum(name, round(drawn * share), size, field="" if name == "A" else "food"))
        start += size
    people = [
        draw.Inspector(f"23{number:07d}", f"u{number % 25}", ("food",) if number % 3 else ())
        for number in range(inspectors)
    ]
    pairs = {(chance.randrange(inspectors), chance.randrange(targets)) for _ in range(conflicts * 11 // 10)}
    against = [
        draw.Conflict(people[person].id, credit_code(target), f"{chance.getrandbits(128):032x}")
        for person, target in sorted(pairs)[:conflicts]
    ]
    return draw.Plan({"title": "演示"}, strata, pool, inspectors=people, different_units=True, conflicts=against)


def fastest(*deeds: Callable[[], None]) -> list[float]:
    """Return the shortest of several rounds for each deed, in turn, so that all meet the same machine."""
    spent: list[list[float]] = [[] for _ in deeds]
    for _ in range(ROUNDS):
        for times, deed in zip(spent, deeds, strict=True):
            begun = time.perf_counter()
            deed()
            times.append(time.perf_counter() - begun)
    return [min(times) for times in spent]

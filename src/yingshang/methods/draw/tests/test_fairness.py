"""Nobody is favored: several statistics that fail for different reasons, over keys that are fixed for good.

Bounds are quantiles of the chi-square and normal distributions at about 1 in
1,000 on either side; a fixed seed either passes for ever or was never fair.
"""

from collections import Counter
from hashlib import sha256
from itertools import combinations, pairwise
from math import erfc, sqrt

from yingshang.methods.draw import Inspector, Plan, Stratum, run
from yingshang.methods.draw.tickets import in_order, key, ticket

KEYS = [key(sha256(b"fairness %d" % number).digest(), "dice=00000000000000000000/") for number in range(1500)]
POOL = [f"91230127MA{number:08d}" for number in range(100)]


def chi_square(counts, expected):
    return sum((count - expected) ** 2 / expected for count in counts)


def correlation(xs, ys):
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sqrt(sum((one - x) ** 2 for one in xs) * sum((one - y) ** 2 for one in ys))
    return sum((one - x) * (other - y) for one, other in zip(xs, ys, strict=True)) / spread


def fraction(value):
    return int.from_bytes(value[:8], "big") / 2**64


def test_everybody_is_drawn_equally_often_and_in_every_place():
    drawn, firsts, neighbors = Counter(), Counter(), 0
    for one in KEYS:
        order = in_order(one, "1|target|A|", POOL, 10)
        drawn.update(order)
        firsts[order[0]] += 1
        places = sorted(POOL.index(target) for target in order)
        neighbors += sum(after - before == 1 for before, after in pairwise(places))
    assert 60 < chi_square([drawn[one] for one in POOL], 150) / 0.9 < 149  # 99 degrees, drawn without replacement
    assert 60 < chi_square([firsts[one] for one in POOL], 15) < 149
    # 9 gaps; each is a gap between neighbors with chance 10 * 9 / 100 / 9 = 0.1: mean 0.9, variance about 0.74.
    assert abs(neighbors - 0.9 * len(KEYS)) < 3.3 * sqrt(0.75 * len(KEYS))


def test_tickets_are_uniform_and_independent_of_serial_role_and_neighbor():
    values = [fraction(ticket(KEYS[0], f"7|target|A|{number}")) for number in range(4000)]
    assert 4 < chi_square(Counter(int(value * 16) for value in values).values(), 250) < 38  # 15 degrees
    gap = max(max((place + 1) / 4000 - value, value - place / 4000) for place, value in enumerate(sorted(values)))
    assert gap * sqrt(4000) < 1.95  # Kolmogorov-Smirnov
    for labels in ("8|target|A|{}", "7|person|A|{}", "7|target|B|{}", "7|inspector|1|{}"):
        others = [fraction(ticket(KEYS[0], labels.format(number))) for number in range(4000)]
        assert abs(correlation(values, others)) * sqrt(4000) < 3.3
    assert abs(correlation(values[:-1], values[1:])) * sqrt(3999) < 3.3
    ones = sum(bin(int.from_bytes(ticket(KEYS[0], str(number)), "big")).count("1") for number in range(4000))
    assert erfc(abs(ones - 512_000) / sqrt(256_000) / sqrt(2)) > 0.001


def test_every_two_inspectors_meet_equally_often():
    people = [Inspector(f"P{number}", "scjgj") for number in range(10)]
    plan = Plan({}, [Stratum("A", count=5)], {"A": POOL[:5]}, inspectors=people)
    pairs, leads = Counter(), Counter()
    for number in range(900):
        code = sha256(b"pairs %d" % number).digest()
        for one in run(plan, serial=1, code=code, randomness="dice=1/").assignments:
            pairs[frozenset(one.team)] += 1
            leads[one.team[0]] += 1
    assert 17 < chi_square([pairs[frozenset(two)] for two in combinations([one.id for one in people], 2)], 100) < 82
    assert 1 < chi_square([leads[one.id] for one in people], 450) < 28  # 9 degrees


def test_one_more_in_the_pool_moves_nobody_else():
    before = in_order(KEYS[0], "1|target|A|", POOL, 100)
    after = in_order(KEYS[0], "1|target|A|", [*POOL, "NEW"], 101)
    assert [one for one in after if one != "NEW"] == before

"""A shared round begins with what takes long, and loses nothing."""

import pytest
from tests.architecture.tree import ROOT
from tests.order import LONG, long_ones_first

FILES = [f"src/{number}.py" for number in range(20)] + [
    place if place.endswith(".py") else f"{place}x" for place in LONG
]


@pytest.mark.parametrize("shares", [1, 2, 3, 4])
def test_every_share_begins_with_long_ones_and_every_test_runs_once(shares):
    ordered = long_ones_first(FILES, shares, str)
    assert sorted(ordered) == sorted(FILES)
    for share in range(shares):
        assert ordered[len(FILES) * share // shares].startswith(LONG)


def test_a_round_smaller_than_its_long_files_loses_nothing():
    few = FILES[-6:]
    assert sorted(long_ones_first([*few, *few], 4, str)) == sorted([*few, *few])


def test_what_is_called_long_is_there():
    assert [place for place in LONG if not (ROOT / place).exists()] == []

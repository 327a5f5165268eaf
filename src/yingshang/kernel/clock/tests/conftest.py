"""The limits and calendars of the example county."""

from pathlib import Path

import pytest

COUNTIES = Path(__file__).parents[5] / "counties"


@pytest.fixture
def loaded(example_county):
    """The database holds the limits and calendars of the example county; returns the folder of the counties."""
    return COUNTIES

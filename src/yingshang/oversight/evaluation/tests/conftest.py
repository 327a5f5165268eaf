"""Who takes part in the tests of evaluations, and where their files lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yingshang.kernel.parties import Actor
from yingshang.kernel.testing import actor_of


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    """Keep evidence, letters and archives apart for each test."""
    settings.YS_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def evaluator(example_county: str) -> Actor:
    """顾平, of the third party."""
    return actor_of("gu", unit="pgjg")


@pytest.fixture
def contact(example_county: str) -> Actor:
    """王敏, who answers for the market bureau's series."""
    return actor_of("wang_min", unit="scjgj")

"""The people of a ceremony."""

from __future__ import annotations

import pytest

from yingshang.kernel.parties import Actor
from yingshang.kernel.testing import actor_of


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def host(wang_min) -> Actor:
    """王敏 hosts for 县市场监管局."""
    return wang_min


@pytest.fixture
def witness(example_county) -> Actor:
    """蒋丽 of 县司法局 witnesses."""
    return actor_of("jiang", unit="sfj")


@pytest.fixture
def head(example_county) -> Actor:
    """卫国 heads 县市场监管局: may void what another sealed."""
    return actor_of("wei", unit="scjgj")

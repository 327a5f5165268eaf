"""What the tests of running matters share."""

import pytest

from yingshang.kernel.testing.restaurant import Desk, open_restaurant, restaurants_installed


@pytest.fixture(autouse=True)
def restaurants():
    with restaurants_installed():
        yield


@pytest.fixture
def desk(example_county, zhao):
    return Desk(open_restaurant(zhao))

"""A database with tables and no county, to load any county into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from yingshang.site.county import load_county


@contextmanager
def bare(unblocked: Any, county: str) -> Iterator[None]:
    """Work in the bare database as the site of a county; everything is rolled back afterwards."""
    usual_name, usual_county = connection.settings_dict["NAME"], settings.YS_COUNTY
    with unblocked:
        connection.close()
        connection.settings_dict["NAME"], settings.YS_COUNTY = "test_bare", county
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            connection.close()
            connection.settings_dict["NAME"], settings.YS_COUNTY = usual_name, usual_county


@pytest.fixture
def bare_mulan(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The site of Mulan before anything is loaded."""
    with bare(django_db_blocker.unblock(), "mulan"):
        yield


@pytest.fixture(params=["example", "mulan"])
def bare_county(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The site of each county before anything is loaded; gives its name."""
    with bare(django_db_blocker.unblock(), request.param):
        yield request.param


@pytest.fixture(scope="module")
def mulan(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The site of Mulan with its data and its plan, the same for the tests of a module."""
    with bare(django_db_blocker.unblock(), "mulan"):
        load_county("mulan")
        yield

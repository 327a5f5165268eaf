"""Fixtures of every test: the example county, the cast, and a database that commits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from yingshang.kernel.parties import Actor, Level

CAST_DAY = date(2026, 3, 2)


@pytest.fixture
def example_county(request: pytest.FixtureRequest) -> str:
    """The made-up county 示例县, which is in the database of every test; returns the code of its unit."""
    request.getfixturevalue("committed_db" if "committed_db" in request.fixturenames else "db")
    return "shili"


def actor_of(key: str, *, unit: str = "", on: date = CAST_DAY, level: Level = Level.SECOND_FACTOR) -> Actor:
    """Return a member of the cast as they are on a day, acting for a unit, or for their own party or themself."""
    from yingshang.kernel import org, parties

    person = org.Person.objects.get(pseudonym=org.demo_pseudonym(key))
    if unit:
        return parties.actor_for(person, unit=org.unit(unit), on=on, level=level)
    own = parties.parties_of(person, on)
    return parties.actor_for(person, party=own[0] if own else None, on=on, level=level)


@pytest.fixture
def zhao(example_county: str) -> Actor:
    """赵, an applicant."""
    return actor_of("zhao")


@pytest.fixture
def qian(example_county: str) -> Actor:
    """钱, agent of 赵."""
    return actor_of("qian")


@pytest.fixture
def wang_min(example_county: str) -> Actor:
    """王敏, publisher at 县市场监管局."""
    return actor_of("wang_min", unit="scjgj")


@pytest.fixture
def li_qiang(example_county: str) -> Actor:
    """李强, the same post as 王敏 at 县司法局: refused wherever she is not."""
    return actor_of("li_qiang", unit="sfj")


@pytest.fixture
def sun(example_county: str) -> Actor:
    """孙, chief representative of 县市场监管局 in the service hall."""
    return actor_of("sun", unit="scjgj")


@pytest.fixture
def zhou(example_county: str) -> Actor:
    """周, supervisor at 县营商环境建设监督局."""
    return actor_of("zhou", unit="ysj")


@pytest.fixture
def wu(example_county: str) -> Actor:
    """吴, a citizen with no standing."""
    return actor_of("wu")


@pytest.fixture
def zheng(example_county: str) -> Actor:
    """郑, system administrator: runs the machine and may see no case."""
    return actor_of("zheng")


@pytest.fixture
def feng(example_county: str) -> Actor:
    """冯, security administrator: appoints and grants."""
    return actor_of("feng")


@pytest.fixture
def chen(example_county: str) -> Actor:
    """陈, audit administrator: reads the logs of access and nothing else."""
    return actor_of("chen")


_baseline: list[Any] = []


@pytest.fixture
def committed_db(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database where commits are real, for tests with several connections.

    Starts from the example county and is put back to it afterwards. Never
    together with ``db``, whose transaction other connections do not see.
    """
    from django.db import connections

    from yingshang.kernel.testing.snapshot import Snapshot

    if {"db", "transactional_db"} & set(request.fixturenames):
        raise pytest.UsageError("committed_db and db exclude each other.")
    owner_url = os.environ["DATABASE_OWNER_URL"]
    if not _baseline:
        _baseline.append(Snapshot.take(owner_url))
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections.close_all()
            _baseline[0].restore(owner_url)

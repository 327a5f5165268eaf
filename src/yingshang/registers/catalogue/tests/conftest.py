"""The example county's service counter: who writes, who reviews, who publishes, and a way to walk an item through."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from yingshang.kernel import org, parties
from yingshang.registers.catalogue import operations
from yingshang.registers.catalogue.operations.file_shapes import HEAD

AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 30)
FILE = Path(settings.YS_COUNTIES_DIR) / "example" / "items" / "food-business.yaml"


def official(key: str, unit: str = "scjgj"):
    person = org.Person.objects.get(pseudonym=org.demo_pseudonym(key))
    return parties.actor_for(person, unit=org.unit(unit), on=ON, level=parties.Level.SECOND_FACTOR)


@pytest.fixture
def writer(example_county):
    return official("han")


@pytest.fixture
def reviewer(example_county):
    return official("sun")


@pytest.fixture
def publisher(example_county):
    return official("wang_min")


@pytest.fixture
def head(example_county):
    return official("wei")


@pytest.fixture
def stranger(example_county):
    """A publisher of another unit."""
    return official("li_qiang", "sfj")


@pytest.fixture
def coordinator(example_county):
    return official("zhou", "ysj")


@pytest.fixture
def log_in(client, example_county):
    """Choose a face on the demo page, as a visitor of a demo does."""

    def choose(key: str):
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose


@pytest.fixture
def content():
    """The content of the example license, fresh for each test to spoil."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    data = {name: part for name, part in data.items() if name not in HEAD}
    for basis in data["basics"]["bases"]:
        basis["edition"] = basis["edition"] and basis["edition"].isoformat()
    return data


@pytest.fixture
def walk(writer, reviewer, publisher):
    """Return a function that has a draft reviewed and published from a day on."""

    def through(version, *, from_on=ON, at=AT):
        operations.send_to_review(version_id=version.pk, by=writer, at=at)
        operations.review_version(version_id=version.pk, agree=True, by=reviewer, at=at)
        return operations.publish_version(version_id=version.pk, effective_from=from_on, by=publisher, at=at)

    return through

"""What is published stays as it was, and a day decides which version holds."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import ProgrammingError, transaction

from yingshang.kernel import procedures
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger import Entry
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.procedures import ProcedureVersion

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
PATH = Path(settings.YS_COUNTIES_DIR) / "example" / "procedures" / "signboard-filing.yaml"


@pytest.fixture
def next_version(tmp_path):
    def written(version, start, end="null"):
        text = PATH.read_text(encoding="utf-8").replace("version: 1", f"version: {version}")
        path = tmp_path / f"{version}.yaml"
        path.write_text(text.replace("from: 2026-01-01, to: null", f"from: {start}, to: {end}"), encoding="utf-8")
        return procedures.read(path)

    return written


def test_a_new_version_ends_the_one_before(next_version):
    procedures.publish(next_version(2, "2026-07-01"), by=SYSTEM, at=NOON)
    assert procedures.version_for("signboard-filing", date(2026, 6, 30)).version == 1
    assert procedures.version_for("signboard-filing", date(2026, 7, 1)).version == 2
    with pytest.raises(NotFound):
        procedures.version_for("signboard-filing", date(2025, 12, 31))


def test_publishing_again_changes_nothing_and_records_nothing():
    before = Entry.objects.count(), ProcedureVersion.objects.count()
    procedures.publish(procedures.read(PATH), by=SYSTEM, at=NOON)
    procedures.load(PATH.parent.parent)
    assert (Entry.objects.count(), ProcedureVersion.objects.count()) == before


@pytest.mark.parametrize(
    ("version", "start", "code"),
    [
        (1, "2026-02-01", "procedures.version_is_frozen"),
        (2, "2026-01-01", "procedures.versions_do_not_meet"),
    ],
)
def test_a_version_that_does_not_fit_is_refused(next_version, version, start, code):
    before = Entry.objects.count(), ProcedureVersion.objects.count()
    with pytest.raises(Refusal) as refused:
        procedures.publish(next_version(version, start), by=SYSTEM, at=NOON)
    assert refused.value.code == code
    assert (Entry.objects.count(), ProcedureVersion.objects.count()) == before


def test_an_officer_without_the_post_publishes_nothing(next_version, wang_min):
    with pytest.raises(Refusal) as refused:
        procedures.publish(next_version(2, "2026-07-01"), by=wang_min, at=NOON)
    assert refused.value.code == "procedures.not_your_post"


def test_the_database_itself_keeps_a_published_version_as_it_was():
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ProcedureVersion.objects.update(title="改名")
    version = ProcedureVersion.objects.get(procedure_id="signboard-filing")
    assert procedures.frozen(version) == procedures.read(PATH)
    assert procedures.frozen(version).sha256 == version.sha256


def test_a_frozen_version_is_drawn_like_its_file():
    path = PATH.with_name("restaurant-opening.yaml")
    frozen = procedures.frozen(ProcedureVersion.objects.get(procedure_id="restaurant-opening"))
    assert list(frozen.states) == list(procedures.read(path).states)
    assert procedures.bpmn(frozen) == procedures.bpmn(procedures.read(path))
    assert procedures.svg(frozen) == procedures.svg(procedures.read(path))


def test_the_name_of_a_version_is_its_content():
    definition = procedures.read(PATH)
    other = replace(definition, canonical=definition.canonical.replace("核实", "查看"))
    assert other.sha256 != definition.sha256

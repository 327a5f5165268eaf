"""The procedures of every county hold: they load, and their own scenarios come out."""

from pathlib import Path

import pytest
from django.conf import settings

from yingshang.kernel import clock, procedures
from yingshang.kernel.procedures.county import known_names

COUNTIES = Path(settings.YS_COUNTIES_DIR)
FILES = sorted(COUNTIES.glob("*/procedures/*.yaml"))


def short(path):
    return f"{path.parent.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=short)
def test_a_procedure_reads_without_a_database(path):
    definition = procedures.read(path)
    assert definition.id == path.stem
    assert procedures.definition_of(__import__("json").loads(definition.canonical)) == definition


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.parent.name in {"_national", "example"}], ids=short)
@pytest.mark.django_db
def test_every_scenario_holds(path):
    definition = procedures.read(path, known_names())
    found = procedures.misses(definition, clock.limit_on, clock.calendar())
    assert [str(miss) for miss in found] == []


@pytest.mark.django_db
def test_a_scenario_that_does_not_hold_says_what_it_found(tmp_path):
    text = (COUNTIES / "example/procedures/restaurant-opening.yaml").read_text(encoding="utf-8")
    path = tmp_path / "wrong.yaml"
    path.write_text(text.replace("{committed: 2026-10-19}", "{committed: 2026-10-20}"), encoding="utf-8")
    (miss,) = procedures.misses(procedures.read(path), clock.limit_on, clock.calendar())
    assert str(miss) == "“现场核查四个工作日不计时”: committed should be 2026-10-20, it is 2026-10-19."

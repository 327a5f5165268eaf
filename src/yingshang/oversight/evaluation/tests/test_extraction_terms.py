"""Office hours and extraction terms as county data: what is refused by its line, and what a change of hours means."""

from __future__ import annotations

from datetime import date

import pytest

from yingshang.kernel.errors import Refusal
from yingshang.methods.county_files import DataProblem
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import OfficeHours
from yingshang.oversight.evaluation.operations.terms import load_terms

pytestmark = pytest.mark.django_db

HOURS = """schema: office-hours/1
hours:
  - zone: Asia/Shanghai
    sessions: [["08:30", "11:30"], ["13:30", "17:00"]]
    source: null
    todo: 待确认
    effective: {from: 2019-01-01, to: 2026-03-31}
  - zone: Asia/Shanghai
    sessions: [["08:00", "11:30"], ["14:00", "17:30"]]
    source: 示例文件
    effective: {from: 2026-04-01, to: null}
"""


@pytest.fixture
def folder(tmp_path):
    OfficeHours.objects.all().delete()
    (tmp_path / "office-hours.yaml").write_text(HOURS, encoding="utf-8")
    return tmp_path


def test_hours_hold_from_one_day_to_another_and_a_change_within_an_extraction_is_refused(folder):
    load_terms(folder)
    load_terms(folder)
    assert OfficeHours.objects.count() == 2
    assert str(queries.hours_between(date(2026, 3, 1), date(2026, 3, 31))) == "08:30—11:30、13:30—17:00"
    for first, last, code in [
        (date(2026, 3, 31), date(2026, 4, 1), "evaluation.hours_change"),
        (date(2018, 12, 31), date(2019, 1, 2), "evaluation.hours_missing"),
    ]:
        with pytest.raises(Refusal) as refused:
            queries.hours_between(first, last)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ('["13:30", "17:00"]', '["11:00", "17:00"]', "overlap"),
        ('["13:30", "17:00"]', '["13:30", "25:00"]', "25:00"),
        ("    todo: 待确认\n", "", "source is null"),
        ("zone: Asia/Shanghai", "zone: Asia/Mulan", "Asia/Mulan"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_and_nothing_is_loaded(folder, found, instead, said):
    path = folder / "office-hours.yaml"
    path.write_text(HOURS.replace(found, instead, 1), encoding="utf-8")
    with pytest.raises(DataProblem, match=said):
        load_terms(folder)
    assert not OfficeHours.objects.exists()

"""Logs from elsewhere: taken whole or refused by row and column."""

from __future__ import annotations

import io
from datetime import date

import pytest

from yingshang.kernel.errors import Refusal
from yingshang.kernel.ledger.models import Entry
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.models import Extraction
from yingshang.oversight.evaluation.tests.matters import AT, HOUR, collecting, face

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(evaluator):
    return collecting(evaluator)


WRONG = """案号,动作,时间,部门
甲,受理,2026-03-02T09:00:00+08:00,一科
甲,办结,2026-03-01T09:00:00+08:00,一科
,受理,2026-03-02 10:00,
"""
NAMES = {"case": "案号", "activity": "动作", "at": "时间", "unit": "部门"}


def imported(evaluation, by, content: str, **more) -> Extraction:
    given = {"file_name": "日志.csv", "mapping": NAMES} | more
    return operations.import_log(evaluation_id=evaluation.pk, content=content.encode(), by=by, at=AT, **given)


@pytest.mark.parametrize(
    ("content", "more", "faults"),
    [
        (WRONG, {}, [(3, "时间", "时间倒退"), (4, "案号", "空的"), (4, "时间", "没有写时区")]),
        ("案号,案号,动作,时间\n", {}, [(1, "案号", "同名")]),
        ("case,activity,at\n", {}, [(1, "案号", "缺少"), (1, "动作", "缺少"), (1, "时间", "缺少")]),
        (
            "案号,activity,at,unit\n甲,受\x1f理,2026-03-02T09:00:00Z,\n",
            {"mapping": {"case": "案号"}},
            [(2, "activity", "控制")],
        ),
        ("<log><trace>", {"file_name": "日志.xes"}, [(1, "", "XES")]),
    ],
)
def test_an_outside_log_with_faults_is_refused_by_row_and_column(evaluation, evaluator, content, more, faults):
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        imported(evaluation, evaluator, content, **more)
    assert refused.value.code == "evaluation.log_wrong" and Entry.objects.count() == before
    found = queries.faults_of(refused.value)
    assert [(one.row, one.column) for one in found] == [fault[:2] for fault in faults]
    assert all(said in one.found for one, (_, _, said) in zip(found, faults, strict=True))
    with queries.reading(evaluator):
        assert not Extraction.objects.exists()


def test_a_log_without_zone_is_taken_only_if_the_evaluator_names_the_zone(evaluation, evaluator):
    content = "案号,动作,时间,部门\n甲,受理,2026-03-02 10:00,一科\n甲,办结,2026-03-02 15:00,二科\n"
    with pytest.raises(Refusal, match="没有写时区"):
        imported(evaluation, evaluator, content)
    with pytest.raises(Refusal) as refused:
        imported(evaluation, evaluator, content, zone="Asia/Mulan")
    assert refused.value.code == "evaluation.zone_unknown"
    found = imported(evaluation, evaluator, content, zone="Asia/Shanghai")
    assert [(line["unit"], line["worked"]["p50"]) for line in found.tables["lines"]] == [
        ("", 3 * HOUR),
        ("一科", 3 * HOUR),
    ]
    assert (found.origin, found.cases, found.first_day) == ("outside", 1, date(2026, 3, 2))
    upload = {"file": io.BytesIO(WRONG.encode()), "case": "案号", "activity": "动作", "moment": "时间"}
    page = face("gu").post("/workbench/evaluations/of/test-2026/extracts/import/", upload)
    assert page.status_code == 409 and "时间倒退" in page.content.decode()

"""An evaluation from its contract to its publication, and everything that must not happen on the way."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta

import pytest

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger.models import Entry
from yingshang.kernel.testing import actor_of
from yingshang.methods import scoring
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.models import Evaluation, Owner, Value
from yingshang.oversight.evaluation.tests.factories import AT, EDITION, commissioned

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(evaluator) -> Evaluation:
    return commissioned(evaluator)


def enter(evaluation: Evaluation, by, series: str, written: str, method: str, **more) -> Value:
    values = {"place": "示例县", "source_ref": "访谈记录1号", "collector": "顾平", "collected_on": date(2026, 3, 2)}
    return operations.enter_value(
        evaluation_id=evaluation.pk, series=series, written=written, method=method, by=by, at=AT, **(values | more)
    )


def collecting(evaluation: Evaluation, by) -> None:
    operations.take_edition(evaluation_id=evaluation.pk, content=EDITION.encode(), by=by, at=AT)
    operations.begin_collecting(evaluation_id=evaluation.pk, by=by, at=AT)


def test_the_whole_way_and_anybody_scores_it_again_from_the_published_files(evaluation, evaluator, contact, tmp_path):
    pk = evaluation.pk
    collecting(evaluation, evaluator)
    said = enter(evaluation, evaluator, "days", "3", "statement")
    enter(evaluation, evaluator, "days", "5", "interview")
    enter(evaluation, evaluator, "rate", "90", "questionnaire")
    enter(evaluation, evaluator, "rate", "80", "appraisal", place="巴彦县")
    operations.begin_checking(evaluation_id=pk, by=evaluator, at=AT)
    with queries.reading(evaluator):
        cell = queries.cells_of(evaluation_of(pk))[0]
    assert (cell.differs, cell.counts.written, cell.rule) == (True, "5", "less_favorable")
    operations.score(evaluation_id=pk, by=evaluator, at=AT)

    objection = operations.object_to(evaluation_id=pk, series="days", text="应为3天，附台账。", by=contact, at=AT)
    with pytest.raises(Refusal, match="还有1条异议没有答复") as refused:
        operations.publish(evaluation_id=pk, by=evaluator, at=AT)
    assert refused.value.code == "evaluation.objections_open"
    operations.answer_objection(objection_id=objection.pk, is_accepted=True, answer="核对属实。", by=evaluator, at=AT)
    operations.settle(evaluation_id=pk, value_id=said.pk, reason="台账核对属实", by=evaluator, at=AT)
    operations.score(evaluation_id=pk, why="采纳一条异议", by=evaluator, at=AT)
    operations.publish(evaluation_id=pk, by=evaluator, at=AT)

    published = queries.evaluation("test-2026", actor_of("wu"))
    frozen = queries.current_scoring(published)
    content = queries.data_room_of(published, frozen)
    assert frozen.no == 2 and frozen.digest == hashlib.sha256(content).hexdigest()
    room = zipfile.ZipFile(io.BytesIO(content))
    (tmp_path / "edition.yaml").write_bytes(room.read("edition.yaml"))
    edition = scoring.read(tmp_path / "edition.yaml")
    again = scoring.score(edition, scoring.read_values(room.read("values.csv"), edition))
    digest = hashlib.sha256(room.read("edition.yaml")).hexdigest()
    assert scoring.as_json(again, edition_digest=digest) == room.read("scores.json")
    ours = next(place for place in json.loads(room.read("scores.json"))["places"] if place["place"] == "示例县")
    assert ours["shown"] == "80.00"  # 3 天 70 分，90 % 90 分
    assert "台账核对属实" in room.read("codebook.csv").decode()
    with pytest.raises(Refusal) as late:
        operations.take_edition(evaluation_id=pk, content=EDITION.encode(), by=evaluator, at=AT)
    assert late.value.code == "evaluation.not_in_this_stage"


def evaluation_of(pk: int) -> Evaluation:
    return Evaluation.objects.get(pk=pk)


def test_no_unit_reads_the_evidence_before_it_is_published(evaluation, evaluator, contact):
    collecting(evaluation, evaluator)
    enter(evaluation, evaluator, "days", "3", "statement")
    operations.record_asked_change(
        evaluation_id=evaluation.pk,
        who="某局副局长",
        how="电话",
        series="days",
        place="示例县",
        wanted="改成1天",
        answer="没有证据，不改。",
        asked_on=date(2026, 3, 2),
        by=evaluator,
        at=AT,
    )
    for reader in (contact, actor_of("zhou", unit="ysj"), actor_of("wu")):
        with queries.reading(reader):
            assert not Value.objects.exists() and not evaluation.asked_changes.exists()
        if reader.unit != "ysj":
            with pytest.raises(NotFound):
                queries.evaluation("test-2026", reader)
    with queries.reading(evaluator):
        assert Value.objects.count() == 1 and evaluation.asked_changes.count() == 1


def test_an_evaluator_who_stated_nothing_or_a_conflict_does_not_work_on_it(evaluation, evaluator):
    operations.state_interest(
        evaluation_id=evaluation.pk, has_conflict=True, text="配偶在县市场监管局工作", by=evaluator, at=AT
    )
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        operations.take_edition(evaluation_id=evaluation.pk, content=EDITION.encode(), by=evaluator, at=AT)
    assert refused.value.code == "evaluation.has_conflict"
    assert Entry.objects.count() == before and not evaluation_of(evaluation.pk).edition_digest


@pytest.mark.parametrize(
    ("series", "written", "more", "code"),
    [
        ("days", "三天", {}, "evaluation.value_wrong"),
        ("days", "-1", {}, "evaluation.value_wrong"),
        ("rate", "101", {}, "evaluation.value_wrong"),
        ("weeks", "3", {}, "evaluation.value_wrong"),
        ("days", "3", {"part": "东兴镇"}, "evaluation.value_wrong"),
        ("days", "3", {"source_ref": " "}, "evaluation.source_missing"),
        ("days", "3", {"method": "guess"}, "evaluation.source_missing"),
        ("days", "3", {"collected_on": date(2026, 3, 3)}, "evaluation.collected_later"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_stored(evaluation, evaluator, series, written, more, code):
    collecting(evaluation, evaluator)
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        enter(evaluation, evaluator, series, written, more.pop("method", "statement"), **more)
    assert refused.value.code == code and Entry.objects.count() == before
    with queries.reading(evaluator):
        assert not Value.objects.exists()


def test_a_sheet_comes_in_whole_or_not_at_all(evaluation, evaluator):
    collecting(evaluation, evaluator)
    rows = [
        {"place": "示例县", "series": "days", "value": "3", "unit": "天"},
        {"place": "巴彦县", "series": "days", "value": "72", "unit": "小时"},
        {"place": "巴彦县", "series": "rate", "value": "许多"},
    ]
    of = {"method": "statement", "source_ref": "部门报送", "collector": "顾平", "collected_on": date(2026, 3, 2)}
    with pytest.raises(Refusal) as refused:
        operations.import_values(evaluation_id=evaluation.pk, rows=rows, by=evaluator, at=AT, **of)
    assert "第 3 行“unit”列" in refused.value.reason and "第 4 行“value”列" in refused.value.reason
    operations.import_values(evaluation_id=evaluation.pk, rows=rows[:1], by=evaluator, at=AT, **of)
    with queries.reading(evaluator):
        assert Value.objects.count() == 1


def test_outside_the_contract_nothing_is_done(evaluation, evaluator):
    with pytest.raises(Refusal) as refused:
        operations.take_edition(
            evaluation_id=evaluation.pk, content=EDITION.encode(), by=evaluator, at=AT + timedelta(days=365)
        )
    assert refused.value.code == "evaluation.contract_over"


def test_an_edition_with_a_fault_is_refused_with_its_line(evaluation, evaluator):
    wrong = EDITION.replace("best: 100, worst: 0", "best: 1, worst: 1")
    with pytest.raises(Refusal, match=r"edition\.yaml 第 12 行"):
        operations.take_edition(evaluation_id=evaluation.pk, content=wrong.encode(), by=evaluator, at=AT)


def test_a_unit_objects_only_to_what_it_answers_for(evaluation, evaluator, contact):
    collecting(evaluation, evaluator)
    enter(evaluation, evaluator, "days", "3", "statement")
    operations.begin_checking(evaluation_id=evaluation.pk, by=evaluator, at=AT)
    operations.score(evaluation_id=evaluation.pk, by=evaluator, at=AT)
    with pytest.raises(NotFound):
        operations.object_to(evaluation_id=evaluation.pk, series="rate", text="不对", by=contact, at=AT)
    stranger = actor_of("li_qiang", unit="sfj")
    with pytest.raises(Refusal) as refused:
        operations.object_to(evaluation_id=evaluation.pk, series="days", text="不对", by=stranger, at=AT)
    assert refused.value.code == "evaluation.not_your_series"


def test_the_platform_gives_what_the_matrix_says_it_can(evaluation, evaluator):
    Owner.objects.create(
        edition_key="test-2026",
        series="rate",
        unit=org.unit("scjgj"),
        origin="system",
        measure="disclosure.published_on_time_rate",
    )
    collecting(evaluation, evaluator)
    assert operations.take_measures(evaluation_id=evaluation.pk, by=evaluator, at=AT) == []  # nothing was owed in 2026


def test_what_the_platform_gave_is_not_entered_again_while_it_says_the_same(evaluation, evaluator):
    measure = {"origin": "system", "measure": "catalogue.online_rate"}
    Owner.objects.create(edition_key="test-2026", series="rate", unit=org.unit("scjgj"), **measure)
    collecting(evaluation, evaluator)
    first, again = (operations.take_measures(evaluation_id=evaluation.pk, by=evaluator, at=AT) for _ in range(2))
    assert first and first == again
    with queries.reading(evaluator):
        assert Value.objects.count() == 1
    assert Entry.objects.filter(kind="evaluation.values_imported").count() == 1

"""Units asked in writing, enterprises interviewed, figures of surveys: each value with its source and evidence."""

from __future__ import annotations

import io
from datetime import date

import pytest

from yingshang.kernel import documents
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger.models import Entry
from yingshang.kernel.parties import ANONYMOUS
from yingshang.kernel.testing import actor_of
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.models import AskedChange, Interview, Value
from yingshang.oversight.evaluation.tests.factories import AT, collecting, commissioned

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(evaluator):
    found = commissioned(evaluator)
    collecting(found, evaluator)
    return found


def file(words: str = "台账"):
    return ("台账.txt", "text/plain", io.BytesIO(words.encode()))


def test_a_unit_answers_the_inquiry_with_evidence_and_sees_nothing_else(evaluation, evaluator, contact):
    of = {"evaluation_id": evaluation.pk, "by": evaluator, "at": AT}
    inquiry = operations.inquire(unit="scjgj", series=["days", "rate"], **of)
    operations.enter_value(
        series="days",
        place="示例县",
        written="9",
        method="appraisal",
        source_ref="评议",
        collector="顾平",
        collected_on=date(2026, 3, 2),
        **of,
    )
    mine = {"inquiry_id": inquiry.pk, "by": contact, "at": AT}
    with pytest.raises(Refusal) as bare:
        operations.state_value(series="days", written="3", evidence=None, **mine)
    assert bare.value.code == "evaluation.evidence_missing"
    stranger = actor_of("li_qiang", unit="sfj")
    with pytest.raises(Refusal) as refused:
        operations.state_value(inquiry_id=inquiry.pk, series="days", written="3", evidence=file(), by=stranger, at=AT)
    assert refused.value.code == "evaluation.not_asked"
    value = operations.state_value(series="days", written="3", evidence=file(), **mine)
    with queries.reading(contact):
        assert [one.written for one in Value.objects.all()] == ["3"]
    assert documents.openable(evaluator).filter(pk=value.evidence_id).exists()
    assert documents.openable(contact).filter(pk=value.evidence_id).exists()
    for other in (stranger, actor_of("zhou", unit="ysj"), ANONYMOUS):
        assert not documents.openable(other).filter(pk=value.evidence_id).exists()
    operations.state_value(series="rate", written="未知", evidence=file("情况说明"), **mine)
    inquiry.obligation.refresh_from_db()
    assert inquiry.obligation.state == "fulfilled"
    assert [len(one.stated) for one in queries.asked_of(evaluation, contact)] == [1, 1]
    with pytest.raises(NotFound):
        queries.asked_of(evaluation, stranger)


def test_another_number_from_the_same_unit_stays_beside_the_first_and_is_recorded(evaluation, evaluator, contact):
    inquiry = operations.inquire(evaluation_id=evaluation.pk, unit="scjgj", series=["days"], by=evaluator, at=AT)
    mine = {"inquiry_id": inquiry.pk, "series": "days", "by": contact, "at": AT}
    operations.state_value(written="8", evidence=file("一"), **mine)
    operations.state_value(written="2", evidence=file("二"), **mine)
    with queries.reading(evaluator):
        [cell] = queries.cells_of(evaluation)
        [asked] = AskedChange.objects.all()
    assert [one.written for one in cell.values] == ["8", "2"] and cell.counts.written == "8"
    assert asked.wanted == "从8改为2" and "县市场监管局" in asked.who


def test_what_was_not_stated_is_no_longer_owed_once_it_is_scored(evaluation, evaluator, contact):
    of = {"evaluation_id": evaluation.pk, "by": evaluator, "at": AT}
    inquiry = operations.inquire(unit="scjgj", series=["days", "rate"], **of)
    operations.state_value(inquiry_id=inquiry.pk, series="days", written="3", evidence=file(), by=contact, at=AT)
    operations.begin_checking(**of)
    operations.score(**of)
    inquiry.obligation.refresh_from_db()
    assert inquiry.obligation.state == "cancelled"
    with pytest.raises(Refusal) as late:
        operations.state_value(inquiry_id=inquiry.pk, series="rate", written="90", evidence=file(), by=contact, at=AT)
    assert late.value.code == "evaluation.not_in_this_stage"


def test_an_interview_needs_consent_and_words_that_do_not_name_the_enterprise(evaluation, evaluator):
    said = {
        "evaluation_id": evaluation.pk,
        "enterprise": "木兰金穗餐饮店",
        "described": "一家餐饮业个体工商户",
        "interviewer": "顾平",
        "interviewed_on": date(2026, 3, 1),
        "has_consented": True,
        "minutes": file("访谈记录"),
        "by": evaluator,
        "at": AT,
    }
    before = Entry.objects.count()
    for change, code in (
        ({"has_consented": False}, "evaluation.interview_without_consent"),
        ({"described": "木兰金穗餐饮店老板"}, "evaluation.interview_names_the_enterprise"),
        ({"minutes": None}, "evaluation.evidence_missing"),
        ({"interviewed_on": date(2026, 3, 9)}, "evaluation.collected_later"),
    ):
        with pytest.raises(Refusal) as refused:
            operations.record_interview(**(said | change))
        assert refused.value.code == code
    assert Entry.objects.count() == before
    interview = operations.record_interview(**said)
    value = operations.enter_value(
        evaluation_id=evaluation.pk,
        series="days",
        place="示例县",
        written="5",
        method="interview",
        source_ref="",
        collector="",
        collected_on=date(2026, 3, 2),
        interview_id=interview.pk,
        by=evaluator,
        at=AT,
    )
    assert value.source_ref == "第1号访谈：一家餐饮业个体工商户" and value.collected_on == date(2026, 3, 1)
    of = {"evaluation_id": evaluation.pk, "by": evaluator, "at": AT}
    operations.begin_checking(**of)
    operations.score(**of)
    operations.publish(**of)
    with queries.reading(actor_of("zhou", unit="ysj")):
        assert Value.objects.count() == 1 and not Interview.objects.exists()
    frozen = queries.current_scoring(evaluation)
    assert (
        frozen is not None and "金穗" not in frozen.codebook_text and interview.minutes.digest in frozen.codebook_text
    )
    assert not documents.openable(ANONYMOUS).filter(digest=interview.minutes.digest).exists()


def test_evidence_marked_open_is_opened_to_everybody_at_publication_and_not_before(evaluation, evaluator, contact):
    of = {"evaluation_id": evaluation.pk, "by": evaluator, "at": AT}
    inquiry = operations.inquire(unit="scjgj", series=["days", "rate"], **of)
    mine = {"inquiry_id": inquiry.pk, "by": contact, "at": AT}
    opened = operations.state_value(series="days", written="3", evidence=file("公开"), evidence_is_open=True, **mine)
    closed = operations.state_value(series="rate", written="90", evidence=file("含个人信息"), **mine)
    operations.begin_checking(**of)
    operations.score(**of)
    assert not documents.openable(ANONYMOUS).filter(digest=opened.evidence.digest).exists()
    operations.publish(**of)
    assert documents.openable(ANONYMOUS).filter(digest=opened.evidence.digest).exists()
    assert not documents.openable(ANONYMOUS).filter(digest=closed.evidence.digest).exists()


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        ("80", "", "evaluation.interval_wrong"),
        ("91", "95", "evaluation.interval_wrong"),
        ("九十", "95", "evaluation.interval_wrong"),
        ("85", "101", "evaluation.value_wrong"),
    ],
)
def test_an_interval_that_cannot_be_is_refused(evaluation, evaluator, low, high, code):
    with pytest.raises(Refusal) as refused:
        operations.enter_value(
            evaluation_id=evaluation.pk,
            series="rate",
            place="示例县",
            written="90",
            low=low,
            high=high,
            method="questionnaire",
            source_ref="问卷",
            collector="顾平",
            collected_on=date(2026, 3, 2),
            by=evaluator,
            at=AT,
        )
    assert refused.value.code == code

"""From the scan at the door to the published result and the last follow-up."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Answer, Inspector, Scan, Stop, Visit
from yingshang.conduct.inspections.operations import Marked, Sheet
from yingshang.kernel import disclosure, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.ledger import Entry
from yingshang.kernel.testing import actor_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d4944415478da63fccff0bf1e000684027fa9d3d8a70000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path


@pytest.fixture
def visit(plan_visit):
    return plan_visit(items=["X06"])


@pytest.fixture
def started(visit, wang_min):
    return operations.start_visit(public_id=visit.public_id, code=visit.target.code, by=wang_min, at=AT)


def sheet(*, wrong=(), codes=("1",), **facts):
    questions = ["食品经营许可证是否在有效期内，经营项目是否相符？", "有没有进货查验记录？", "有没有超过保质期的食品？"]
    marks = [
        Marked("X06", place, question, place not in wrong, "过期三天" if place in wrong else "")
        for place, question in enumerate(questions, 1)
    ]
    return Sheet(scheme="b", codes=codes, marks=marks, **facts)


def recorded(started, wang_min, **facts):
    given = {"sheet": sheet(), "attempt": "phone-1", "by": wang_min, "at": AT + timedelta(hours=1)}
    return operations.record_visit(public_id=started.public_id, **given | facts)


def test_the_scan_begins_the_visit_once(started, visit, wang_min):
    again = operations.start_visit(public_id=visit.public_id, code=visit.target.code, by=wang_min, at=AT)
    assert again.state == Visit.State.STARTED
    assert Scan.objects.get().inspector.certificate_no == "黑演000001"
    assert Entry.objects.filter(kind="inspections.visit_started").count() == 1


@pytest.mark.parametrize(
    ("code", "on", "refusal"),
    [
        ("", AT, "inspections.scan_first"),
        ("91350100M000100Y43", AT, "inspections.another_enterprise"),
        (None, AT + timedelta(days=1), "inspections.not_on_this_day"),
    ],
)
def test_what_stops_a_visit_at_the_door_is_on_record(visit, wang_min, code, on, refusal):
    with pytest.raises(Refusal) as refused:
        operations.start_visit(
            public_id=visit.public_id, code=visit.target.code if code is None else code, by=wang_min, at=on
        )
    assert refused.value.code == refusal
    visit.refresh_from_db()
    assert visit.state == Visit.State.PLANNED and not Scan.objects.exists()
    assert Stop.objects.get(visit=visit).refusal == refusal


def test_a_certificate_suspended_after_the_planning_stops_the_visit(visit, wang_min):
    Inspector.objects.filter(certificate_no="黑演000002").update(
        suspended_on=date(2026, 3, 2), suspended_because="违规"
    )
    with pytest.raises(Refusal) as refused:
        operations.start_visit(public_id=visit.public_id, code=visit.target.code, by=wang_min, at=AT)
    assert refused.value.code == "inspections.certificate_not_valid"


def test_who_is_not_of_the_crew_neither_begins_nor_leaves_a_trace_on_the_enterprise(visit, li_qiang):
    with pytest.raises(Refusal) as refused:
        operations.start_visit(public_id=visit.public_id, code=visit.target.code, by=li_qiang, at=AT)
    assert refused.value.code == "inspections.not_of_the_crew"
    assert not Stop.objects.exists()


def test_nothing_is_recorded_without_the_scan(visit, wang_min):
    with pytest.raises(Refusal) as refused:
        operations.record_visit(public_id=visit.public_id, sheet=sheet(), attempt="a", by=wang_min, at=AT)
    assert refused.value.code == "inspections.scan_first"
    assert not Answer.objects.exists()


def test_a_sheet_sent_twice_is_stored_once(started, wang_min):
    photo = (io.BytesIO(PNG), "门口.png", "image/png")
    recorded(started, wang_min, sheet=sheet(photos=[photo]))
    again = recorded(started, wang_min, sheet=sheet(photos=[(io.BytesIO(PNG), "门口.png", "image/png")]))
    assert again.state == Visit.State.RECORDED
    assert (again.photos.count(), Answer.objects.count(), again.outcomes.count()) == (1, 3, 1)
    with pytest.raises(Refusal) as refused:
        recorded(started, wang_min, attempt="phone-2")
    assert refused.value.code == "inspections.recorded_already"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"codes": ["Z"]}, "inspections.unknown_result"),
        ({"codes": []}, "inspections.no_result"),
        ({"codes": ["1", "6"]}, "inspections.results_contradict"),
        ({"wrong": {3}, "codes": ["1"]}, "inspections.results_contradict"),
    ],
)
def test_a_sheet_that_does_not_fit_stores_nothing(started, wang_min, facts, refusal):
    with pytest.raises(Refusal) as refused:
        recorded(started, wang_min, sheet=sheet(**facts))
    assert refused.value.code == refusal
    started.refresh_from_db()
    assert started.state == Visit.State.STARTED
    assert not Answer.objects.exists() and not work.Obligation.objects.filter(kind="disclosure.publish").exists()


def test_the_sheet_answers_every_point(started, wang_min):
    whole = sheet()
    with pytest.raises(Refusal) as refused:
        recorded(started, wang_min, sheet=Sheet(scheme="b", codes=["1"], marks=whole.marks[:2]))
    assert refused.value.code == "inspections.sheet_incomplete"
    assert "1项" in refused.value.reason
    with pytest.raises(Refusal) as twice:
        recorded(started, wang_min, sheet=Sheet(scheme="b", codes=["1"], marks=[*whole.marks, whole.marks[0]]))
    assert twice.value.code == "inspections.sheet_incomplete"
    with pytest.raises(Refusal) as past:
        recorded(started, wang_min, sheet=sheet(rectify_by=date(2026, 3, 1)))
    assert past.value.code == "inspections.rectify_by_is_past" and not Answer.objects.exists()


def test_results_are_owed_to_the_public_within_twenty_working_days(started, wang_min):
    visit = recorded(started, wang_min)
    owed = work.Obligation.objects.get(kind="disclosure.publish", origin=f"visit:{visit.public_id}")
    assert owed.due_date == date(2026, 3, 30)
    visit = operations.publish_results(public_id=visit.public_id, by=wang_min, at=AT + timedelta(days=3))
    owed.refresh_from_db()
    assert owed.state == work.Obligation.State.FULFILLED
    assert visit.state == Visit.State.CLOSED
    assert disclosure.Disclosure.objects.get(subject=f"visit:{visit.public_id}").kind == "inspection_result"


def test_a_visit_closes_with_its_last_follow_up(started, wang_min):
    recorded(started, wang_min, sheet=sheet(wrong={3}, codes=["B", "6"], rectify_by=date(2026, 3, 12)))
    visit = operations.publish_results(public_id=started.public_id, by=wang_min, at=AT + timedelta(days=3))
    assert visit.state == Visit.State.PUBLISHED
    dates = {each.follow: each.obligation.due_date for each in visit.follow_ups.select_related("obligation")}
    assert dates == {"rectify": date(2026, 3, 12), "abnormal": date(2026, 3, 16)}
    officer = actor_of("han", unit="scjgj")
    for each in visit.follow_ups.all():
        operations.finish_follow_up(
            follow_up_id=each.pk, evidence="复查已改正。", by=officer, at=AT + timedelta(days=9)
        )
    visit.refresh_from_db()
    assert visit.state == Visit.State.CLOSED
    with pytest.raises(Refusal) as refused:
        operations.finish_follow_up(follow_up_id=each.pk, evidence="再次。", by=officer, at=AT)
    assert refused.value.code == "inspections.followed_up"


def test_a_correction_stands_beside_the_first_result(started, wang_min):
    recorded(started, wang_min)
    operations.publish_results(public_id=started.public_id, by=wang_min, at=AT + timedelta(days=3))
    visit = operations.correct_results(
        public_id=started.public_id,
        scheme="b",
        codes=["E"],
        reason="当场已改正，录入时漏选。",
        by=wang_min,
        at=AT + timedelta(days=5),
    )
    assert [each.code for each in queries.outcomes_of(visit)] == ["E"]
    assert visit.outcomes.count() == 2
    assert queries.disclosure_of(visit).pk is not None
    assert disclosure.Disclosure.objects.filter(subject=f"visit:{visit.public_id}").count() == 2

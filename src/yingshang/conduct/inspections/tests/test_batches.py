"""A line of the published plan is drawn by the sealed draw, and what was drawn becomes visits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from yingshang.conduct.inspections import operations
from yingshang.conduct.inspections.models import Batch, Crew, Exemption, Inspector, Target, Tie, Visit
from yingshang.kernel import draws, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.testing import actor_of
from yingshang.kernel.testing.ceremony import DIGITS, sign

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAYS = {"visits_from": date(2026, 3, 9), "visits_to": date(2026, 3, 31)}


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path


@pytest.fixture
def line(example_county, wang_min):
    officer, head = actor_of("han", unit="scjgj"), actor_of("wei", unit="scjgj")
    plan = operations.draft_plan(year=2026, by=officer, at=AT)
    line = operations.add_line(
        plan_id=plan.pk,
        task=operations.Task(
            title="餐饮经营抽查",
            items=["X06", "X01"],
            tags=["food"],
            ratios={"A": "1/100", "B": "10/100", "C": "30/100", "D": "1/1"},
            first=date(2026, 3, 1),
            last=date(2026, 6, 30),
        ),
        by=officer,
        at=AT,
    )
    operations.submit_plan(plan_id=plan.pk, by=officer, at=AT)
    operations.decide_plan(plan_id=plan.pk, approve=True, by=head, at=AT)
    operations.publish_plan(plan_id=plan.pk, by=wang_min, at=AT)
    return line


def held(batch, wang_min):
    """Throw the dice of a sealed batch and draw."""
    serial, witness = int(batch.serial), actor_of("jiang", unit="sfj")
    sign()
    draws.add_dice(serial=serial, digits=DIGITS, by=wang_min, at=AT + timedelta(minutes=5))
    draws.confirm_dice(serial=serial, digits=DIGITS, by=witness, at=AT + timedelta(minutes=6))
    draws.run(serial=serial, by=wang_min, at=AT + timedelta(minutes=7))


def test_what_was_drawn_becomes_visits_once(line, wang_min):
    food = [each for each in Target.objects.all() if "food" in each.tags]
    Exemption.objects.create(
        target=food[0],
        unit=org.unit("scjgj"),
        reason="新业态",
        basis="《优化营商环境条例》第五十五条",
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        by="x",
    )
    batch = operations.seal_batch(line_id=line.pk, **DAYS, by=wang_min, at=AT)
    held(batch, wang_min)
    assigned = draws.result_of(serial=int(batch.serial), by=wang_min)
    taken = operations.take_over(batch_id=batch.pk, by=wang_min, at=AT + timedelta(minutes=8))
    assert taken.planned == len(assigned) == Visit.objects.count() > 0
    assert taken.stopped == []
    assert food[0].code not in {one.target for one in assigned}
    visit = Visit.objects.get(target__code=assigned[0].target)
    assert [each.inspector.certificate_no for each in visit.crew.order_by("-role")] == list(assigned[0].team)
    assert "food" in visit.crew.get(role=Crew.Role.LEAD).inspector.fields
    again = operations.take_over(batch_id=batch.pk, by=wang_min, at=AT + timedelta(minutes=9))
    assert (again.planned, again.stopped) == (0, [])


def test_a_tie_keeps_an_inspector_away_and_one_declared_later_stops_the_visit(line, wang_min):
    batch = operations.seal_batch(line_id=line.pk, **DAYS, by=wang_min, at=AT)
    held(batch, wang_min)
    first = draws.result_of(serial=int(batch.serial), by=wang_min)[0]
    target = Target.objects.get(code=first.target)
    lead = Crew.Role.LEAD
    inspector = Inspector.objects.get(certificate_no=first.team[0])
    Tie.objects.create(inspector=inspector, target=target, kind=Tie.Kind.OTHER, since=date(2026, 3, 1), by="x")
    taken = operations.take_over(batch_id=batch.pk, by=wang_min, at=AT + timedelta(minutes=8))
    assert [(who.code, refused.code) for who, refused in taken.stopped] == [
        (target.code, "inspections.inspector_must_withdraw")
    ]
    draws.substitute(
        serial=int(batch.serial),
        role="inspector",
        target=target.code,
        out=first.team[0],
        reason="conflict",
        evidence="ee" * 32,
        by=wang_min,
        at=AT + timedelta(minutes=9),
    )
    assert operations.take_over(batch_id=batch.pk, by=wang_min, at=AT + timedelta(minutes=10)).planned == 1
    visit = Visit.objects.get(target=target)
    assert visit.crew.get(role=lead).inspector_id != inspector.pk


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"visits_to": date(2026, 7, 1)}, "inspections.outside_the_line"),
        ({"visits_from": date(2026, 4, 1)}, "inspections.outside_the_line"),
    ],
)
def test_days_outside_the_task_are_refused(line, wang_min, changed, code):
    with pytest.raises(Refusal) as refused:
        operations.seal_batch(line_id=line.pk, **(DAYS | changed), by=wang_min, at=AT)
    assert refused.value.code == code
    assert not Batch.objects.exists() and not draws.Draw.objects.exists()


def test_a_task_is_drawn_once_unless_the_draw_is_void(line, wang_min):
    batch = operations.seal_batch(line_id=line.pk, **DAYS, by=wang_min, at=AT)
    with pytest.raises(Refusal) as refused:
        operations.seal_batch(line_id=line.pk, **DAYS, by=wang_min, at=AT)
    assert refused.value.code == "inspections.drawn_often_enough"
    head = actor_of("wei", unit="scjgj")
    draws.void(serial=int(batch.serial), reason="randomness_missing", note="场地停电。", by=head, at=AT)
    again = operations.seal_batch(line_id=line.pk, **DAYS, by=wang_min, at=AT)
    assert int(again.serial) == int(batch.serial) + 1

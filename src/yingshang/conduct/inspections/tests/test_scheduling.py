"""A visit is planned only after every check that can be made before the door."""

from datetime import date

import pytest

from yingshang.conduct.inspections.models import Cap, Inspector, Stop, Target, Tie, Visit
from yingshang.kernel import org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.ledger import Entry

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def refused(plan_visit, **facts):
    with pytest.raises(Refusal) as caught:
        plan_visit(**facts)
    assert not Visit.objects.exists()
    stop = Stop.objects.get()
    assert stop.refusal == caught.value.code
    assert Entry.objects.filter(kind="inspections.attempt_stopped").count() == 1
    return caught.value.code


def test_a_planned_visit_cites_the_list_of_the_day(plan_visit):
    visit = plan_visit(items=["X01", "X06"])
    assert [item.basis for item in visit.items.order_by("item_code")] == [
        "《市场主体登记管理条例》第三十六条、第三十七条",
        "《食品安全法》第一百一十条",
    ]
    assert visit.items.first().citation["edition"] == 1
    assert Entry.objects.filter(kind="inspections.visit_planned").count() == 1


def test_a_permission_and_a_drawn_target_have_one_visit_each(plan_visit, permission_for, example_county):
    """Two who arrange at once: the second finds the first one's visit under the lock of the enterprise."""
    target = Target.objects.order_by("code")[0]
    given = {"target": target, "permission": permission_for(target)}
    plan_visit(**given)
    with pytest.raises(Refusal) as again:
        plan_visit(**given)
    assert again.value.code == "inspections.arranged_already"
    assert Visit.objects.count() == 1 and not Stop.objects.exists()


def test_an_item_off_the_list_is_an_attempt_on_record(plan_visit):
    assert refused(plan_visit, items=["X01", "X99"]) == "inspections.item_not_published"


def test_before_the_list_was_published_nothing_may_be_inspected(plan_visit):
    assert refused(plan_visit, planned_on=date(2025, 6, 30)) == "inspections.item_not_published"


def test_nobody_goes_without_the_heads_approval(plan_visit, permission_for, example_county):
    target = Target.objects.order_by("code")[0]
    code = refused(plan_visit, target=target, permission=permission_for(target, state="refused"))
    assert code == "inspections.not_approved"


def test_an_expired_certificate_stops_the_visit(plan_visit, example_county):
    Inspector.objects.filter(certificate_no="黑演000002").update(valid_to=date(2026, 3, 1))
    assert refused(plan_visit) == "inspections.certificate_not_valid"


def test_a_tie_stops_the_visit_and_is_not_told(plan_visit, example_county):
    target = Target.objects.order_by("code")[0]
    inspector = Inspector.objects.get(certificate_no="黑演000001")
    Tie.objects.create(inspector=inspector, target=target, kind=Tie.Kind.KINSHIP, since=date(2020, 1, 1), by="x")
    with pytest.raises(Refusal) as caught:
        plan_visit(target=target)
    assert caught.value.code == "inspections.inspector_must_withdraw"
    assert "亲属" not in str(vars(caught.value))


def test_routine_visits_end_at_the_cap_and_a_complaint_does_not(plan_visit, permission_for, example_county):
    Cap.objects.create(
        unit=org.unit("scjgj"), yearly_most=1, source="示例", effective_from=date(2026, 1, 1), effective_to=None
    )
    target = Target.objects.order_by("code")[0]
    plan_visit(target=target, permission=permission_for(target, cause="monitoring"))
    plan_visit(target=target)
    with pytest.raises(Refusal) as caught:
        plan_visit(target=target, permission=permission_for(target, cause="monitoring"))
    assert caught.value.code == "inspections.cap_reached"
    assert Visit.objects.count() == 2

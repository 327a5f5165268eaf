"""Who may act in a post, on which day; and the database refuses nonsense by itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from yingshang.kernel import org

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def post(example_county):
    return org.Post.objects.get(unit__code="scjgj", code="publisher")


@pytest.fixture
def wang(example_county):
    return org.Person.objects.get(pseudonym=org.demo_pseudonym("wang_min"))


@pytest.fixture
def han(example_county):
    return org.Person.objects.get(pseudonym=org.demo_pseudonym("han"))


def delegate(post, wang, han, **facts):
    given = {"valid_from": date(2026, 3, 1), "valid_to": date(2026, 3, 11), "reason": "出差"} | facts
    return org.Delegation.objects.create(post=post, from_person=wang, to_person=han, **given)


def test_a_holder_acts_from_the_first_day_and_not_on_the_day_it_ends(post, wang):
    org.Appointment.objects.filter(person=wang, post=post).update(valid_to=date(2026, 3, 5))
    held = [
        org.posts_held(wang, day).filter(pk=post.pk).exists()
        for day in (date(2018, 12, 31), date(2019, 3, 1), date(2026, 3, 4), date(2026, 3, 5))
    ]
    assert held == [False, True, True, False]


def test_nobody_holds_a_post_in_a_unit_that_does_not_stand(post, wang):
    # 县市场监管局 stands from 1 March 2019; the appointment is older.
    assert not org.posts_held(wang, date(2019, 2, 28)).exists()


@pytest.mark.parametrize(
    ("day", "acts"),
    [(date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 3, 10), True), (date(2026, 3, 11), False)],
)
def test_a_delegate_acts_within_the_dates(post, wang, han, day, acts):
    delegate(post, wang, han)
    assert org.posts_held(han, day).filter(pk=post.pk).exists() is acts
    assert org.posts_held(wang, day).filter(pk=post.pk).exists()


def test_a_revoked_delegation_ends_on_that_day(post, wang, han):
    delegate(post, wang, han, revoked_date=date(2026, 3, 5))
    assert han in org.holders_on(post, date(2026, 3, 4))
    assert han not in org.holders_on(post, date(2026, 3, 5))


def test_a_delegation_does_not_outlive_the_appointment_behind_it(post, wang, han):
    delegate(post, wang, han)
    org.Appointment.objects.filter(person=wang, post=post).update(valid_to=date(2026, 3, 4))
    assert han in org.holders_on(post, date(2026, 3, 3))
    assert han not in org.holders_on(post, date(2026, 3, 4))


def test_what_came_by_delegation_cannot_be_delegated_on(post, wang, han):
    third = org.Person.objects.get(pseudonym=org.demo_pseudonym("wu"))
    delegate(post, wang, han)
    org.Delegation.objects.create(
        post=post, from_person=han, to_person=third, reason="转委托", valid_from=DAY, valid_to=date(2026, 3, 9)
    )
    assert not org.posts_held(third, DAY).exists()


def test_the_units_of_a_person_are_where_they_hold_posts(post, wang, han):
    assert [unit.code for unit in org.units_of(wang, DAY)] == ["scjgj"]


def refused(constraint, create):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        create()


def test_the_database_refuses_the_same_post_twice_at_once(post, wang):
    refused(
        "org_appointment_once_at_a_time",
        lambda: org.Appointment.objects.create(person=wang, post=post, valid_from=DAY),
    )


def test_the_database_refuses_a_delegation_to_oneself_or_without_end(post, wang, han):
    refused("org_delegation_to_another", lambda: delegate(post, wang, wang))
    refused("org_delegation_has_both_days", lambda: delegate(post, wang, han, valid_to=None))
    refused("org_delegation_has_a_reason", lambda: delegate(post, wang, han, reason=""))


def test_the_database_refuses_a_row_that_ends_before_it_begins(post, wang, han):
    refused("org_delegation_ends_after_it_begins", lambda: delegate(post, wang, han, valid_to=date(2026, 3, 1)))


def test_the_database_refuses_two_duties_for_one_person_at_once(example_county):
    zheng = org.Person.objects.get(pseudonym=org.demo_pseudonym("zheng"))
    refused(
        "org_administrator_holds_one_duty",
        lambda: org.Administrator.objects.create(person=zheng, duty="audit", valid_from=DAY),
    )


def test_another_duty_may_follow_once_the_first_has_ended(example_county):
    zheng = org.Person.objects.get(pseudonym=org.demo_pseudonym("zheng"))
    org.Administrator.objects.filter(person=zheng).update(valid_to=DAY)
    org.Administrator.objects.create(person=zheng, duty="audit", valid_from=DAY)
    assert org.duty_of(zheng, DAY) == "audit"


def test_the_database_refuses_a_successor_of_a_unit_that_still_stands(example_county):
    refused(
        "org_unit_successor_only_once_closed",
        lambda: org.Unit.objects.filter(code="sfj").update(successor=org.unit("fgj")),
    )


def test_the_database_refuses_a_path_that_is_not_the_units_own(example_county):
    refused(
        "org_unit_path_ends_with_its_code",
        lambda: org.Unit.objects.filter(code="sfj").update(path="shili/fgj/x/"),
    )

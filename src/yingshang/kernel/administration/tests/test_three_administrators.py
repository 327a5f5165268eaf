"""No person is two of the three administrators, whatever two sessions do at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError

from yingshang.kernel import administration, org, registry
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger import Entry
from yingshang.kernel.testing import actor_of, at_once

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def person(key):
    return org.Person.objects.get(pseudonym=org.demo_pseudonym(key))


def test_no_action_belongs_to_two_of_the_three_but_reading():
    system, security, audit = (registry.actions_of_duty(duty) for duty in ("system", "security", "audit"))
    assert not system & (security | audit)
    assert security & audit == {"administration.explain_for_others"}
    assert audit == {"administration.explain_for_others", "administration.read_access_log"}


@pytest.mark.django_db
@pytest.mark.parametrize("duty", ["system", "security", "audit"])
def test_a_second_duty_is_refused(feng, duty):
    with pytest.raises(Refusal) as refusal:
        administration.appoint_administrator(person_id=person("zheng").pk, duty=duty, on=DAY, by=feng)
    assert refusal.value.code == "administration.one_duty_each"
    assert org.Administrator.objects.filter(person=person("zheng")).count() == 1
    assert not Entry.objects.filter(kind="administration.administrator_appointed").exists()


@pytest.mark.django_db
def test_a_duty_from_a_later_day_counts_as_one(feng):
    org.Administrator.objects.create(person=person("han"), duty="audit", valid_from=date(2027, 1, 1))
    with pytest.raises(Refusal) as refusal:
        administration.appoint_administrator(person_id=person("han").pk, duty="system", on=DAY, by=feng)
    assert refusal.value.code == "administration.one_duty_each"


@pytest.mark.django_db
def test_the_security_administrator_does_not_empower_themself(feng):
    with pytest.raises(Refusal) as refusal:
        administration.appoint_administrator(person_id=person("feng").pk, duty="audit", on=DAY, by=feng)
    assert refusal.value.code == "administration.not_for_oneself"


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["zheng", "chen"])
def test_the_other_two_appoint_no_administrator(request, who):
    with pytest.raises(Refusal) as refusal:
        administration.appoint_administrator(
            person_id=person("han").pk, duty="audit", on=DAY, by=request.getfixturevalue(who)
        )
    assert refusal.value.code == "administration.not_your_duty"


@pytest.mark.django_db
def test_the_last_of_its_kind_stays_until_another_stands(feng):
    held = org.Administrator.objects.get(person=person("chen"))
    with pytest.raises(Refusal) as refusal:
        administration.end_administrator(administrator_id=held.pk, on=DAY, by=feng)
    assert refusal.value.code == "administration.last_of_its_kind"
    administration.appoint_administrator(person_id=person("han").pk, duty="audit", on=DAY, by=feng)
    administration.end_administrator(administrator_id=held.pk, on=DAY, by=feng)
    assert (org.duty_of(person("chen"), DAY), org.duty_of(person("han"), DAY)) == ("", "audit")


def test_two_appointments_at_once_leave_one_duty(committed_db):
    by, number = actor_of("feng"), person("han").pk
    answers = at_once(
        *(
            lambda duty=duty: administration.appoint_administrator(person_id=number, duty=duty, on=DAY, by=by)
            for duty in ("system", "security", "audit", "system")
        )
    )
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [refusal.code for refusal in refusals] == ["administration.one_duty_each"] * 3
    assert org.Administrator.objects.filter(person_id=number).count() == 1
    assert Entry.objects.filter(kind="administration.administrator_appointed").count() == 1


def test_the_database_refuses_the_second_even_without_our_lock(committed_db):
    number = person("han").pk
    answers = at_once(
        *(
            lambda duty=duty: org.Administrator.objects.create(person_id=number, duty=duty, valid_from=DAY)
            for duty in ("system", "audit")
        )
    )
    (error,) = [answer for answer in answers if isinstance(answer, Exception)]
    # Two that wait for each other at the constraint end with one of them stopped as a deadlock.
    assert isinstance(error, IntegrityError | OperationalError)
    assert "org_administrator_holds_one_duty" in str(error) or "exclusion constraint" in str(error)


def test_two_last_administrators_are_not_dismissed_at_once(committed_db):
    by = actor_of("feng")
    second = administration.appoint_administrator(person_id=person("han").pk, duty="audit", on=DAY, by=by)
    first = org.Administrator.objects.get(person=person("chen"))
    on = date(2026, 4, 1)
    answers = at_once(
        *(
            lambda number=number: administration.end_administrator(administrator_id=number, on=on, by=by)
            for number in (first.pk, second.pk)
        )
    )
    (refusal,) = [answer for answer in answers if isinstance(answer, Exception)]
    assert isinstance(refusal, Refusal) and refusal.code == "administration.last_of_its_kind"
    assert org.Administrator.objects.filter(duty="audit", valid_to__isnull=True).count() == 1


@pytest.fixture
def nobody_yet(db):
    org.Administrator.objects.all().delete()


def token_of(link):
    return link.rstrip("/").rpartition("/")[2]


def test_a_new_installation_is_set_up_by_three_people(nobody_yet):
    token = token_of(administration.make_setup_link(at=NOW))
    for duty, username in (("system", "zhang"), ("security", "wang"), ("audit", "li")):
        made = administration.set_up_administrator(
            token=token, name=username, username=username, password="a password of one's own", at=NOW
        )
        assert made.duty == duty
    assert Entry.objects.filter(kind="administration.administrator_appointed").count() == 3
    assert administration.make_setup_link(at=NOW) == ""
    with pytest.raises(NotFound):
        administration.set_up_administrator(token=token, name="x", username="four", password="x", at=NOW)


def test_one_account_does_not_serve_twice(nobody_yet):
    token = token_of(administration.make_setup_link(at=NOW))
    administration.set_up_administrator(token=token, name="张", username="zhang", password="x" * 12, at=NOW)
    with pytest.raises(Refusal) as refusal:
        administration.set_up_administrator(token=token, name="王", username="Zhang", password="x" * 12, at=NOW)
    assert refusal.value.code == "administration.username_taken"
    assert org.Administrator.objects.count() == 1


@pytest.mark.parametrize("later", [timedelta(hours=24), timedelta(days=30)])
def test_a_setup_link_expires(nobody_yet, later):
    token = token_of(administration.make_setup_link(at=NOW))
    with pytest.raises(NotFound):
        administration.set_up_administrator(token=token, name="张", username="zhang", password="x", at=NOW + later)


def test_a_second_link_closes_the_first(nobody_yet):
    first, second = (token_of(administration.make_setup_link(at=NOW)) for _ in range(2))
    with pytest.raises(NotFound):
        administration.set_up_administrator(token=first, name="张", username="zhang", password="x" * 12, at=NOW)
    administration.set_up_administrator(token=second, name="张", username="zhang", password="x" * 12, at=NOW)


def test_the_token_itself_is_kept_nowhere(nobody_yet):
    token = token_of(administration.make_setup_link(at=NOW))
    row = administration.SetupLink.objects.values().get()
    assert token not in str(row)
    assert len(token) >= 43  # 256 bits

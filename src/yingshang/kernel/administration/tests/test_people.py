"""Appointments, delegations and accounts: by whom, within which dates, on record."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from yingshang.kernel import administration, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger import Entry
from yingshang.kernel.testing import actor_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def person(key):
    return org.Person.objects.get(pseudonym=org.demo_pseudonym(key))


def post(unit, code):
    return org.Post.objects.get(unit__code=unit, code=code)


def refused(expected, deed, **facts):
    before = [list(table.objects.order_by("pk").values()) for table in (org.Appointment, org.Delegation)]
    with pytest.raises(Refusal) as refusal:
        deed(**facts)
    assert refusal.value.code == f"administration.{expected}"
    assert [list(table.objects.order_by("pk").values()) for table in (org.Appointment, org.Delegation)] == before
    assert not Entry.objects.filter(kind__startswith="administration.").exists()


def test_an_appointment_begins_and_ends_on_its_days(feng):
    held = administration.appoint(person_id=person("han").pk, post_id=post("scjgj", "reviewer").pk, on=DAY, by=feng)
    administration.end_appointment(appointment_id=held.pk, on=date(2026, 4, 1), by=feng)
    reviewer = post("scjgj", "reviewer")
    holds = [person("han") in org.holders_on(reviewer, day) for day in (DAY, date(2026, 3, 31), date(2026, 4, 1))]
    assert holds == [True, True, False]
    kinds = set(Entry.objects.filter(subject=f"person:{person('han').pseudonym}").values_list("kind", flat=True))
    assert kinds == {"administration.appointed", "administration.appointment_ended"}


def test_the_ledger_keeps_no_name(feng):
    administration.appoint(person_id=person("han").pk, post_id=post("scjgj", "reviewer").pk, on=DAY, by=feng)
    entry = Entry.objects.get(kind="administration.appointed")
    assert person("han").name not in bytes(entry.content).decode()


def test_what_does_not_fit_is_refused(feng):
    appoint, end = administration.appoint, administration.end_appointment
    wang, held = person("wang_min"), org.Appointment.objects.get(person=person("sun"))
    here = post("scjgj", "publisher").pk
    refused("holds_it_already", appoint, person_id=wang.pk, post_id=here, on=DAY, by=feng)
    refused("post_closed", appoint, person_id=wang.pk, post_id=here, on=date(2018, 1, 1), by=feng)
    refused("post_closed", appoint, person_id=wang.pk, post_id=post("gsj", "contact").pk, on=DAY, by=feng)
    refused("ends_before_it_begins", end, appointment_id=held.pk, on=date(2019, 1, 1), by=feng)
    org.Appointment.objects.filter(pk=held.pk).update(valid_to=DAY)
    refused("already_ended", end, appointment_id=held.pk, on=DAY, by=feng)


@pytest.mark.parametrize("who", ["zheng", "chen", "zhou", "wu"])
def test_only_the_security_administrator_appoints(request, who):
    facts = {"person_id": person("han").pk, "post_id": post("scjgj", "reviewer").pk, "on": DAY}
    refused("not_your_duty", administration.appoint, **facts, by=request.getfixturevalue(who))


def test_nobody_appoints_themself(feng):
    facts = {"person_id": person("feng").pk, "post_id": post("scjgj", "reviewer").pk, "on": DAY}
    refused("not_for_oneself", administration.appoint, **facts, by=feng)


def test_a_password_alone_is_not_enough(example_county):
    by = actor_of("feng", level=1)
    facts = {"person_id": person("han").pk, "post_id": post("scjgj", "reviewer").pk, "on": DAY}
    refused("second_factor_needed", administration.appoint, **facts, by=by)


LEAVE = {"first": date(2026, 3, 9), "until": date(2026, 3, 14), "reason": "出差", "on": DAY}


def test_a_colleague_stands_in_and_is_recorded(wang_min):
    publisher = post("scjgj", "publisher")
    given = administration.delegate(post_id=publisher.pk, to_person_id=person("han").pk, by=wang_min, **LEAVE)
    assert "publisher" in actor_of("han", unit="scjgj", on=date(2026, 3, 9)).posts
    assert "publisher" not in actor_of("han", unit="scjgj", on=date(2026, 3, 14)).posts
    administration.revoke_delegation(delegation_id=given.pk, on=date(2026, 3, 11), by=wang_min)
    assert "publisher" not in actor_of("han", unit="scjgj", on=date(2026, 3, 11)).posts
    assert Entry.objects.filter(kind__startswith="administration.delegat").count() == 2


def test_delegations_that_do_not_fit_are_refused(wang_min, li_qiang):
    delegate, publisher = administration.delegate, post("scjgj", "publisher").pk
    han, wang, wu = person("han").pk, person("wang_min").pk, person("wu").pk
    refused("not_your_post", delegate, post_id=publisher, to_person_id=han, by=li_qiang, **LEAVE)
    refused("to_oneself", delegate, post_id=publisher, to_person_id=wang, by=wang_min, **LEAVE)
    refused("not_a_colleague", delegate, post_id=publisher, to_person_id=wu, by=wang_min, **LEAVE)
    early = LEAVE | {"first": date(2026, 3, 1)}
    refused("dates_do_not_fit", delegate, post_id=publisher, to_person_id=han, by=wang_min, **early)
    endless = LEAVE | {"until": LEAVE["first"]}
    refused("dates_do_not_fit", delegate, post_id=publisher, to_person_id=han, by=wang_min, **endless)


def test_a_post_is_delegated_only_if_the_county_lets_it(wang_min):
    org.Post.objects.filter(code="publisher").update(actions=[])
    facts = {"post_id": post("scjgj", "publisher").pk, "to_person_id": person("han").pk}
    refused("not_to_be_delegated", administration.delegate, **facts, by=wang_min, **LEAVE)


def test_a_delegate_does_not_delegate_on(wang_min):
    publisher = post("scjgj", "publisher")
    org.Delegation.objects.create(
        post=publisher,
        from_person=person("wang_min"),
        to_person=person("han"),
        valid_from=DAY,
        valid_to=date(2026, 4, 1),
        reason="出差",
    )
    facts = {"post_id": publisher.pk, "to_person_id": person("sun").pk}
    refused("not_your_appointment", administration.delegate, **facts, by=actor_of("han", unit="scjgj"), **LEAVE)


@pytest.mark.parametrize(
    ("who", "unit", "code"),
    [
        ("wang_min", "scjgj", None),
        ("han", "scjgj", None),
        ("wei", "scjgj", None),
        ("feng", "", None),
        ("li_qiang", "sfj", "not_your_delegation"),
        ("zheng", "", "not_your_delegation"),
        ("sun", "scjgj", "not_your_delegation"),
    ],
)
def test_who_may_take_a_delegation_back(example_county, who, unit, code):
    given = org.Delegation.objects.create(
        post=post("scjgj", "publisher"),
        from_person=person("wang_min"),
        to_person=person("han"),
        valid_from=DAY,
        valid_to=date(2026, 4, 1),
        reason="出差",
    )
    facts = {"delegation_id": given.pk, "on": DAY, "by": actor_of(who, unit=unit)}
    if code:
        refused(code, administration.revoke_delegation, **facts)
    else:
        assert administration.revoke_delegation(**facts).revoked_date == DAY
        assert Entry.objects.filter(kind="administration.delegation_revoked").exists()
        with pytest.raises(Refusal, match="delegation_over"):
            administration.revoke_delegation(**facts)


def test_an_account_opens_when_its_owner_sets_the_password(feng):
    made, link = administration.register_person(name="何平", username="heping", by=feng, at=NOW)
    token = link.rstrip("/").rpartition("/")[2]
    assert not made.user.has_usable_password()
    administration.accept_invitation(token=token, password="a long one of one's own", at=NOW)
    assert get_user_model().objects.get(username="heping").check_password("a long one of one's own")
    with pytest.raises(NotFound):
        administration.accept_invitation(token=token, password="another", at=NOW)


def test_a_link_expires_and_a_new_one_closes_the_old(feng):
    made, first = administration.register_person(name="何平", username="heping", by=feng, at=NOW)
    second = administration.invite_again(person_id=made.pk, by=feng, at=NOW)
    for link, at in ((first, NOW), (second, NOW + timedelta(days=3))):
        with pytest.raises(NotFound):
            administration.accept_invitation(token=link.rstrip("/").rpartition("/")[2], password="x", at=at)


def test_a_login_name_belongs_to_one_person(feng):
    administration.register_person(name="何平", username="heping", by=feng, at=NOW)
    with pytest.raises(Refusal) as refusal:
        administration.register_person(name="何平", username="HePing", by=feng, at=NOW)
    assert refusal.value.code == "administration.username_taken"


def test_an_account_in_use_gets_no_second_link(feng):
    with pytest.raises(Refusal) as refusal:
        administration.invite_again(person_id=person("han").pk, by=feng, at=NOW)
    assert refusal.value.code == "administration.has_password"

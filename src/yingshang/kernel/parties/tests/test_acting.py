"""One person, one role at a time."""

from datetime import date

import pytest

from yingshang.kernel import org, parties
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Level

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def person(key):
    return org.Person.objects.get(pseudonym=org.demo_pseudonym(key))


def test_in_a_unit_a_person_holds_their_posts_there_and_what_they_carry(example_county):
    org.Post.objects.filter(unit__code="scjgj", code="publisher").update(actions=["example.publish"])
    actor = parties.actor_for(person("wang_min"), unit=org.unit("scjgj"), on=DAY, level=Level.PASSWORD)
    assert actor.unit == "scjgj" and actor.party == ""
    assert actor.posts >= {"publisher", "contact"}
    assert actor.holds("example.publish")
    assert actor.person.startswith("demo-") and "王敏" not in actor.person


def test_without_a_post_there_the_answer_is_no(example_county):
    with pytest.raises(Refusal) as refused:
        parties.actor_for(person("wang_min"), unit=org.unit("sfj"), on=DAY, level=Level.PASSWORD)
    assert refused.value.code == "parties.no_post_there"


def test_an_agent_acts_for_the_principal_and_holds_no_post(example_county):
    (principal,) = parties.parties_of(person("qian"), DAY)
    actor = parties.actor_for(person("qian"), party=principal, on=DAY, level=Level.PASSWORD)
    assert actor.party == str(principal.public_id)
    assert (actor.unit, actor.posts, actor.actions) == ("", frozenset(), frozenset())


@pytest.mark.parametrize("ends", [{"revoked_date": DAY}, {"valid_to": DAY}, {"valid_from": date(2026, 3, 3)}])
def test_a_mandate_that_does_not_hold_on_the_day_lets_nobody_act(example_county, ends):
    principal = person("zhao").party
    parties.Mandate.objects.filter(principal=principal).update(**ends)
    with pytest.raises(Refusal) as refused:
        parties.actor_for(person("qian"), party=principal, on=DAY, level=Level.PASSWORD)
    assert refused.value.code == "parties.no_mandate"


def test_a_stranger_cannot_act_for_a_party(example_county):
    with pytest.raises(Refusal) as refused:
        parties.actor_for(person("wu"), party=person("zhao").party, on=DAY, level=Level.PASSWORD)
    assert refused.value.code == "parties.no_mandate"


def test_unit_and_party_at_once_are_refused(example_county):
    with pytest.raises(Refusal) as refused:
        parties.actor_for(
            person("zhao"), unit=org.unit("sfj"), party=person("zhao").party, on=DAY, level=Level.PASSWORD
        )
    assert refused.value.code == "parties.one_role_at_a_time"


@pytest.mark.parametrize(
    ("key", "may", "may_not"),
    [
        ("zheng", "administration.keep_units", "administration.appoint"),
        ("feng", "administration.appoint", "administration.keep_units"),
        ("chen", "administration.read_access_log", "administration.appoint"),
    ],
)
def test_an_administrator_holds_one_duty_and_only_for_themself(example_county, key, may, may_not):
    actor = parties.actor_for(person(key), on=DAY, level=Level.SECOND_FACTOR)
    assert actor.holds(may) and not actor.holds(may_not)


def test_an_administrator_who_acts_in_a_unit_is_no_administrator(example_county):
    post = org.Post.objects.get(unit__code="sfj", code="publisher")
    org.Appointment.objects.create(person=person("zheng"), post=post, valid_from=date(2026, 1, 1))
    actor = parties.actor_for(person("zheng"), unit=org.unit("sfj"), on=DAY, level=Level.SECOND_FACTOR)
    assert not actor.holds("administration.keep_units")


def test_a_party_that_is_not_there_is_not_found(db):
    for public_id in ("nonsense", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound):
            parties.party(public_id)

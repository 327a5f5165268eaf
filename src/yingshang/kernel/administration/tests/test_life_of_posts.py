"""Whatever is appointed, ended, delegated and revoked in whatever order: who holds a post on a day is what paper says.

The paper is a list of half-open spans of days; the database must answer the
same for every person, post and day, and refuse what the paper refuses.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from yingshang.kernel import administration, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Level

FIRST = date(2026, 3, 2)
LENGTH = 8
PEOPLE = ("wang_min", "han", "sun")
POSTS = ("reviewer", "legal")

days = st.integers(0, LENGTH - 1)
people = st.sampled_from(PEOPLE)
posts = st.sampled_from(POSTS)
SECURITY = Actor(person="p-security", name="安", posts=frozenset({"security-administrator"}), level=Level.SECOND_FACTOR)


def at(number):
    return FIRST + timedelta(days=number)


@dataclass
class Span:
    """One line on paper. ``until`` is the first day it no longer holds."""

    row: int
    who: str
    post: str
    first: int
    until: int = LENGTH
    giver: str = ""
    is_revoked: bool = False

    def holds(self, day):
        return self.first <= day < self.until


class LifeOfPosts(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        unit = org.unit("scjgj")
        org.Appointment.objects.all().delete()
        self.person = {key: org.Person.objects.get(pseudonym=org.demo_pseudonym(key)) for key in PEOPLE}
        self.post = {}
        for code in POSTS:
            facts = {"title": code, "actions": ["administration.delegate"]}
            self.post[code], _ = org.Post.objects.update_or_create(unit=unit, code=code, defaults=facts)
        anchor, _ = org.Post.objects.get_or_create(unit=unit, code="anchor", defaults={"title": "在编"})
        for person in self.person.values():  # everybody is a colleague throughout
            org.Appointment.objects.create(person=person, post=anchor, valid_from=date(2020, 1, 1))
        self.appointed: list[Span] = []
        self.given: list[Span] = []

    def teardown(self):
        try:
            self.compare()
        finally:
            self.roll_back()

    def compare(self):
        """The database answers what paper says, for every post, day and person."""
        for post in POSTS:
            for day in range(LENGTH):
                held = set(org.holders_on(self.post[post], at(day)).values_list("pseudonym", flat=True))
                assert held == {self.person[who].pseudonym for who in PEOPLE if self.acts(who, post, day)}

    def roll_back(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def own(self, who, post, day):
        return any(span.holds(day) for span in self.appointed if (span.who, span.post) == (who, post))

    def acts(self, who, post, day):
        """What paper says: by appointment, or by delegation from somebody still appointed."""
        stands_in = any(
            span.holds(day) and self.own(span.giver, post, day)
            for span in self.given
            if (span.who, span.post) == (who, post)
        )
        return self.own(who, post, day) or stands_in

    def actor(self, who, post):
        person = self.person[who]
        return Actor(
            person=person.pseudonym,
            name=who,
            unit="scjgj",
            posts=frozenset({post}),
            level=Level.SECOND_FACTOR,
        )

    @rule(who=people, post=posts, day=days)
    def appoint(self, who, post, day):
        taken = any(span.until > day for span in self.appointed if (span.who, span.post) == (who, post))
        facts = {"person_id": self.person[who].pk, "post_id": self.post[post].pk, "on": at(day), "by": SECURITY}
        if taken:
            self.refused("administration.holds_it_already", administration.appoint, **facts)
        else:
            self.appointed.append(Span(administration.appoint(**facts).pk, who, post, day))

    @precondition(lambda self: self.appointed)
    @rule(data=st.data(), day=days)
    def end(self, data, day):
        span = data.draw(st.sampled_from(self.appointed))
        facts = {"appointment_id": span.row, "on": at(day), "by": SECURITY}
        if span.until < LENGTH:
            self.refused("administration.already_ended", administration.end_appointment, **facts)
        elif day <= span.first:
            self.refused("administration.ends_before_it_begins", administration.end_appointment, **facts)
        else:
            administration.end_appointment(**facts)
            span.until = day

    @rule(who=people, to=people, post=posts, on=days, first=days, until=days)
    def delegate(self, who, to, post, on, first, until):
        facts = {"post_id": self.post[post].pk, "to_person_id": self.person[to].pk, "reason": "出差", "on": at(on)}
        facts |= {"first": at(first), "until": at(until), "by": self.actor(who, post)}
        if not self.own(who, post, on):
            self.refused("administration.not_your_appointment", administration.delegate, **facts)
        elif who == to:
            self.refused("administration.to_oneself", administration.delegate, **facts)
        elif not on <= first < until:
            self.refused("administration.dates_do_not_fit", administration.delegate, **facts)
        else:
            made = administration.delegate(**facts)
            self.given.append(Span(made.pk, to, post, first, until, giver=who))

    @precondition(lambda self: self.given)
    @rule(data=st.data(), day=days)
    def revoke(self, data, day):
        span = data.draw(st.sampled_from(self.given))
        facts = {"delegation_id": span.row, "on": at(day), "by": SECURITY}
        if span.is_revoked or span.until <= day:
            self.refused("administration.delegation_over", administration.revoke_delegation, **facts)
        else:
            administration.revoke_delegation(**facts)
            span.is_revoked, span.until = True, day

    def refused(self, code, deed, **facts):
        with pytest.raises(Refusal) as refusal:
            deed(**facts)
        assert refusal.value.code == code


def test_who_holds_a_post_is_what_paper_says(example_county):
    run_state_machine_as_test(
        LifeOfPosts,
        settings=settings(
            max_examples=10,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )

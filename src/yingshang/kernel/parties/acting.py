"""From a person to an actor: what they may do, where, on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yingshang.kernel import org, registry
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties.actor import Actor, Level
from yingshang.kernel.parties.models import Mandate, Party


def actor_for(
    person: org.Person,
    *,
    unit: org.Unit | None = None,
    party: Party | None = None,
    on: date,
    level: Level,
) -> Actor:
    """Return the actor that a person is on a day, acting for a unit, for a party, or for themself.

    In a unit they hold their posts there and what those carry. For a party
    they hold nothing but the mandate. Acting for themself, one of the three
    administrators holds that duty: nobody is administrator and clerk at once.
    Raises Refusal ``parties.no_post_there`` or ``parties.no_mandate``, and
    ``parties.one_role_at_a_time`` when both a unit and a party are named.
    Queries: at most 2.
    """
    if unit is not None and party is not None:
        raise Refusal("parties.one_role_at_a_time", "一次只能以一种身份办理。", "请先选择代表单位还是代表当事人。")
    if unit is not None:
        return _for_unit(person, unit, on, level)
    if party is not None:
        return _for_party(person, party, on, level)
    duty = org.duty_of(person, on)
    return Actor(
        person=person.pseudonym,
        name=person.name,
        posts=frozenset({f"{duty}-administrator"} if duty else ()),
        actions=registry.actions_of_duty(duty),
        level=level,
    )


def _for_unit(person: org.Person, unit: org.Unit, on: date, level: Level) -> Actor:
    posts = list(org.posts_held(person, on, in_unit=unit))
    if not posts:
        raise Refusal(
            "parties.no_post_there",
            f"您在{unit.short_name}没有在任的岗位。",
            "请选择您任职的单位，或请安全管理员办理任职。",
        )
    return Actor(
        person=person.pseudonym,
        name=person.name,
        unit=unit.code,
        posts=frozenset(post.code for post in posts),
        actions=frozenset(action for post in posts for action in post.actions),
        level=level,
    )


def _for_party(person: org.Person, party: Party, on: date, level: Level) -> Actor:
    if party.person_id != person.pk and not mandates_on(person, on).filter(principal=party).exists():
        raise Refusal(
            "parties.no_mandate",
            f"没有查到“{party.display_name}”对您的有效委托。",
            "请委托人先办理委托，或以本人身份办理。",
        )
    return Actor(person=person.pseudonym, name=person.name, party=str(party.public_id), level=level)


def mandates_on(person: org.Person, on: date) -> QuerySet[Mandate]:
    """Return the mandates that a person may use on a day."""
    not_revoked = Q(revoked_date__isnull=True) | Q(revoked_date__gt=on)
    return Mandate.objects.filter(not_revoked, agent=person).on(on).select_related("principal")


def parties_of(person: org.Person, on: date) -> list[Party]:
    """Return the parties a person may act for on a day: themself first, then those with a mandate."""
    own = list(Party.objects.filter(person=person))
    return own + [mandate.principal for mandate in mandates_on(person, on).exclude(principal__in=own)]

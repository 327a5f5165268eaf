"""Questions about posts: who holds which, where, on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yingshang.kernel.org.dated import holds_on
from yingshang.kernel.org.models import Administrator, Appointment, Delegation, Person, Post, Unit


def person_of(user: Any) -> Person | None:
    """Return the person behind a log-in account; None for an anonymous one or an account without a person."""
    return Person.objects.filter(user_id=user.pk).first() if user.pk else None


def posts_held(person: Person, day: date, *, in_unit: Unit | None = None) -> QuerySet[Post]:
    """Return the posts a person may act in on a day: by appointment, and by delegation in force.

    A post or unit that no longer stands on that day is held by nobody.
    """
    standing = Post.objects.filter(holds_on(day), holds_on(day, "unit__"))
    if in_unit is not None:
        standing = standing.filter(unit=in_unit)
    appointed = Appointment.objects.filter(holds_on(day), person=person).values("post_id")
    delegated = in_force(day).filter(to_person=person).values("post_id")
    return standing.filter(Q(pk__in=appointed) | Q(pk__in=delegated)).select_related("unit")


def in_force(day: date) -> QuerySet[Delegation]:
    """Return the delegations that count on a day: begun, not over, not revoked, and the giver still appointed."""
    still_appointed = Appointment.objects.filter(
        holds_on(day), post_id=OuterRef("post_id"), person_id=OuterRef("from_person_id")
    )
    not_revoked = Q(revoked_date__isnull=True) | Q(revoked_date__gt=day)
    return Delegation.objects.filter(holds_on(day)).filter(not_revoked).filter(Exists(still_appointed))


def units_of(person: Person, day: date) -> list[Unit]:
    """Return the units a person may act for on a day, in path order."""
    return list(Unit.objects.filter(pk__in=posts_held(person, day).values("unit_id")).order_by("path"))


def holders_on(post: Post, day: date) -> QuerySet[Person]:
    """Return who may act in a post on a day, delegates included."""
    appointed = Appointment.objects.filter(holds_on(day), post=post).values("person_id")
    delegated = in_force(day).filter(post=post).values("to_person_id")
    return Person.objects.filter(Q(pk__in=appointed) | Q(pk__in=delegated))


def duty_of(person: Person, day: date) -> str:
    """Return which of the three administrators a person is on a day; empty for none."""
    held = Administrator.objects.filter(holds_on(day), person=person).values_list("duty", flat=True).first()
    return held or ""

"""The cast of the demo: the faces on the demo log-in page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yingshang.kernel.org.holders import duty_of, posts_held
from yingshang.kernel.org.models import Administrator, Person


@dataclass(frozen=True)
class DemoPerson:
    """One face: who, where, and what they can do, in Chinese."""

    person: Person
    name: str
    unit: str
    can: str


def demo_people(day: date) -> list[DemoPerson]:
    """Return the demo people with their posts on a day; empty where none were loaded."""
    return [_face(person, day) for person in Person.objects.filter(is_demo=True).select_related("user")]


def _face(person: Person, day: date) -> DemoPerson:
    posts = list(posts_held(person, day))
    duty = duty_of(person, day)
    titles = "、".join(post.title for post in posts) or (Administrator.Duty(duty).label if duty else "办事群众")
    return DemoPerson(person, person.name, posts[0].unit.short_name if posts else "", person.introduction or titles)

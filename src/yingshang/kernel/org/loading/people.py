"""The demo people: people, their posts and duties. Their parties are loaded by ``kernel.parties``."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth import get_user_model

from yingshang.kernel.org.models import Administrator, Appointment, Person, Post
from yingshang.methods.county_files import CountyFile


def demo_pseudonym(key: str) -> str:
    """Return the pseudonym of a demo person: the same in every data folder, and no name."""
    return f"demo-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def load_people(file: CountyFile) -> None:
    """Make the demo people that are not there yet. Raises DataProblem for a post that no unit has."""
    posts = {(post.unit.code, post.code): post for post in Post.objects.select_related("unit")}
    for place, row in enumerate(file.data["people"]):
        person = _person(row)
        for number, held in enumerate(row.get("posts", [])):
            post = posts.get((held["unit"], held["post"]))
            if post is None:
                known = {code for unit, code in posts if unit == held["unit"]}
                raise file.unknown(("people", place, "posts", number, "post"), "post of this unit", held["post"], known)
            Appointment.objects.get_or_create(
                person=person, post=post, valid_from=held["from"], defaults={"valid_to": held.get("to")}
            )
        if "duty" in row:
            duty = row["duty"]
            Administrator.objects.get_or_create(person=person, duty=duty["duty"], valid_from=duty["from"])


def _person(row: dict[str, Any]) -> Person:
    """Return the person, with an account that has no usable password: the demo page logs in without one."""
    facts = {"name": row["name"], "introduction": row["introduction"], "is_demo": True}
    person, _ = Person.objects.update_or_create(pseudonym=demo_pseudonym(row["key"]), defaults=facts)
    if person.user_id is None:
        accounts = get_user_model()._default_manager
        user, made = accounts.get_or_create(username=f"demo-{row['key']}")
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        person.user = user
        person.save(update_fields=["user"])
    return person

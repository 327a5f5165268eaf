"""Appoint people to posts and end it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from yingshang.kernel import access, ledger, org
from yingshang.kernel.administration.operations.locked import locked
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def appoint(*, person_id: int, post_id: int, on: date, by: Actor) -> org.Appointment:
    """Appoint a person to a post from a day on.

    Raises Refusal ``administration.holds_it_already`` when the person holds
    the post then or later, ``administration.post_closed`` when the post or
    its unit does not stand on that day. Records ``administration.appointed``.
    """
    person = locked(org.Person, person_id)
    post = locked(org.Post, post_id, "unit")
    access.permit(by, "administration.appoint", person)
    if not (post.holds(on) and post.unit.holds(on)):
        raise Refusal(
            "administration.post_closed", f"{post.unit.short_name}的{post.title}在那一天不存在。", "请核对岗位和日期。"
        )
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    if org.Appointment.objects.filter(later, person=person, post=post).exists():
        raise Refusal("administration.holds_it_already", f"{person.name}已经担任{post.title}。", "不需要再办理任职。")
    made = org.Appointment.objects.create(person=person, post=post, valid_from=on)
    _record("appointed", person, post, on, by)
    return made


@transaction.atomic
def end_appointment(*, appointment_id: int, on: date, by: Actor) -> org.Appointment:
    """End an appointment: ``on`` is the first day the person no longer holds the post.

    Delegations that the person gave in this post end with it, without a deed.
    Raises Refusal ``administration.already_ended`` and
    ``administration.ends_before_it_begins``. Records
    ``administration.appointment_ended``.
    """
    held = locked(org.Appointment, appointment_id, "person", "post__unit")
    access.permit(by, "administration.appoint", held.person)
    if held.valid_to is not None:
        raise Refusal(
            "administration.already_ended", f"这项任职已于{held.valid_to:%Y年%m月%d日}结束。", "不需要再办理免职。"
        )
    if held.valid_from is not None and on <= held.valid_from:
        raise Refusal(
            "administration.ends_before_it_begins",
            f"这项任职自{held.valid_from:%Y年%m月%d日}开始，免职日期要在那以后。",
            "请核对免职日期。",
        )
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    _record("appointment_ended", held.person, held.post, on, by)
    return held


def _record(deed: str, person: org.Person, post: org.Post, on: date, by: Actor) -> None:
    facts = {"unit": post.unit.short_name, "post": post.title, "on": on.isoformat()}
    ledger.record(f"administration.{deed}", subject=f"person:{person.pseudonym}", by=by, facts=facts)

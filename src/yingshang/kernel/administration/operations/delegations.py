"""Let another person act in one's post for a time, and take it back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yingshang.kernel import access, ledger, org
from yingshang.kernel.administration.operations.locked import locked
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def delegate(
    *, post_id: int, to_person_id: int, first: date, until: date, reason: str, by: Actor, on: date
) -> org.Delegation:
    """Let a colleague act in one's post from ``first`` to the day before ``until``.

    Raises Refusal ``administration.not_your_appointment`` when the actor holds
    the post by delegation only, ``administration.to_oneself``,
    ``administration.not_a_colleague`` when the other holds no post in the unit
    on the first day, ``administration.dates_do_not_fit`` when the dates are in
    the wrong order or begin before today. Records ``administration.delegated``.
    """
    to_person = locked(org.Person, to_person_id)
    post = locked(org.Post, post_id, "unit")
    access.permit(by, "administration.delegate", post)
    giver = org.Appointment.objects.on(on).filter(post=post, person__pseudonym=by.person).first()
    if giver is None:
        raise Refusal(
            "administration.not_your_appointment", "您是受托代理这个岗位的，不能再委托给别人。", "请由在任者本人委托。"
        )
    if giver.person_id == to_person.pk:
        raise Refusal("administration.to_oneself", "不能委托给自己。", "请选择本单位的另一位同事。")
    if not on <= first < until:
        raise Refusal(
            "administration.dates_do_not_fit", "委托从今天或以后开始，并且要写明结束的日期。", "请核对起止日期。"
        )
    if not org.posts_held(to_person, first, in_unit=post.unit).exists():
        raise Refusal(
            "administration.not_a_colleague",
            f"{to_person.name}在{post.unit.short_name}没有岗位。",
            "只能委托给本单位在任的同事。",
        )
    made = org.Delegation.objects.create(
        post=post, from_person=giver.person, to_person=to_person, valid_from=first, valid_to=until, reason=reason
    )
    facts = {"unit": post.unit.short_name, "post": post.title, "to": to_person.pseudonym}
    facts |= {"first": first.isoformat(), "until": until.isoformat()}
    ledger.record("administration.delegated", subject=f"person:{giver.person.pseudonym}", by=by, facts=facts)
    return made


@transaction.atomic
def revoke_delegation(*, delegation_id: int, on: date, by: Actor) -> org.Delegation:
    """Take a delegation back: ``on`` is the first day it no longer holds.

    Raises Refusal ``administration.delegation_over`` when it was revoked or
    is over. Records ``administration.delegation_revoked``.
    """
    given = locked(org.Delegation, delegation_id, "post__unit", "from_person", "to_person")
    access.permit(by, "administration.revoke_delegation", given)
    if given.revoked_date is not None or (given.valid_to is not None and given.valid_to <= on):
        raise Refusal("administration.delegation_over", "这份委托已经结束。", "不需要再撤回。")
    given.revoked_date = on
    given.save(update_fields=["revoked_date"])
    facts = {"unit": given.post.unit.short_name, "post": given.post.title, "on": on.isoformat()}
    subject = f"person:{given.from_person.pseudonym}"
    ledger.record("administration.delegation_revoked", subject=subject, by=by, facts=facts)
    return given

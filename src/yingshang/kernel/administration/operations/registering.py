"""Open accounts for people: the person alone sets the password."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from yingshang.kernel import access, ledger, org
from yingshang.kernel.administration.models import Invitation
from yingshang.kernel.administration.operations.tokens import new_token, token_hash
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor

INVITATION_LIVES = timedelta(days=3)


@transaction.atomic
def register_person(*, name: str, username: str, by: Actor, at: datetime) -> tuple[org.Person, str]:
    """Open an account and return the person with the path of the one-time link to hand to them.

    The account opens when they set their password there, within three days.
    Raises Refusal ``administration.username_taken``. Records
    ``administration.person_registered``.
    """
    access.permit(by, "administration.appoint", None)
    person = new_person(name=name, username=username, password=None)
    ledger.record("administration.person_registered", subject=f"person:{person.pseudonym}", by=by, facts={}, at=at)
    return person, _invite(person, at)


@transaction.atomic
def invite_again(*, person_id: int, by: Actor, at: datetime) -> str:
    """Return the path of a new link for a person who has no password yet, and close the earlier one.

    Raises Refusal ``administration.has_password`` for an account in use.
    """
    person = org.Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person_id)
    access.permit(by, "administration.appoint", person)
    if person.user is None or person.user.has_usable_password() or person.is_demo:
        raise Refusal("administration.has_password", f"{person.name}的账号已经开通。", "忘记密码请本人在登录页办理。")
    return _invite(person, at)


def _invite(person: org.Person, at: datetime) -> str:
    Invitation.objects.filter(person=person, closed_at__isnull=True).update(closed_at=at)
    token = new_token()
    Invitation.objects.create(person=person, token_hash=token_hash(token), expires_at=at + INVITATION_LIVES)
    return reverse("administration:invitation", args=[token])


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime) -> org.Person:
    """Set the password of a new account and close its link.

    password: has passed the site's validators. Raises NotFound for a link that
    never was, is closed or has expired.
    """
    invitation = open_invitation(token, at)
    user = invitation.person.user
    if user is None:
        raise NotFound("这个开通链接")
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.closed_at = at
    invitation.save(update_fields=["closed_at"])
    return invitation.person


def open_invitation(token: str, at: datetime) -> Invitation:
    """Return the invitation of a token, locked. Raises NotFound when it does not serve."""
    waiting = Invitation.objects.select_for_update(of=("self",)).select_related("person__user")
    invitation = waiting.filter(token_hash=token_hash(token), closed_at__isnull=True, expires_at__gt=at).first()
    if invitation is None:
        raise NotFound("这个开通链接")
    return invitation


def new_person(*, name: str, username: str, password: str | None) -> org.Person:
    """Return a person with an account of their own. Raises Refusal ``administration.username_taken``."""
    accounts = get_user_model()._default_manager
    if accounts.filter(username__iexact=username).exists():
        raise Refusal(
            "administration.username_taken", f"登录名“{username}”已有人使用，每个人各用各的账号。", "请换一个登录名。"
        )
    user = accounts.create_user(username=username, password=password)
    return org.Person.objects.create(pseudonym=f"p-{secrets.token_hex(8)}", name=name, user=user)

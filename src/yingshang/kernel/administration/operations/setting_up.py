"""The first three administrators of a new installation."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from yingshang.kernel import clock, ledger, org
from yingshang.kernel.administration.models import SetupLink
from yingshang.kernel.administration.operations.administrators import give_duty
from yingshang.kernel.administration.operations.registering import new_person
from yingshang.kernel.administration.operations.tokens import new_token, token_hash
from yingshang.kernel.administration.queries import missing_duties
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import SYSTEM

LINK_LIVES = timedelta(hours=24)


@transaction.atomic
def make_setup_link(*, at: datetime) -> str:
    """Return the path of a one-time set-up link, or an empty string when all three administrators stand.

    Links made before are closed. The token is in the path and nowhere else;
    its hash is kept. The link serves for 24 hours.
    """
    if not missing_duties(clock.beijing_date(at)):
        return ""
    SetupLink.objects.filter(closed_at__isnull=True).update(closed_at=at)
    token = new_token()
    SetupLink.objects.create(token_hash=token_hash(token), expires_at=at + LINK_LIVES)
    return reverse("administration:setup", args=[token])


def open_link(token: str, at: datetime) -> SetupLink:
    """Return the link of a token, locked. Raises NotFound for one that never was, is closed or has expired."""
    link = SetupLink.objects.select_for_update().filter(token_hash=token_hash(token), closed_at__isnull=True).first()
    if link is None or link.expires_at <= at:
        raise NotFound("这个设置链接")
    return link


@transaction.atomic
def set_up_administrator(*, token: str, name: str, username: str, password: str, at: datetime) -> org.Administrator:
    """Make the next of the three administrators, in the order system, security, audit.

    Each is a person of their own with an account of their own; the second
    factor is set up at the first log-in. The third closes the link. Raises
    NotFound for a token that no longer serves, Refusal
    ``administration.username_taken``. Records
    ``administration.administrator_appointed`` (strict).
    """
    link = open_link(token, at)
    today = clock.beijing_date(at)
    missing = missing_duties(today)
    if not missing:
        raise NotFound("这个设置链接")
    person = new_person(name=name, username=username, password=password)
    made = give_duty(person, missing[0], today)
    facts = {"duty": made.get_duty_display(), "on": today.isoformat()}
    subject = f"person:{person.pseudonym}"
    ledger.record("administration.administrator_appointed", subject=subject, by=SYSTEM, facts=facts, at=at)
    if len(missing) == 1:
        link.closed_at = at
        link.save(update_fields=["closed_at"])
    return made

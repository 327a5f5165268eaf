"""Salted commitments: the ledger proves what was recorded without telling it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yingshang.kernel.errors import NotFound
from yingshang.kernel.ledger.content import canonical
from yingshang.kernel.ledger.models import Entry, Salt
from yingshang.kernel.ledger.recording import record
from yingshang.kernel.parties import Actor

SALT_SIZE = 16
KEY = "private"


def private(value: Any) -> dict[str, str]:
    """Return a commitment to a value, to stand in facts in its place; its salt is kept beside.

    value: plain JSON; personal content is welcome here. The commitment is
    HMAC-SHA-256 under 128 random bits, so that even a value with few
    possibilities (a score, an id number) cannot be found by trying.
    """
    salt = secrets.token_bytes(SALT_SIZE)
    commitment = _commitment(salt, value)
    Salt.objects.create(commitment=commitment, salt=salt)
    return {KEY: commitment}


def opens(commitment: Mapping[str, str], value: Any) -> bool:
    """Return whether the commitment was made to this value; False once it is closed."""
    salt = Salt.objects.filter(pk=commitment[KEY]).values_list("salt", flat=True).first()
    return salt is not None and hmac.compare_digest(_commitment(bytes(salt), value), commitment[KEY])


@transaction.atomic
def close(commitment: Mapping[str, str], *, subject: str, by: Actor) -> Entry:
    """Delete the salt: nobody can open the commitment any more, and the ledger stays valid.

    For deletion at a person's request (《个人信息保护法》第四十七条); the caller
    deletes the value itself. Raises NotFound when it is closed already.
    Records ``ledger.commitment_closed``.
    """
    deleted, _ = Salt.objects.filter(pk=commitment[KEY]).delete()
    if not deleted:
        raise NotFound("这项非公开内容")
    return record("ledger.commitment_closed", subject=subject, by=by, facts=dict(commitment))


def _commitment(salt: bytes, value: Any) -> str:
    return hmac.digest(salt, canonical(value), "sha256").hex()

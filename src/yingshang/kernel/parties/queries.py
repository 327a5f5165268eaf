"""Questions about parties."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError

from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties.codes import code_hash
from yingshang.kernel.parties.models import Party


def party(public_id: str | UUID) -> Party:
    """Return the party with this public id. Raises NotFound, also for a text that is no id."""
    try:
        return Party.objects.get(public_id=public_id)
    except (Party.DoesNotExist, ValidationError):
        raise NotFound("这位当事人") from None


def party_by_code(code: str) -> Party | None:
    """Return the party with this identity or credit code, found by its keyed hash."""
    return Party.objects.filter(code_hash=code_hash(code)).first()

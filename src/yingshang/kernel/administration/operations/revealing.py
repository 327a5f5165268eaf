"""Show one personal value whole, for a purpose, and on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.administration.models import Look
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor

SHORTEST_PURPOSE = 4


@transaction.atomic
def reveal(*, kind: str, value: str, subject: str, purpose: str, by: Actor, at: datetime) -> str:
    """Return a personal value unmasked, after writing down who looked, at whose, and why.

    kind: as in ``access.MASKS``. subject: whose value, e.g. ``party:<public id>``;
    never a name. purpose: in the official's own words; its commitment is public
    and the words are kept apart. Raises Refusal
    ``administration.purpose_missing``. Records ``administration.value_revealed``.
    """
    access.permit(by, "administration.reveal", None)
    if kind not in access.MASKS:
        raise KeyError(f"no mask is known for “{kind}”")
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Refusal(
            "administration.purpose_missing",
            "查看完整的个人信息要写明事由。",
            "请写明为哪一件业务查看，例如“核对某号件的申请人”。",
            source="《中华人民共和国个人信息保护法》第六条",
        )
    Look.objects.create(at=at, person=by.person, unit=by.unit, kind=kind, subject=subject, purpose=purpose.strip())
    facts = {"kind": kind, "purpose": ledger.private(purpose.strip())}
    ledger.record("administration.value_revealed", subject=subject, by=by, facts=facts, at=at)
    return value

"""Adding a step: its ledger entry and its row, in the transaction of the deed, under the lock of the draw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yingshang.kernel import ledger
from yingshang.kernel.draws.models import Draw, Step
from yingshang.kernel.errors import Stale
from yingshang.kernel.parties import Actor
from yingshang.methods import draw as method


def add_step(
    draw: Draw,
    does: Step.Does,
    content: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    source: str = "",
    second_person: str = "",
    reason: str = "",
    is_sealed: bool = False,
) -> Step:
    """Record and store the next step of a draw that is held. Records ``draws.<does>``.

    is_sealed: the row keeps the digest alone. Raises Stale when the database
    finds the step out of turn: somebody came another way.
    """
    number, digest = draw.steps.count() + 1, method.digest(content)
    facts: dict[str, Any] = {"serial": draw.serial, "step": number, "digest": digest}
    if source:
        facts["source"] = source
    if reason:
        facts["reason"] = reason
    entry = ledger.record(f"draws.{does}", subject=f"draw:{draw.serial}", by=by, facts=facts, at=at)
    try:
        with transaction.atomic():
            return Step.objects.create(
                draw=draw,
                number=number,
                does=does,
                source=source,
                content=None if is_sealed else content,
                digest=digest,
                at=at,
                by=by.person,
                second_person=second_person,
                entry=entry,
            )
    except IntegrityError:
        raise Stale from None

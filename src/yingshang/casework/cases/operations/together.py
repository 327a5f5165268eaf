"""That several cases were handled in one go, and why that was right: one entry beside those of the cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yingshang.casework.cases.models import ManyAtOnce
from yingshang.kernel import access, ledger, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def note_together(*, deed: str, cases: Sequence[int], reason: str, by: Actor, at: datetime) -> ManyAtOnce:
    """Note a round of one deed over many cases, and return it. deed: its title. cases: pks of those chosen.

    Raises what the policy refuses, Refusal ``cases.say_why_together``. Records ``cases.done_together``.
    """
    unit = org.unit(by.unit)
    access.permit(by, "cases.work_desk", unit)
    if not reason.strip():
        raise Refusal("cases.say_why_together", "批量办理要写明为什么可以一起办。", "请填写理由，或者逐件办理。")
    noted = ManyAtOnce.objects.create(
        unit=unit, deed=deed, reason=reason.strip()[:200], cases=list(cases), done_at=at, done_by=by.person
    )
    facts = {"deed": deed, "count": len(cases)}
    ledger.record("cases.done_together", subject=f"unit:{unit.code}", by=by, at=at, facts=facts)
    return noted

"""Lock a check or a finding, and say why a step is over for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Check, Finding
from yingshang.oversight.supervision.policies.checks import seen_checks


def locked_check(check_id: UUID, by: Actor) -> Check:
    """Return a check that the actor may know of, locked. Raises NotFound, the same for one that must stay unknown."""
    seen = seen_checks(by).filter(pk=check_id).values("pk")
    rows = Check.objects.select_for_update(of=("self",)).select_related("plan", "unit").filter(pk__in=seen)
    found = rows.first()
    if found is None:
        raise NotFound("这次检查")
    return found


def locked_finding(finding_id: UUID, by: Actor) -> Finding:
    """Return a finding of a check that the actor may know of, locked. Raises NotFound."""
    seen = seen_checks(by).values("pk")
    rows = Finding.objects.select_for_update(of=("self",)).select_related("of__unit", "of__plan", "duty")
    found = rows.filter(pk=finding_id, of__in=seen).first()
    if found is None:
        raise NotFound("这个问题")
    return found


def refuse_unless(stands: Any, *states: str) -> None:
    """Raise the Refusal for a check or finding that is in none of the states."""
    if stands.state not in states:
        raise Refusal(
            "supervision.check_stands_elsewhere",
            f"现在是“{stands.get_state_display()}”，不能办理这一步。",
            "请刷新页面查看最新情况。",
        )

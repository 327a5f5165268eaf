"""From a permission to the visit it allows: who goes, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from yingshang.conduct.inspections.models import Crew, Inspector, Permission, Visit
from yingshang.conduct.inspections.operations.scheduling import plan_visit, refuse_planned
from yingshang.kernel import access
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor


def arrange_visit(
    *,
    permission_id: int,
    inspectors: Sequence[int],
    planned_on: date,
    planned_to: date | None = None,
    by: Actor,
    at: datetime,
) -> Visit:
    """Plan the visit that a permission allows, and return it; the first inspector leads.

    Raises NotFound, whatever the policy refuses, Refusal
    ``inspections.arranged_already`` while its visit stands, and the first hard
    stop that ``plan_visit`` meets, which is kept on record. Records
    ``inspections.visit_planned``.
    """
    rows = Permission.objects.select_related("unit", "target")
    permission = rows.filter(pk=permission_id).first()
    if permission is None:
        raise NotFound("这份行政检查审批")
    access.permit(by, "inspections.arrange_visit", permission)
    refuse_planned(permission.target, None, permission)
    found = {each.pk: each for each in Inspector.objects.filter(pk__in=inspectors).select_related("unit")}
    if set(found) != set(inspectors):
        raise NotFound("其中一名执法人员")
    return plan_visit(
        kind=permission.kind,
        target=permission.target,
        items=permission.items,
        lead_unit=permission.unit,
        crew=[(found[pk], Crew.Role.COMPANION if place else Crew.Role.LEAD) for place, pk in enumerate(inspectors)],
        planned_on=planned_on,
        planned_to=planned_to,
        permission=permission,
        by=by,
        at=at,
    )

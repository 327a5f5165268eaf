"""Where a unit does what it owes, for duties that are not shares of a task."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse

from yingshang.oversight.plan_tasks.models import Deliverable, Delivery


def addresses_of(obligation_ids: Collection[int]) -> Mapping[int, str]:
    """Return, by obligation, the page of the delivery to sign for or of the thing to set up. Queries: 2."""
    deliveries = Delivery.objects.filter(obligation__in=obligation_ids).values_list("obligation_id", "pk")
    found = {obligation: reverse("plan_tasks:delivery", args=[pk]) for obligation, pk in deliveries}
    register = Deliverable.objects.filter(obligation__in=obligation_ids)
    for obligation, code, number in register.values_list("obligation_id", "plan__code", "number"):
        assert obligation is not None  # it was asked for by this very id
        found[obligation] = reverse("plan_tasks:deliverable", args=[code, number])
    return found

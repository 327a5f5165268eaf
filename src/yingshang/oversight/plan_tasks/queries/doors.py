"""Where what a unit owes is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from yingshang.kernel import work
from yingshang.oversight.plan_tasks.models import Stage, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.rules import BY_DOCUMENT, FINISH_STAGE, SIGN_LETTER, SUB_PLAN, YEARLY_PLAN

Door = tuple[str, str]
"""An address, and what is done there in one word."""


def doors_of(obligations: Sequence[work.Obligation]) -> Mapping[int, Door]:
    """Return where each open duty is done, by its id; what is done in another package is left out. Queries: 3."""
    rows = [each for each in obligations if each.state == work.Obligation.State.OPEN]
    ids = {kind: [each.pk for each in rows if each.kind == kind] for kind in (FINISH_STAGE, SIGN_LETTER)}
    in_force = WorkPlanEdition.State.ACCEPTED
    stages = Stage.objects.filter(obligation__in=ids[FINISH_STAGE], edition__state=in_force)
    letters = WorkPlanEdition.objects.filter(letter_obligation__in=ids[SIGN_LETTER])
    plans = dict(WorkPlan.objects.filter(obligation__in=[each.pk for each in rows]).values_list("obligation_id", "pk"))
    doors: dict[int, Door] = {
        owed: (reverse("plan_tasks:stage", args=[stage]), "销号")
        for owed, stage in stages.values_list("obligation_id", "pk")
        if owed
    }
    doors |= {
        owed: (reverse("plan_tasks:letter", args=[plan]), "签署")
        for owed, plan in letters.values_list("letter_obligation_id", "work_plan_id")
        if owed
    }
    for each in rows:
        if each.kind in BY_DOCUMENT:
            doors[each.pk] = (reverse("plan_tasks:hand_in", args=[each.pk]), "报送")
        if each.kind in (SUB_PLAN, YEARLY_PLAN):
            begun = plans.get(each.pk)
            own = reverse("plan_tasks:own_work_plans")
            doors[each.pk] = (reverse("plan_tasks:work_plan", args=[begun]) if begun else own, "编制")
    return doors

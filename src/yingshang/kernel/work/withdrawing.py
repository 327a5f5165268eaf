"""Taking a branch out of the parallel work."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, procedures
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.procedures import MAIN
from yingshang.kernel.work.checking import check_facts
from yingshang.kernel.work.deed import Deed
from yingshang.kernel.work.entering import withdraw
from yingshang.kernel.work.models import Move, Step
from yingshang.kernel.work.policies import Withdrawal


@transaction.atomic
def withdraw_branch(*, dossier_id: int, step_id: int, by: Actor, at: datetime, reason: str) -> Move:
    """End a parallel branch without a result and return the row; the join completes without it.

    Raises NotFound, whatever the policy ``work.withdraw_branch`` refuses, and
    Refusal ``work.not_a_branch``, ``work.branch_closed``, ``work.fact_missing``.
    Records ``work.moved``; what the branch owed is cancelled.
    """
    rows = Step.objects.select_for_update(of=("self",)).select_related(
        "unit", "dossier__lead_unit", "dossier__procedure"
    )
    step = rows.filter(pk=step_id, dossier_id=dossier_id).first()
    if step is None or step.dossier.procedure is None:
        raise NotFound("这一步")
    definition = procedures.frozen(step.dossier.procedure)
    access.permit(by, "work.withdraw_branch", Withdrawal(step, definition))
    if step.branch == MAIN:
        raise Refusal("work.not_a_branch", "主线不能撤下。", "如要结束整个事项，请按程序办理撤回或终止。")
    title = definition.branches[step.branch].title
    if step.closed_at is not None:
        closed = clock.beijing_date(step.closed_at)
        raise Refusal("work.branch_closed", f"“{title}”已于{closed:%Y年%m月%d日}结束。", "不需要再撤下。")
    check_facts(f"撤下“{title}”", {"reason": "原因"}, {"reason": reason.strip()})
    deed = Deed(step.dossier, definition, by, at, since=clock.beijing_date(at))
    deed.note(step, Move.Kind.WITHDRAW, step.branch, step.state, facts={"reason": reason})
    withdraw(deed, step)
    return deed.finish()

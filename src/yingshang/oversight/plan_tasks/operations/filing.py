"""File an edition with the desk (报备); the desk accepts it (备案) or returns it (退回)."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import access, clock, events, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Duty, Filing, FilingDecision, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.operations.announced_plans import let_find
from yingshang.oversight.plan_tasks.operations.stage_duties import owe_letter, owe_stages
from yingshang.oversight.plan_tasks.operations.staging import refuse_faults
from yingshang.oversight.plan_tasks.operations.standing import go_on, hold
from yingshang.oversight.plan_tasks.operations.work_plan_locks import locked_edition, locked_work_plan, refuse_stale
from yingshang.oversight.plan_tasks.rules import CARRY_OUT, plan_faults

REFILE = "PLAN.REFILE"

State, Outcome = WorkPlanEdition.State, FilingDecision.Outcome


@transaction.atomic
def file_edition(*, edition_id: int, expected_version: int | None = None, by: Actor, on: date, at: datetime) -> Filing:
    """File a draft, or file again what was returned; while the desk looks, the unit's clock stands.

    expected_version: of the page the person saw. Raises NotFound, Stale,
    Refusal ``plan_tasks.already_filed``, everything that ``rules.plan_faults``
    finds (the first of it), and whatever the policy refuses. Records and tells
    ``plan_tasks.work_plan_filed``.
    """
    edition = locked_edition(edition_id)
    plan = edition.work_plan
    access.permit(by, "plan_tasks.file_work_plan", plan)
    if edition.state not in queries.IN_HAND:
        raise Refusal(
            "plan_tasks.already_filed",
            f"第{edition.number}版{edition.get_state_display()}，不用再报备。",
            "请在方案页上查看审核结果。",
        )
    refuse_stale(edition, expected_version)
    stages = queries.stages_of(edition)
    refuse_faults(plan_faults(queries.stage_plans(stages), queries.span_of(plan)))
    content = content_of(edition)
    filing = Filing.objects.create(
        edition=edition,
        round=edition.filings.count() + 1,
        content=content,
        digest=digest_of(content),
        filed_at=at,
        filed_by=by.person,
    )
    edition.state = State.FILED
    edition.version += 1
    edition.save(update_fields=["state", "version"])
    if _is_answered_by_filing(plan) and plan.obligation.state == work.Obligation.State.OPEN:
        hold(plan.obligation, why="已报备，等待审核", on=on, at=at)
    _record_and_tell("plan_tasks.work_plan_filed", edition, {"digest": filing.digest}, by=by, at=at)
    return filing


@transaction.atomic
def accept_filing(*, filing_id: int, by: Actor, on: date, at: datetime) -> WorkPlanEdition:
    """Accept a filing: the edition is in force, its stages are owed, the duty to file is fulfilled.

    The duty counts as fulfilled at the moment of this filing: how long the
    desk took is not the unit's lateness. The edition in force before is
    replaced; stages that it shares with this one go on.
    Raises NotFound, Refusal ``plan_tasks.filing_decided``, and whatever the
    policy refuses. Records (strict) and tells ``plan_tasks.work_plan_accepted``.
    """
    filing = _to_decide(filing_id, by)
    edition, plan = filing.edition, filing.edition.work_plan
    FilingDecision.objects.create(filing=filing, outcome=Outcome.ACCEPTED, decided_at=at, decided_by=by.person)
    before = queries.accepted_edition(plan)
    if before is not None:
        before.state, before.replaced_on = State.REPLACED, on
        before.save(update_fields=["state", "replaced_on"])
    edition.state, edition.accepted_on = State.ACCEPTED, on
    edition.save(update_fields=["state", "accepted_on"])
    if _is_answered_by_filing(plan) and plan.obligation.state == work.Obligation.State.OPEN:
        go_on(plan.obligation, on=on, at=at)
        evidence = f"work_plan:{plan.pk}:{edition.number}"
        work.fulfill(obligation_id=plan.obligation_id, by=SYSTEM, at=filing.filed_at, evidence=evidence)
    owe_stages(edition, before, by=by, at=at)
    owe_letter(edition, before, by=by, at=at)
    let_find(edition, at=at)
    _record_and_tell("plan_tasks.work_plan_accepted", edition, {"digest": filing.digest}, by=by, at=at)
    return edition


@transaction.atomic
def return_filing(*, filing_id: int, reasons: str, by: Actor, on: date, at: datetime) -> WorkPlanEdition:
    """Return a filing with reasons; the unit owes it again, at least for the county's limit of filing again.

    A duty that was late when filed stays late. Raises NotFound, Refusal
    ``plan_tasks.filing_decided``, ``plan_tasks.reasons_missing``, and whatever
    the policy refuses. Records (strict) and tells ``plan_tasks.work_plan_returned``.
    """
    filing = _to_decide(filing_id, by)
    edition, plan = filing.edition, filing.edition.work_plan
    if not reasons.strip():
        raise Refusal("plan_tasks.reasons_missing", "退回要写明理由。", "请写明哪里要改、怎么改，再退回。")
    FilingDecision.objects.create(
        filing=filing, outcome=Outcome.RETURNED, reasons=reasons.strip()[:1000], decided_at=at, decided_by=by.person
    )
    edition.state = State.RETURNED
    edition.version += 1
    edition.save(update_fields=["state", "version"])
    if _is_answered_by_filing(plan) and plan.obligation.state == work.Obligation.State.OPEN:
        _owe_again(plan, by=by, on=on, at=at)
    _record_and_tell("plan_tasks.work_plan_returned", edition, {}, by=by, at=at)
    return edition


def content_of(edition: WorkPlanEdition) -> dict[str, Any]:
    """Return an edition in full, as it is kept with each filing."""
    stages = queries.stage_plans(queries.stages_of(edition))
    return {
        "schema": "work-plan/1",
        "title": queries.title_of(edition.work_plan),
        "unit": edition.work_plan.holder.code,
        "edition": edition.number,
        "change_reason": edition.change_reason,
        "aim": edition.aim,
        "stages": [
            {
                "place": stage.place,
                "title": stage.title,
                "goal": {
                    "kind": str(stage.goal.kind),
                    "words": stage.goal.words,
                    "baseline": _plain(stage.goal.baseline),
                    "target": _plain(stage.goal.target),
                    "unit": stage.goal.unit,
                    "target_date": _plain(stage.goal.target_date),
                    "items": list(stage.goal.items),
                    "source": stage.goal.source,
                    "measure": stage.goal.measure,
                },
                "starts_on": stage.starts_on.isoformat(),
                "finish_on": stage.finish_on.isoformat(),
                "answers": stage.answers,
                "follows": sorted(stage.follows),
            }
            for stage in stages
        ],
    }


def digest_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of what was filed, in its canonical form."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}" if hasattr(value, "normalize") else value.isoformat()


def _to_decide(filing_id: int, by: Actor) -> Filing:
    """Return a filing that waits for a decision, its plan locked."""
    seen = queries.filing_with(filing_id)
    locked_work_plan(seen.edition.work_plan_id)
    filing = queries.filing_with(filing_id)
    access.permit(by, "plan_tasks.decide_filing", filing)
    decision: FilingDecision | None = getattr(filing, "decision", None)
    if decision is not None or filing.edition.state != State.FILED:
        said = f"已经{decision.get_outcome_display()}" if decision else "不在等待审核"
        raise Refusal("plan_tasks.filing_decided", f"这次报备{said}。", "请返回备案台查看最新情况。")
    return filing


def _is_answered_by_filing(plan: WorkPlan) -> bool:
    """A dated task is fulfilled by its stages; a sub-plan and a yearly plan by being accepted."""
    return plan.obligation.kind != CARRY_OUT


def _owe_again(plan: WorkPlan, *, by: Actor, on: date, at: datetime) -> None:
    """Let the unit's clock go on; if too little of it is left, a new one for the county's limit takes its place."""
    old = plan.obligation
    if old.clock_id is None or old.due_date is not None:
        return  # not dated, or already late when filed
    due = go_on(old, on=on, at=at)
    try:
        limit = clock.limit_on(REFILE, on)
    except NotFound:
        return
    fresh = work.Owed(
        kind=old.kind, title=old.title, unit=old.unit, limit=limit, origin=old.origin, source=old.source, since=on
    )
    if due is not None and clock.reckon(clock.Clock(limit=limit, started_on=on), clock.calendar()).date <= due:
        return
    opened = work.owe_all([fresh], by=by, at=at)[0]
    work.cancel(obligation_id=old.pk, reason="退回修改，另行计算期限。", by=SYSTEM, at=at)
    for duty in Duty.objects.filter(obligation=old):
        Duty.objects.create(task=duty.task, unit=duty.unit, role=duty.role, group=duty.group, obligation=opened)
    plan.obligation = opened
    plan.save(update_fields=["obligation"])


def _record_and_tell(kind: str, edition: WorkPlanEdition, facts: dict[str, str], *, by: Actor, at: datetime) -> None:
    plan = edition.work_plan
    ledger.record(
        kind,
        subject=f"work_plan:{plan.pk}",
        by=by,
        at=at,
        facts={"title": queries.title_of(plan), "unit": plan.holder.code, "edition": edition.number, **facts},
    )
    events.tell(kind, at=at, work_plan_id=plan.pk, unit=plan.holder.code, edition=edition.number)

"""Units' own plans and what is said of them, as the API shows them."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import clock
from yingshang.kernel.web import rest
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Filing, Progress, WorkPlan, WorkPlanEdition
from yingshang.oversight.plan_tasks.rules import check_list


def plan_row(row: queries.PlanRow) -> dict[str, Any]:
    """Return one line of a list of plans."""
    fields = ("pk", "title", "unit_code", "unit_name", "task", "state", "edition", "stages", "done", "due_date")
    return {**{name: getattr(row, name) for name in fields}, "lamp": row.lamp.color if row.lamp else None}


def plan_detail(request: rest.ActorRequest, plan: WorkPlan) -> dict[str, Any]:
    """Return a plan with the edition in hand, else the newest that the actor may read."""
    visible = list(queries.visible_editions(plan, request.actor))
    in_hand = [each for each in visible if each.state in (*queries.IN_HAND, WorkPlanEdition.State.FILED)]
    edition = next(iter([*in_hand, *visible]), None)
    stages = queries.stages_of(edition) if edition else []
    rows = queries.stage_rows(stages, clock.today())
    checks = check_list(queries.stage_plans(stages), queries.span_of(plan)) if edition else []
    letter = getattr(edition, "letter", None) if edition else None
    return {
        "id": plan.pk,
        "title": queries.title_of(plan),
        "unit": plan.holder.code,
        "edition_id": edition.pk if edition else None,
        "edition": edition.number if edition else None,
        "state": edition.state if edition else "",
        "version": edition.version if edition else None,
        "aim": edition.aim if edition else "",
        "change_reason": edition.change_reason if edition else "",
        "letter_no": letter.number if letter else "",
        "stages": [{**vars(row), "lamp": row.lamp.color if row.lamp else None} for row in rows],
        "checks": [vars(each) for each in checks],
    }


def filing_row(found: Filing) -> dict[str, Any]:
    """Return one filing with its decision."""
    decision = getattr(found, "decision", None)
    plan = found.edition.work_plan
    return {
        "id": found.pk,
        "title": queries.title_of(plan),
        "unit": plan.holder.code,
        "edition": found.edition.number,
        "round": found.round,
        "filed_at": found.filed_at,
        "digest": found.digest,
        "outcome": decision.outcome if decision else "",
        "reasons": decision.reasons if decision else "",
    }


def said_row(each: Progress) -> dict[str, Any]:
    """Return one entry about a stage."""
    fields = ("kind", "value", "is_measured", "reached_on", "items_done", "words", "problem", "at")
    shown = {name: getattr(each, name) for name in fields}
    return {"id": each.pk, **shown, "document": str(each.document_id or "")}


def asked_row(each: Progress) -> dict[str, Any]:
    """Return one request for sign-off that waits."""
    stage = each.stage
    unit = stage.edition.work_plan.holder.code
    return said_row(each) | {"stage_id": stage.pk, "stage": stage.title, "unit": unit}

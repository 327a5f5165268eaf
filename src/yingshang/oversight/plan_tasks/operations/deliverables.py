"""Confirm what the plan orders to set up, decline a suggestion, say who owns it and by when."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.plan_tasks.models import Assignment, Deliverable, Edition, Plan
from yingshang.oversight.plan_tasks.queries import edition_or_none
from yingshang.oversight.plan_tasks.rules import SET_UP

LIMIT = "PLAN.SETUP"


@transaction.atomic
def confirm_deliverables(
    *, plan_code: str, numbers: Sequence[int], by: Actor, on: date, at: datetime
) -> list[Deliverable]:
    """Confirm suggestions; each is owed by its owner, or by the first lead unit of its task, from now on.

    numbers: of the register; those confirmed before are left alone. Due on the
    row's own date, else by the county's limit ``PLAN.SETUP`` if it has one,
    else not dated. Statements: fixed, whatever the numbers. Raises NotFound,
    Refusal ``plan_tasks.not_in_force``, ``plan_tasks.nothing_to_confirm``,
    ``plan_tasks.nobody_leads``, and whatever the policy refuses. Records
    ``plan_tasks.deliverables_confirmed``.
    """
    plan = Plan.objects.select_for_update().filter(code=plan_code).first()
    if plan is None:
        raise NotFound("这个方案")
    access.permit(by, "plan_tasks.confirm_deliverables", plan)
    edition = edition_or_none(plan_code)
    if edition is None:
        raise Refusal("plan_tasks.not_in_force", "方案还没有发布，台账不能确认。", "请先发布方案。")
    suggested = Deliverable.objects.filter(plan=plan, number__in=numbers, confirmed_at=None)
    rows = list(suggested.select_for_update(of=("self",)).select_related("owner").order_by("pk"))
    if not rows:
        raise Refusal("plan_tasks.nothing_to_confirm", "没有选中待确认的建议。", "请选择后再确认。")
    leads = _leads(edition, on)
    for row in rows:
        row.owner = row.owner or leads.get(row.task_place)
        if row.owner is None:
            raise Refusal(
                "plan_tasks.nobody_leads", f"“{row.title}”所在的任务没有牵头单位。", "请先指定承担单位，再确认。"
            )
    obligations = work.owe_all([_owed(edition, row, on) for row in rows], by=by, at=at)
    for row, obligation in zip(rows, obligations, strict=True):
        row.confirmed_at, row.confirmed_by, row.obligation = at, by.person, obligation
        row.declined_at, row.declined_by, row.decline_reason = None, "", ""
    Deliverable.objects.bulk_update(
        rows, ["owner", "confirmed_at", "confirmed_by", "obligation", "declined_at", "declined_by", "decline_reason"]
    )
    facts = {"plan": plan.code, "count": len(rows), "numbers": sorted(row.number for row in rows)}
    ledger.record("plan_tasks.deliverables_confirmed", subject=f"plan:{plan.code}", by=by, at=at, facts=facts)
    return rows


@transaction.atomic
def decline_deliverable(*, deliverable_id: int, reason: str, by: Actor, at: datetime) -> Deliverable:
    """Say that a suggestion is nothing to set up, with the reason; it stays on record and may be confirmed later.

    Raises NotFound, Refusal ``plan_tasks.confirmed_already``,
    ``plan_tasks.reason_missing``, and whatever the policy refuses. Records
    ``plan_tasks.deliverable_declined``.
    """
    row = locked_deliverable(deliverable_id)
    access.permit(by, "plan_tasks.confirm_deliverables", row.plan)
    if row.confirmed_at is not None:
        raise Refusal("plan_tasks.confirmed_already", f"“{row.title}”已经确认。", "需要停止的，请由承担单位登记停用。")
    if not reason.strip():
        raise Refusal("plan_tasks.reason_missing", "不列入台账要写明原因。", "请填写原因后再提交。")
    row.declined_at, row.declined_by, row.decline_reason = at, by.person, reason.strip()[:200]
    row.save(update_fields=["declined_at", "declined_by", "decline_reason"])
    _record("plan_tasks.deliverable_declined", row, by, at)
    return row


@transaction.atomic
def assign_deliverable(
    *, deliverable_id: int, owner_code: str, due_date: date | None, by: Actor, on: date, at: datetime
) -> Deliverable:
    """Say which unit sets a deliverable up and by when; a duty that is still open goes to that unit with that date.

    Raises NotFound, Refusal ``plan_tasks.owner_closed``,
    ``plan_tasks.due_before_today``, and whatever the policy refuses. Records
    ``plan_tasks.deliverable_assigned``.
    """
    row = locked_deliverable(deliverable_id)
    access.permit(by, "plan_tasks.confirm_deliverables", row.plan)
    owner = org.unit(owner_code)
    if not owner.holds(on):
        raise Refusal("plan_tasks.owner_closed", f"{owner.short_name}已经撤并。", "请选择承接的单位。")
    if due_date is not None and due_date < on:
        raise Refusal("plan_tasks.due_before_today", "制定期限不能早于今天。", "请改填今天或者以后的日期。")
    row.owner, row.due_date = owner, due_date
    if row.obligation is not None and row.obligation.state == work.Obligation.State.OPEN:
        edition = edition_or_none(row.plan.code)
        assert edition is not None  # what is confirmed belongs to a published plan
        work.cancel(obligation_id=row.obligation.pk, reason="改由指定的单位按新的期限制定。", by=SYSTEM, at=at)
        row.obligation = work.owe_all([_owed(edition, row, on)], by=by, at=at)[0]
    row.save(update_fields=["owner", "due_date", "obligation"])
    _record("plan_tasks.deliverable_assigned", row, by, at)
    return row


def locked_deliverable(deliverable_id: int) -> Deliverable:
    """Return a deliverable, locked for this transaction. Raises NotFound."""
    rows = Deliverable.objects.select_for_update(of=("self",)).select_related("plan", "owner", "obligation")
    row = rows.filter(pk=deliverable_id).first()
    if row is None:
        raise NotFound("这一项制度")
    return row


def _leads(edition: Edition, on: date) -> dict[int, org.Unit]:
    """Return the first lead unit of each task, or whoever took over from it."""
    named = Assignment.objects.filter(task__edition=edition, role=Assignment.Role.LEAD, unit__isnull=False)
    found: dict[int, org.Unit] = {}
    for each in named.select_related("task", "unit__successor").order_by("task__place", "place"):
        heir = org.heir_on(each.unit, on) if each.unit else None
        if heir is not None:
            found.setdefault(each.task.place, heir)
    return found


def _owed(edition: Edition, row: Deliverable, on: date) -> work.Owed:
    limit = None
    if row.due_date is None:
        with contextlib.suppress(NotFound):
            limit = clock.limit_on(LIMIT, on)
    return work.Owed(
        kind=SET_UP,
        title=f"制定并施行{row.title}",
        unit=row.owner,
        limit=limit,
        due_date=row.due_date,
        origin=f"plan:{edition.plan.code}:{row.task_place}",
        source=f"{edition.document_no} 第{row.task_number}项".strip(),
    )


def _record(kind: str, row: Deliverable, by: Actor, at: datetime) -> None:
    facts = {"plan": row.plan.code, "number": row.number, "owner": row.owner.code if row.owner else ""}
    ledger.record(kind, subject=f"deliverable:{row.pk}", by=by, at=at, facts=facts)

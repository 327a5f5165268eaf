"""What entering a state brings with it: limits begin and end, branches open and join, a line or the dossier closes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from yingshang.kernel import org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Party
from yingshang.kernel.procedures import APPLICANT, HOLDER, LEAD, MAIN, Branch, LimitRule
from yingshang.kernel.work.deed import Deed
from yingshang.kernel.work.duties import Owed
from yingshang.kernel.work.models import Dossier, Involvement, JoinCount, Move, Step

COUNT_ONE_IN = (
    'UPDATE work_joincount SET arrived = arrived + 1 WHERE id = %s RETURNING arrived = expected, main_step_id, "join"'
)


def enter(deed: Deed, step: Step, state: str, branches: Iterable[Step] = ()) -> None:
    """Put a locked step into a state and store it, with all that follows from it; obligations follow in ``finish``.

    branches: open branch steps of the main line, locked, which end when it moves on.
    """
    definition = deed.definition
    step.state = state
    step.version += 1
    if definition.is_final(state):
        _end(deed, step, Step.Closing.FINISHED)
    step.save(update_fields=["state", "version", "closed_at", "closing"])
    begin_limits(deed, step)
    if step.branch == MAIN:
        _end_branches(deed, branches)
        _store_state(deed, step)
        open_branches(deed, step)
    elif step.closed_at is not None:
        _arrive(deed, step)


def begin_limits(deed: Deed, step: Step) -> None:
    """Add what is owed from the state on, and mark as fulfilled what the state fulfills."""
    definition = deed.definition
    deed.fulfilled |= set(definition.limits_fulfilled_by(step.state))
    deed.owed += [_limit_owed(deed, step, rule) for rule in definition.limits_begun_by(step.state)]


def open_branches(deed: Deed, main: Step) -> None:
    """Open the branches that run during the main line's state, each with its unit and its limits."""
    branches = deed.definition.branches_during(main.state)
    join = deed.definition.join_from(main.state)
    if not branches or join is None:
        return
    count = JoinCount.objects.create(
        dossier=deed.dossier, main_step=main, join=join.key, round=main.version, expected=len(join.waits_for)
    )
    units = _units_of(deed.dossier, branches)
    steps = [
        Step(
            dossier=deed.dossier,
            branch=branch.key,
            unit=units[branch.unit],
            arrives_at=count,
            state=branch.start,
            opened_at=deed.at,
        )
        for branch in branches
    ]
    Step.objects.bulk_create(steps)
    for step in steps:
        deed.note(step, Move.Kind.OPEN, step.branch, "")
        begin_limits(deed, step)


def withdraw(deed: Deed, step: Step) -> None:
    """End a locked branch without a result. It counts as arrived, so the join completes without it."""
    step.version += 1
    _end(deed, step, Step.Closing.WITHDRAWN)
    step.save(update_fields=["version", "closed_at", "closing"])
    _arrive(deed, step)


def duties_owed(deed: Deed, step: Step, keys: Iterable[str]) -> list[Owed]:
    """Return the duties that a move opens by name; a late material is due after its tolerable days."""
    return [_duty_owed(deed, step, key) for key in keys]


def _end(deed: Deed, step: Step, closing: Step.Closing) -> None:
    """Close a step; one that was closed before keeps its day (a deed after the end)."""
    step.closed_at, step.closing = step.closed_at or deed.at, closing
    deed.ended_steps.add(step.pk)


def _end_branches(deed: Deed, branches: Iterable[Step]) -> None:
    for branch in branches:
        _end(deed, branch, Step.Closing.WITHDRAWN)
        branch.version += 1
        branch.save(update_fields=["version", "closed_at", "closing"])
        deed.note(branch, Move.Kind.WITHDRAW, branch.branch, branch.state)


def _store_state(deed: Deed, main: Step) -> None:
    dossier = deed.dossier
    dossier.state = main.state
    if main.closed_at is not None:
        deed.ends_dossier = dossier.closed_at is None
        dossier.closed_at, dossier.outcome = main.closed_at, deed.definition.final[main.state]
    dossier.save(update_fields=["state", "closed_at", "outcome"])


def _arrive(deed: Deed, step: Step) -> None:
    """Count an ended branch in; the one that completes the join moves the main line on.

    The row of the count stays locked until the deed commits, so two branches
    that end at once are counted one after the other and one of them is last.
    The ORM has no UPDATE … RETURNING, hence the statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE_IN, [step.arrives_at_id])
        complete, main_id, key = cursor.fetchone()
    if not complete:
        return
    main = Step.objects.select_for_update(of=("self",)).select_related("unit").get(pk=main_id)
    join = next(join for join in deed.definition.joins if join.key == key)
    before = main.state
    enter(deed, main, join.to)
    deed.note(main, Move.Kind.JOIN, key, before)


def _limit_owed(deed: Deed, step: Step, rule: LimitRule) -> Owed:
    unit, party = _bearer(deed, step, rule.borne_by)
    return Owed(
        kind="work.limit",
        title=f"{deed.dossier.title}：{rule.title}",
        unit=unit,
        party=party,
        origin=f"procedure:{deed.definition.id}",
        limit=rule.limit,
        amount=rule.amount,
        key=rule.key,
        step=step,
        on_miss=rule.on_miss,
    )


def _duty_owed(deed: Deed, step: Step, key: str) -> Owed:
    duty = deed.definition.duties[key]
    unit, party = _bearer(deed, step, duty.borne_by)
    days = deed.definition.material(duty.material).tolerable_days if duty.material else None
    return Owed(
        kind="work.material" if duty.material else "work.duty",
        title=f"{deed.dossier.title}：{duty.title}",
        unit=unit,
        party=party,
        origin=f"procedure:{deed.definition.id}",
        limit=duty.limit or None,
        amount=days,
        key=key,
        step=step,
        on_miss=duty.on_miss,
    )


def _bearer(deed: Deed, step: Step, name: str) -> tuple[org.Unit | None, Party | None]:
    if name == APPLICANT:
        found = Involvement.objects.filter(dossier=deed.dossier, role=APPLICANT).select_related("party").first()
        if found is None:
            raise Refusal("work.no_applicant", "这一卷宗没有登记申请人，不能向申请人提出要求。", "请先登记申请人。")
        return None, found.party
    if name == HOLDER:
        return step.unit, None
    return (deed.dossier.lead_unit if name == LEAD else org.unit(name)), None


def _units_of(dossier: Dossier, branches: Iterable[Branch]) -> dict[str, org.Unit | None]:
    codes = {branch.unit for branch in branches} - {LEAD}
    units: dict[str, org.Unit | None] = {unit.code: unit for unit in org.Unit.objects.filter(code__in=codes)}
    return {**units, LEAD: dossier.lead_unit}

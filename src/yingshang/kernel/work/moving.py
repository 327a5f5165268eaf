"""The one function that moves anything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from yingshang.kernel import access, clock, procedures
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.kernel.procedures import MAIN, Definition, MoveRule
from yingshang.kernel.work.checking import check_conditions, check_facts, check_opinions
from yingshang.kernel.work.deed import Deed
from yingshang.kernel.work.entering import duties_owed, enter
from yingshang.kernel.work.models import Move, Step
from yingshang.kernel.work.opening import refuse_closed
from yingshang.kernel.work.policies import Intended


def move(
    *,
    dossier_id: int,
    do: str,
    by: Actor,
    at: datetime,
    step_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
    retry_key: str = "",
    duties: Collection[str] | None = None,
    counts_as_of: date | None = None,
) -> Move:
    """Make one move of a dossier's procedure and return its row.

    do: the move's name. step_id: which step; left out, the open step where
    this move is possible. facts: what the procedure needs, by key.
    expected_version: of the step, as the person saw it. retry_key: names this
    attempt; the same key again returns the row of the first time and does
    nothing. duties: of those that the move may open or fulfill, these alone;
    left out, all. counts_as_of: the earlier day on which it was done on paper;
    limits that it begins count from there.
    Raises NotFound; Stale when somebody moved the step first; whatever the
    policy ``work.move`` refuses; Refusal ``work.dossier_closed``,
    ``work.not_possible_now``, ``work.fact_missing``, ``work.check_not_installed``,
    ``work.opinions_missing``, ``work.opinions_differ`` and what a condition
    answers. Nothing is stored then.
    Records ``work.moved``; tells ``work.dossier_moved`` and what became of
    obligations. Statements: 12 with one limit fulfilled and one begun.
    """
    return _move(
        dossier_id=dossier_id,
        do=do,
        by=by,
        at=at,
        step_id=step_id,
        facts=facts or {},
        expected_version=expected_version,
        retry_key=retry_key,
        duties=duties,
        since=counts_as_of,
    )


def move_by_clock(*, dossier_id: int, step_id: int, do: str, at: datetime, since: date, retry_key: str) -> Move:
    """Make the move that a missed limit brings; limits that it begins count from ``since``. See ``move``."""
    return _move(
        dossier_id=dossier_id,
        do=do,
        by=SYSTEM,
        at=at,
        step_id=step_id,
        facts={},
        retry_key=retry_key,
        since=since,
        by_clock=True,
    )


@transaction.atomic
def _move(
    *,
    dossier_id: int,
    do: str,
    by: Actor,
    at: datetime,
    step_id: int | None,
    facts: Mapping[str, Any],
    expected_version: int | None = None,
    retry_key: str = "",
    since: date | None = None,
    by_clock: bool = False,
    duties: Collection[str] | None = None,
) -> Move:
    steps = _steps_of(dossier_id, retry_key)
    if retry_key and steps[0].made is not None:  # type: ignore[attr-defined]
        return Move.objects.get(pk=steps[0].made)  # type: ignore[attr-defined]
    dossier = steps[0].dossier
    assert dossier.procedure is not None  # it has steps
    definition = procedures.frozen(dossier.procedure)
    step = _chosen(steps, definition, do, step_id)
    branches = [other for other in steps if step.branch == MAIN and other.branch != MAIN and other.closed_at is None]
    if not _locked_as_read([step, *branches]):
        # The one who was first may have been this very attempt, sent twice.
        return _made_before(dossier_id, retry_key)
    if expected_version not in {None, step.version}:
        raise Stale
    rule = definition.move_from(step.state, do)
    if rule is None or (step.closed_at is not None and not rule.afterwards):
        refuse_closed(dossier)
        raise _not_possible(definition, step, do)
    access.permit(by, "work.move", Intended(step, rule, by_clock))
    check_facts(rule.title, rule.needs, facts)
    checks = check_conditions(dossier.pk, rule)
    check_opinions(definition, step, rule)
    return _made(
        Deed(dossier, definition, by, at, since or clock.beijing_date(at)),
        step,
        rule,
        branches,
        facts,
        retry_key,
        checks,
        duties,
    )


def _made(
    deed: Deed,
    step: Step,
    rule: MoveRule,
    branches: list[Step],
    facts: Mapping[str, Any],
    retry_key: str,
    checks: Any,
    duties: Collection[str] | None,
) -> Move:
    before = step.state
    earlier = deed.since != clock.beijing_date(deed.at)
    step.state = rule.to
    deed.note(
        step,
        Move.Kind.CLOCK if deed.by is SYSTEM else Move.Kind.MOVE,
        rule.do,
        before,
        facts=dict(facts),
        retry_key=retry_key or None,
        counts_as_of=deed.since if earlier else None,
    )
    deed.checks = [check_row(deed.moves[0]) for check_row in checks]
    deed.fulfilled |= set(rule.fulfills if duties is None else duties) & set(rule.fulfills)
    deed.owed += duties_owed(deed, step, [key for key in rule.opens if duties is None or key in duties])
    enter(deed, step, rule.to, branches)
    return deed.finish()


def _steps_of(dossier_id: int, retry_key: str) -> list[Step]:
    """Return the dossier's steps, unlocked, the main line first, with the move that this attempt already made."""
    rows = Step.objects.filter(dossier_id=dossier_id)
    rows = rows.select_related("unit", "dossier__procedure")
    # The text of the version is long, and this process has mostly read it before.
    rows = rows.defer("dossier__procedure__canonical")
    if retry_key:
        made = Move.objects.filter(dossier_id=OuterRef("dossier_id"), retry_key=retry_key).values("pk")
        rows = rows.annotate(made=Subquery(made))
    steps = sorted(rows, key=lambda step: step.pk)
    if not steps:
        raise NotFound("这一卷宗")
    return steps


def _made_before(dossier_id: int, retry_key: str) -> Move:
    made = Move.objects.filter(dossier_id=dossier_id, retry_key=retry_key).first() if retry_key else None
    if made is None:
        raise Stale
    return made


def _chosen(steps: list[Step], definition: Definition, do: str, step_id: int | None) -> Step:
    if step_id is not None:
        chosen = next((step for step in steps if step.pk == step_id), None)
        if chosen is None:
            raise NotFound("这一步")
        return chosen
    open_steps = [step for step in steps if step.closed_at is None]
    fitting = [step for step in open_steps if definition.move_from(step.state, do)]
    return fitting[0] if fitting else steps[0]


def _locked_as_read(steps: list[Step]) -> bool:
    """Lock the steps, branches before the main line, and return whether they still are as they were read.

    A branch that completes a join locks itself and then the main line; the
    same order here means that the two never wait for each other.
    """
    rows = Step.objects.select_for_update().filter(pk__in=[step.pk for step in steps])
    if len(steps) > 1:
        rows = rows.order_by("-pk")
    return dict(rows.values_list("pk", "version")) == {step.pk: step.version for step in steps}


def _not_possible(definition: Definition, step: Step, do: str) -> Refusal:
    possible = "、".join(rule.title for rule in definition.moves_from(step.state)) or "没有"
    return Refusal(
        "work.not_possible_now",
        f"现在处于“{definition.title_of(step.state)}”，不能办理“{definition.title_of_move(do)}”。",
        f"现在可以办理：{possible}。",
    )

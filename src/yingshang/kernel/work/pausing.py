"""Pausing, resuming and extending the limits of a dossier, as its procedure allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import access, clock, ledger, procedures
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.procedures import Definition, PauseRule
from yingshang.kernel.work.checking import check_facts
from yingshang.kernel.work.models import Dossier, Move, Obligation, Step
from yingshang.kernel.work.policies import ClockDeed
from yingshang.kernel.work.striking import strike


@transaction.atomic
def pause(
    *,
    dossier_id: int,
    key: str,
    by: Actor,
    at: datetime,
    on: date | None = None,
    until: date | None = None,
    facts: Mapping[str, Any] | None = None,
) -> list[Obligation]:
    """Stop the limits that a pause of the procedure stops; return their obligations with the new dates.

    key: of the pause. on: first day that does not count, the Beijing date of
    ``at`` if left out; an earlier day is marked as entered late, and strikes
    through a first-overdue fact that it proves wrong. until: last day that
    does not count, if known.
    Raises NotFound, whatever the policy ``work.pause`` refuses, Refusal
    ``work.nothing_runs``, ``work.fact_missing`` and what the clock refuses.
    Records ``work.clock_changed``.
    """
    dossier, definition = _dossier(dossier_id)
    rule = _pause_rule(definition, key)
    held = _held(dossier, rule.stops, rule.title)
    access.permit(by, "work.pause", ClockDeed(_step_of(held), rule))
    check_facts(rule.title, rule.needs, facts or {})
    source = next((s.text for s in definition.sources if s.key == rule.source), "")
    day = on or clock.beijing_date(at)

    def stop(obligation: Obligation) -> clock.Recount:
        return clock.pause(
            _clock_of(obligation), on=day, until=until, by=by, at=at, reason=rule.title, kind=key, source=source
        )

    return _changed(dossier, held, stop, Move.Kind.PAUSE, key, by, at, facts or {})


@transaction.atomic
def resume(*, dossier_id: int, key: str, by: Actor, at: datetime, on: date | None = None) -> list[Obligation]:
    """Let paused limits go on; ``on`` is the first day that may count again. See ``pause``."""
    dossier, definition = _dossier(dossier_id)
    rule = _pause_rule(definition, key)
    held = _held(dossier, rule.stops, rule.title)
    access.permit(by, "work.pause", ClockDeed(_step_of(held), rule))
    day = on or clock.beijing_date(at)

    def go_on(obligation: Obligation) -> clock.Recount:
        return clock.resume(_clock_of(obligation), on=day, by=by, at=at)

    return _changed(dossier, held, go_on, Move.Kind.RESUME, key, by, at, {})


@transaction.atomic
def extend(
    *, dossier_id: int, key: str, by: Actor, at: datetime, reason: str, on: date | None = None
) -> list[Obligation]:
    """Lengthen a limit by the extension ``key`` of the procedure, granted by the post that it names.

    on: the day it was granted, the Beijing date of ``at`` if left out.
    Raises NotFound, whatever the policy ``work.extend`` refuses, Refusal
    ``work.nothing_runs``, ``work.fact_missing`` and what the clock refuses
    (too late, too often). Records ``work.clock_changed``.
    """
    dossier, definition = _dossier(dossier_id)
    rule = definition.limits.get(key)
    if rule is None or not rule.extends:
        raise NotFound("这项延长")
    held = _held(dossier, [rule.extends], rule.title)
    access.permit(by, "work.extend", ClockDeed(_step_of(held), rule))
    check_facts(rule.title, {"reason": "理由"}, {"reason": reason.strip()})

    def lengthen(obligation: Obligation) -> clock.Recount:
        day = on or clock.beijing_date(at)
        return clock.extend(_clock_of(obligation), on=day, by=by, at=at, approved_by=by.person, reason=reason)

    return _changed(dossier, held, lengthen, Move.Kind.EXTEND, key, by, at, {"reason": reason})


def _dossier(dossier_id: int) -> tuple[Dossier, Definition]:
    dossier = Dossier.objects.select_related("procedure", "lead_unit").filter(pk=dossier_id).first()
    if dossier is None or dossier.procedure is None:
        raise NotFound("这一卷宗")
    return dossier, procedures.frozen(dossier.procedure)


def _pause_rule(definition: Definition, key: str) -> PauseRule:
    if key not in definition.pauses:
        raise NotFound("这项停止计时的环节")
    return definition.pauses[key]


def _held(dossier: Dossier, keys: Iterable[str], title: str) -> list[Obligation]:
    """Lock the steps and the open obligations of some limits, in this order, and return the obligations."""
    rows = Obligation.objects.filter(
        dossier=dossier, key__in=list(keys), state=Obligation.State.OPEN, clock__isnull=False
    )
    steps = rows.values_list("step_id", flat=True)
    list(Step.objects.select_for_update().filter(pk__in=list(steps)).order_by("-pk"))
    held = list(rows.select_for_update(of=("self",)).select_related("clock", "step__unit").order_by("pk"))
    if not held:
        raise Refusal(
            "work.nothing_runs", f"“{title}”涉及的时限现在没有在计时。", "不需要办理。请刷新页面查看最新情况。"
        )
    return held


def _step_of(held: list[Obligation]) -> Step:
    step = held[0].step
    assert step is not None  # an obligation with a key belongs to a step
    return step


def _clock_of(obligation: Obligation) -> int:
    assert obligation.clock_id is not None  # _held takes no other
    return obligation.clock_id


def _changed(
    dossier: Dossier,
    held: list[Obligation],
    change: Callable[[Obligation], clock.Recount],
    kind: Move.Kind,
    key: str,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any],
) -> list[Obligation]:
    said = []
    for obligation in held:
        recount = change(obligation)
        said.append(recount.sentence)
        obligation.refresh_from_db(fields=["due_date", "due_at"])
        strike(obligation, recount, by=by, at=at)
    step = _step_of(held)
    Move.objects.create(
        dossier=dossier,
        step=step,
        kind=kind,
        do=key,
        branch=step.branch,
        unit_id=step.unit_id,
        from_state=step.state,
        to_state=step.state,
        by=by.person,
        at=at,
        facts=dict(facts),
    )
    if not dossier.is_sealed:
        what = f"{kind.label}。{''.join(said)}"
        ledger.record("work.clock_changed", subject=f"dossier:{dossier.pk}", by=by, at=at, facts={"what": what})
    return held

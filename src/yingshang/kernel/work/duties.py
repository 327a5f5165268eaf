"""Owing, fulfilling, cancelling.

The deed that opens an obligation belongs to the caller, who has permitted it.
Fulfilling and cancelling have policies of their own here.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, events, ledger, org, registry
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.kernel.work.models import Dossier, Obligation, Step


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One duty about to be opened; see ``owe`` for its parts.

    since: the day its period began, where that is not the day it is opened
    (a deemed result). key, step, on_miss: set by the engine for what a
    procedure opens.
    """

    kind: str
    title: str
    unit: org.Unit | None = None
    party: Party | None = None
    dossier: Dossier | None = None
    origin: str = ""
    limit: str | clock.Limit | None = None
    due_date: date | None = None
    amount: int | None = None
    source: str = ""
    watched: bool = True
    sealed: bool = False
    since: date | None = None
    key: str = ""
    step: Step | None = None
    on_miss: str = ""


@transaction.atomic
def owe(
    *,
    kind: str,
    title: str,
    by: Actor,
    at: datetime,
    unit: org.Unit | str | None = None,
    party: Party | None = None,
    dossier: Dossier | None = None,
    origin: str = "",
    limit: str | clock.Limit | None = None,
    due_date: date | None = None,
    amount: int | None = None,
    source: str = "",
    watched: bool = True,
    sealed: bool = False,
) -> Obligation:
    """Open one obligation and return it.

    kind: declared under ``obligations`` in a manifest. unit (or its code) or
    party: who owes; exactly one. limit: code or edition, counted from the
    Beijing date of ``at``; or due_date: the last day on time; neither: not
    dated yet (gray lamp). origin: what it came from, ``plan_tasks:12``.
    watched: supervision sees it. sealed: nobody else's list shows it.
    Raises ValueError for a caller's defect, NotFound for an unknown unit or
    limit. Records ``work.obligation_opened`` and tells it, unless sealed.
    """
    bearer = org.unit(unit) if isinstance(unit, str) else unit
    owed = Owed(
        kind=kind,
        title=title,
        unit=bearer,
        party=party,
        dossier=dossier,
        origin=origin,
        limit=limit,
        due_date=due_date,
        amount=amount,
        source=source,
        watched=watched,
        sealed=sealed,
    )
    return owe_all([owed], by=by, at=at)[0]


@transaction.atomic
def owe_all(duties: Sequence[Owed], *, by: Actor, at: datetime) -> list[Obligation]:
    """Open several obligations of one deed, in the order given; see ``owe``.

    Statements: fixed, whatever their number.
    """
    opened = insert(duties, by=by, at=at)
    public = [obligation for obligation in opened if not obligation.is_sealed]
    ledger.record_all(
        "work.obligation_opened",
        [
            (f"obligation:{each.pk}", {"kind": each.kind, "due": _iso(each.due_date), "origin": each.origin})
            for each in public
        ],
        by=by,
        at=at,
    )
    events.tell_all([told_opened(obligation) for obligation in public], at=at)
    return opened


def insert(duties: Sequence[Owed], *, by: Actor, at: datetime) -> list[Obligation]:
    """Write the rows: at most three statements for all. Records and tells nothing."""
    for owed in duties:
        if (owed.unit is None) == (owed.party is None):
            raise ValueError("an obligation is borne by a unit or by a party, one of the two")
    _must_be_declared({owed.kind for owed in duties})
    clocks = iter(clock.start_all([_start(owed, at) for owed in duties if _is_dated(owed)]))
    rows = [_row(owed, next(clocks) if _is_dated(owed) else None, by, at) for owed in duties]
    return Obligation.objects.bulk_create(rows) if rows else []


def told_opened(obligation: Obligation) -> events.Telling:
    """Return the fact that an obligation was opened."""
    return events.Telling("work.obligation_opened", {"obligation_id": obligation.pk, "kind": obligation.kind})


@transaction.atomic
def fulfill(*, obligation_id: int, by: Actor, at: datetime, evidence: str = "") -> Obligation:
    """Mark an obligation fulfilled and return it. Late or not is seen from its dates.

    evidence: what shows it, e.g. ``document:ab12…``. Raises NotFound, whatever
    the policy ``work.fulfill_obligation`` refuses, and Refusal
    ``work.obligation_closed``. Records and tells ``work.obligation_fulfilled``.
    """
    obligation = _locked(obligation_id)
    access.permit(by, "work.fulfill_obligation", obligation)
    _refuse_closed(obligation)
    return _close(obligation, Obligation.State.FULFILLED, by, at, evidence)


@transaction.atomic
def cancel(*, obligation_id: int, by: Actor, at: datetime, reason: str) -> Obligation:
    """Take back an obligation that should not be owed (any longer) and return it; it counts in no rate.

    Raises NotFound, whatever the policy ``work.cancel_obligation`` refuses,
    Refusal ``work.obligation_closed`` and ``work.reason_missing``. Records
    ``work.obligation_cancelled``.
    """
    obligation = _locked(obligation_id)
    access.permit(by, "work.cancel_obligation", obligation)
    _refuse_closed(obligation)
    if not reason.strip():
        raise Refusal("work.reason_missing", "撤销应办事项要写明原因。", "请填写原因后再提交。")
    return _close(obligation, Obligation.State.CANCELLED, by, at, reason)


def _is_dated(owed: Owed) -> bool:
    return owed.limit is not None or owed.due_date is not None


def _start(owed: Owed, at: datetime) -> clock.Start:
    on = owed.since or clock.beijing_date(at)
    return clock.Start(on=on, limit=owed.limit, due_date=owed.due_date, amount=owed.amount, at=at)


def _row(owed: Owed, running: clock.Clock | None, by: Actor, at: datetime) -> Obligation:
    if running is not None and running.limit is not None and running.limit.bound == clock.Limit.Bound.AT_LEAST:
        raise ValueError(f"{running.limit.code} is a minimum: it must pass, nobody owes it")
    return Obligation(
        kind=owed.kind,
        title=owed.title[:200],
        unit=owed.unit,
        party=owed.party,
        dossier=owed.dossier,
        step=owed.step,
        key=owed.key,
        origin=owed.origin,
        source=owed.source or (running.limit.source if running and running.limit else ""),
        is_watched=owed.watched,
        is_sealed=owed.sealed,
        on_miss=owed.on_miss,
        clock=running,
        due_date=running.due_date if running else None,
        due_at=running.due_at if running else None,
        opened_at=at,
        opened_by=by.person,
    )


def _must_be_declared(kinds: Set[str]) -> None:
    known = {name for manifest in registry.capabilities() for name in manifest.obligations}
    for kind in sorted(kinds - known):
        raise ValueError(f"no manifest declares the kind of obligation “{kind}”.{registry.nearest(kind, known)}")


def _locked(obligation_id: int) -> Obligation:
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("unit", "party", "dossier")
    obligation = rows.filter(pk=obligation_id).first()
    if obligation is None:
        raise NotFound("这项应办事项")
    return obligation


def _refuse_closed(obligation: Obligation) -> None:
    if obligation.state != Obligation.State.OPEN:
        assert obligation.closed_at is not None  # held by a constraint of the table
        closed = clock.beijing_date(obligation.closed_at)
        raise Refusal(
            "work.obligation_closed",
            f"“{obligation.title}”已于{closed:%Y年%m月%d日}{obligation.get_state_display()}。",
            "不需要再办理。请刷新页面查看最新情况。",
        )


def _close(obligation: Obligation, state: Obligation.State, by: Actor, at: datetime, evidence: str) -> Obligation:
    obligation.state, obligation.closed_at, obligation.closed_by = state, at, by.person
    obligation.evidence = evidence[:400]
    obligation.save(update_fields=["state", "closed_at", "closed_by", "evidence"])
    if obligation.is_sealed:
        return obligation
    done = state == Obligation.State.FULFILLED
    ledger.record(
        "work.obligation_fulfilled" if done else "work.obligation_cancelled",
        subject=f"obligation:{obligation.pk}",
        by=by,
        at=at,
        facts={"kind": obligation.kind, "due": _iso(obligation.due_date), "on": _iso(clock.beijing_date(at))},
    )
    if done:
        events.tell("work.obligation_fulfilled", at=at, obligation_id=obligation.pk, kind=obligation.kind)
    return obligation


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

"""Start, pause, resume and extend a clock.

Other packages call these inside their own deeds: they permit and record there.
A clock's row is locked after the step and the obligation it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from yingshang.kernel.clock.models import Clock, Extension, Limit, Pause
from yingshang.kernel.clock.reckoning import reckon
from yingshang.kernel.clock.refusals import (
    amount_out_of_range,
    refuse_extension,
    refuse_hold,
    refuse_pause,
    refuse_resumption,
)
from yingshang.kernel.clock.snapshot import Snapshot, snapshot
from yingshang.kernel.clock.timepiece import BEIJING, beijing_date
from yingshang.kernel.parties import Actor


@dataclass(frozen=True, slots=True)
class Recount:
    """What a pause, a resumption, an extension or a new calendar did to a clock.

    before, after: due dates; None while a pause is open.
    entered_late: the deed took effect on an earlier day than it was entered,
        so what was said about this clock in between may have been wrong.
    """

    clock: Clock
    before: date | None
    after: date | None
    entered_late: bool = False

    @property
    def sentence(self) -> str:
        """The change in words for the person who reads the history."""
        late = "（事后补录，已重新计算）" if self.entered_late else ""
        if self.after is None:
            return f"已停止计时{late}。"
        if self.before == self.after:
            return f"到期日仍为{_in_words(self.after)}{late}。"
        was = f"原为{_in_words(self.before)}" if self.before else "原已停止计时"
        return f"到期日为{_in_words(self.after)}，{was}{late}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A clock about to be started; its parts are those of ``start``."""

    on: date
    limit: str | Limit | None = None
    due_date: date | None = None
    amount: int | None = None
    at: datetime | None = None


def start(
    *,
    on: date,
    by: Actor,
    limit: str | Limit | None = None,
    due_date: date | None = None,
    amount: int | None = None,
    at: datetime | None = None,
) -> Clock:
    """Start a clock and return it with its due date. Two statements.

    on: the day of the event, Beijing date; not counted. For a limit that
        counts backwards, the day of what is to come.
    limit: code (the edition of that day is taken) or an edition; or
    due_date: the last day on time, as a text or an agreement names it.
    amount: for this matter, where the limit leaves a range.
    at: the moment of the event; a limit in hours counts from it, or from 00:00.
    Raises Refusal ``clock.amount_out_of_range`` and NotFound for an unknown limit.
    """
    clock = _begun(Start(on=on, limit=limit, due_date=due_date, amount=amount, at=at), snapshot())
    clock.save(force_insert=True)
    return clock


def start_all(starts: Sequence[Start]) -> list[Clock]:
    """Start several clocks and return them in the order given; see ``start``. Two statements for all."""
    now = snapshot()
    return Clock.objects.bulk_create([_begun(each, now) for each in starts]) if starts else []


def _begun(start: Start, now: Snapshot) -> Clock:
    """Return a clock with its due date, not saved yet."""
    if (start.limit is None) == (start.due_date is None):
        raise ValueError("a clock runs by a limit or to a date, one of the two")
    edition = now.limit_on(start.limit, start.on) if isinstance(start.limit, str) else start.limit
    if start.amount is not None and edition is not None:
        amount_out_of_range(edition, start.amount)
    clock = Clock(limit=edition, agreed_date=start.due_date, amount=start.amount, started_on=start.on)
    if edition is not None and edition.unit == Limit.Unit.HOUR:
        day = start.on
        clock.started_at = start.at or datetime(day.year, day.month, day.day, tzinfo=BEIJING)
    found = reckon(clock, now.calendar)
    clock.due_date, clock.due_at, clock.provisional = found.date, found.at, found.provisional
    return clock


@transaction.atomic
def pause(
    clock_id: int,
    *,
    on: date,
    by: Actor,
    at: datetime,
    reason: str,
    kind: str = "",
    source: str = "",
    until: date | None = None,
) -> Recount:
    """Stop a clock from a day on, that day included; return what changed.

    until: last day that does not count, where it is known; the clock then
        goes on by itself the day after. Without it the clock stands until
        ``resume``, and nothing is due meanwhile.
    at: when this is entered; a pause entered after its first day is marked.
    Raises Refusal ``clock.fixed_date``, ``clock.already_paused``,
    ``clock.before_start``, ``clock.already_over``.
    """
    clock = _locked(clock_id)
    refuse_pause(clock, on, until)
    Pause.objects.create(
        clock=clock,
        first_day=on,
        last_day=until,
        kind=kind,
        reason=reason,
        source=source,
        entered_at=at,
        entered_by=by.person,
    )
    return _recounted(clock, entered_late=on < beijing_date(at), paused_since=on if until is None else None)


@transaction.atomic
def hold(clock_id: int, *, on: date, by: Actor, at: datetime, reason: str) -> Recount:
    """Let a clock stand while somebody else looks at what its bearer handed in; return what changed.

    Like a pause without a last day, and for fixed dates too: such a date comes
    back unmoved with ``resume``, but nothing is due, or late, meanwhile.
    Raises Refusal ``clock.already_paused``, ``clock.before_start``, ``clock.already_over``.
    """
    clock = _locked(clock_id)
    refuse_hold(clock, on)
    Pause.objects.create(
        clock=clock, first_day=on, kind="hold", reason=reason[:200], entered_at=at, entered_by=by.person
    )
    return _recounted(clock, entered_late=on < beijing_date(at), paused_since=on)


@transaction.atomic
def resume(clock_id: int, *, on: date, by: Actor, at: datetime) -> Recount:
    """Let a paused clock go on; ``on`` is the first day that may count again. Return what changed.

    Raises Refusal ``clock.not_paused``, ``clock.resumed_too_early``.
    """
    clock = _locked(clock_id)
    refuse_resumption(clock, on)
    Pause.objects.filter(clock=clock, last_day=None).update(last_day=on - timedelta(days=1))
    return _recounted(clock, entered_late=on < beijing_date(at), paused_since=None)


@transaction.atomic
def extend(
    clock_id: int,
    *,
    on: date,
    by: Actor,
    at: datetime,
    approved_by: str,
    reason: str,
    amount: int | None = None,
    due_date: date | None = None,
) -> Recount:
    """Lengthen a clock as often as the text allows and with the approval it asks for; return what changed.

    on: the day the extension was granted; it must not be after the last day.
    amount: in the unit of the limit; the whole extension if left out.
    due_date: the later last day, for a clock that runs to an agreed date.
    Raises Refusal ``clock.no_extension``, ``clock.already_extended``,
    ``clock.approval_missing``, ``clock.already_over``, ``clock.not_later``,
    ``clock.amount_out_of_range``.
    """
    clock = _locked(clock_id)
    rule = snapshot().extension_of(clock.limit, clock.started_on) if clock.limit else None
    refuse_extension(clock, rule, on=on, approved_by=approved_by, due_date=due_date)
    if rule is not None and amount is not None:
        amount_out_of_range(rule, amount)
    Extension.objects.create(
        clock=clock,
        limit=rule,
        amount=None if rule is None else amount or rule.amount,
        agreed_date=due_date if rule is None else None,
        approved_by=approved_by,
        reason=reason,
        granted_on=on,
        entered_at=at,
        entered_by=by.person,
    )
    return _recounted(clock, entered_late=on < beijing_date(at), paused_since=clock.paused_since)


def _locked(clock_id: int) -> Clock:
    return Clock.objects.select_for_update(of=("self",)).select_related("limit").get(pk=clock_id)


def _recounted(clock: Clock, *, entered_late: bool, paused_since: date | None) -> Recount:
    before = clock.due_date
    found = reckon(clock, snapshot().calendar, clock.pauses.all(), clock.extensions.all())
    clock.paused_since, clock.provisional = paused_since, found.provisional
    clock.due_date, clock.due_at = (found.date, found.at) if paused_since is None else (None, None)
    clock.save(update_fields=["paused_since", "provisional", "due_date", "due_at"])
    return Recount(clock, before, clock.due_date, entered_late)


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

"""The moves of finished matters as the event log that evaluation reads: one trace a dossier, one at a time.

Sealed dossiers and what units do that report only counts are never in it.
Pauses are the days that the clock left out, so that a pause entered late
counts as it counted for the time limit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from yingshang.kernel import clock, procedures
from yingshang.kernel.work.models import Dossier, Move, Obligation

BATCH = 2000
"""Rows fetched at once from the server-side cursor."""


@dataclass(frozen=True)
class Stretch:
    """From which moves to which a matter is looked at, by their ``do``; empty: from its opening, to its close."""

    begins: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()


WHOLE = Stretch()


class TraceEvent(NamedTuple):
    """One move. do: its name; title: what it is called in the procedure; unit: code, empty for none."""

    do: str
    title: str
    unit: str
    at: datetime


class Named(NamedTuple):
    """A procedure: its id, its title, and ``(do, kind, from_state)`` → what a move is called."""

    subject: str
    title: str
    name: Callable[[str, str, str], str]


@dataclass(frozen=True)
class Trace:
    """One dossier's moves in the stretch, oldest first, with the pauses and the limit that ended with it.

    no: the dossier's own number, empty for none. subject: id of its procedure,
    empty for none. pauses: (from, to), apart from each other. due: the matter
    was late if its last event came after it. Of limits that ended in the
    stretch it is the one that was missed first; if none was, the last of them,
    and not before the last event, which no limit spoke of. None without limits.
    """

    dossier_id: int
    no: str
    kind: str
    subject: str
    subject_title: str
    events: tuple[TraceEvent, ...]
    pauses: tuple[tuple[datetime, datetime], ...]
    due: datetime | None


def traces(
    first: date,
    last: date,
    *,
    kinds: Collection[str],
    subjects: Collection[str] = (),
    stretch: Stretch = WHOLE,
) -> Iterator[Trace]:
    """Yield the matters whose stretch ended between two Beijing dates, by dossier.

    kinds: of dossiers. subjects: ids of procedures; all if empty. A matter
    that never made a move which begins or ends the stretch is not among them.
    Two server-side cursors, read in step: memory holds one batch of each.
    """
    ended = _ended(first, last, kinds, subjects, stretch)
    known: dict[int | None, Named] = {}
    with transaction.atomic():
        limits = groupby(_limits(ended), key=lambda row: row["dossier_id"])
        waiting = next(limits, None)
        for dossier_id, rows in groupby(_moves(ended), key=lambda row: row["dossier_id"]):
            moves = list(rows)
            while waiting is not None and waiting[0] < dossier_id:
                waiting = next(limits, None)
            held = list(waiting[1]) if waiting is not None and waiting[0] == dossier_id else []
            if (found := _trace(moves, held, stretch, _end_of(last), known)) is not None:
                yield found


def unfinished(last: date, *, kinds: Collection[str], subjects: Collection[str] = ()) -> int:
    """Return how many matters had begun by the end of a day and had not ended: `traces` cannot speak of them yet."""
    end = _end_of(last)
    return _open_to_all(kinds, subjects).filter(Q(closed_at=None) | Q(closed_at__gte=end), opened_at__lt=end).count()


def subjects_of(kinds: Collection[str]) -> list[tuple[str, str]]:
    """Return (id, title) of the procedures under which dossiers of some kinds run, by title. Queries: 1."""
    rows = _open_to_all(kinds, ()).filter(procedure__isnull=False).order_by("procedure__procedure_id", "-procedure_id")
    named = rows.distinct("procedure__procedure_id").values_list("procedure__procedure_id", "procedure__title")
    return sorted(named, key=lambda row: row[1])


def _open_to_all(kinds: Collection[str], subjects: Collection[str]) -> QuerySet[Dossier]:
    found = Dossier.objects.filter(kind__in=list(kinds), is_sealed=False).exclude(lead_unit__counts_only=True)
    return found.filter(procedure__procedure_id__in=list(subjects)) if subjects else found


def _ended(
    first: date, last: date, kinds: Collection[str], subjects: Collection[str], stretch: Stretch
) -> QuerySet[Dossier]:
    found, window = _open_to_all(kinds, subjects), (_start_of(first), _end_of(last))
    if not stretch.ends:
        return found.filter(closed_at__gte=window[0], closed_at__lt=window[1])
    ends = Move.objects.filter(dossier=OuterRef("pk"), do__in=stretch.ends, at__gte=window[0], at__lt=window[1])
    return found.filter(Exists(ends))


def _moves(ended: QuerySet[Dossier]) -> Iterator[dict[str, Any]]:
    rows = Move.objects.filter(dossier__in=ended.values("pk")).exclude(unit__counts_only=True)
    columns = ("dossier_id", "do", "kind", "from_state", "at", "unit__code", "dossier__no", "dossier__kind")
    more = ("dossier__procedure_id", "dossier__closed_at")
    yield from rows.order_by("dossier_id", "pk").values(*columns, *more).iterator(chunk_size=BATCH)


def _limits(ended: QuerySet[Dossier]) -> Iterator[dict[str, Any]]:
    """The limits of units with their pauses: a row for each pause, one for a limit without."""
    rows = Obligation.objects.filter(dossier__in=ended.values("pk"), unit__isnull=False, clock__isnull=False)
    rows = rows.filter(is_sealed=False)
    columns = ("dossier_id", "state", "due_date", "closed_at", "clock__pauses__first_day", "clock__pauses__last_day")
    yield from rows.order_by("dossier_id", "pk").values(*columns).iterator(chunk_size=BATCH)


def _trace(
    moves: list[dict[str, Any]],
    held: list[dict[str, Any]],
    stretch: Stretch,
    end: datetime,
    known: dict[int | None, Named],
) -> Trace | None:
    row = moves[0]
    closed = row["dossier__closed_at"] or end
    # What is done to a matter after its end (a license is revoked) is not the handling of it.
    within = _cut([move for move in moves if move["at"] <= closed], stretch)
    if not within:
        return None
    version = row["dossier__procedure_id"]
    subject, title, name = known.setdefault(version, known.get(version) or _named(version))
    events = tuple(
        TraceEvent(move["do"], name(move["do"], move["kind"], move["from_state"]), move["unit__code"] or "", move["at"])
        for move in within
    )
    return Trace(
        row["dossier_id"],
        row["dossier__no"] or "",
        row["dossier__kind"],
        subject,
        title,
        events,
        _pauses(held, min(closed, end)),
        _due(held, within[-1]["at"]),
    )


def _cut(moves: list[dict[str, Any]], stretch: Stretch) -> list[dict[str, Any]]:
    """Return the moves from the first that begins the stretch to the first after it that ends it; none without both."""
    start = next(
        (place for place, move in enumerate(moves) if not stretch.begins or move["do"] in stretch.begins), None
    )
    if start is None:
        return []
    if not stretch.ends:
        return moves[start:]
    stop = next((place for place in range(start, len(moves)) if moves[place]["do"] in stretch.ends), None)
    return [] if stop is None else moves[start : stop + 1]


def _pauses(held: list[dict[str, Any]], end: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Return the paused days of all limits as stretches that lie apart; one that is still open lasts to the end."""
    found = sorted(
        (_start_of(row["clock__pauses__first_day"]), _last_of(row, end))
        for row in held
        if row["clock__pauses__first_day"] is not None
    )
    joined: list[tuple[datetime, datetime]] = []
    for since, until in found:
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        elif since < until:
            joined.append((since, until))
    return tuple(joined)


def _last_of(row: dict[str, Any], end: datetime) -> datetime:
    last = row["clock__pauses__last_day"]
    return end if last is None else _end_of(last)


def _due(held: list[dict[str, Any]], ended_at: datetime) -> datetime | None:
    """Return what `Trace.due` is."""
    limits = {
        (row["closed_at"], _end_of(row["due_date"]))
        for row in held
        if row["state"] == Obligation.State.FULFILLED and row["due_date"] and row["closed_at"] <= ended_at
    }
    missed = [due for closed, due in limits if closed >= due]
    if missed:
        return min(missed)
    return max(ended_at, *(due for _, due in limits)) if limits else None


def _named(version_id: int | None) -> Named:
    """Return what a version of a procedure and its moves are called."""
    kinds = dict(Move.Kind.choices)
    if version_id is None:
        return Named("", "", lambda _do, kind, _state: str(kinds[kind]))
    version = procedures.ProcedureVersion.objects.get(pk=version_id)
    definition = procedures.frozen(version)

    def name(do: str, kind: str, state: str) -> str:
        return str(kinds[kind]) if kind == Move.Kind.OPEN else definition.title_of_move(do, state)

    return Named(version.procedure_id, version.title, name)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.BEIJING)


def _end_of(day: date) -> datetime:
    return _start_of(day + timedelta(days=1))

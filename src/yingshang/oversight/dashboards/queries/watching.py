"""From obligations to what the dashboards count: one read, a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from django.db.models import Q, QuerySet

from yingshang.kernel import access, clock, org, work
from yingshang.kernel.parties import Actor
from yingshang.oversight.dashboards.rules import Watched

MONTHS = 12
WEEK = timedelta(days=7)


class _Row(NamedTuple):
    """The columns that are read of an obligation."""

    pk: int
    kind: str
    title: str
    unit_id: int
    clock_id: int | None
    source: str
    state: str
    opened_at: datetime
    closed_at: datetime | None
    due_date: date | None
    first_overdue_on: date | None


@dataclass(frozen=True)
class Seen:
    """What was read: the duties, the units they belong to by code, the months, the sections in their order."""

    duties: Sequence[Watched]
    units: Mapping[str, org.Unit]
    months: Sequence[date]
    sections: Sequence[str]


def read(actor: Actor, on: date) -> Seen:
    """Return the duties of units that an actor may see: open ones, and those closed within the last twelve months.

    A duty is an obligation of its own; a limit of a running case is none.
    Sealed ones, cancelled ones, and those of units that only report counts are
    left out. Queries: 9, whatever the number of duties; 2 more where a clock
    stands still.
    """
    rows = access.visible(actor, "work.see_obligation").filter(unit__counts_only=False)
    return _read(actor, rows, on)


def read_unit(actor: Actor, unit: org.Unit, on: date) -> Seen:
    """Return the duties of one unit. Queries: as ``read``."""
    return _read(actor, access.visible(actor, "work.see_obligation").filter(unit=unit), on)


def _read(actor: Actor, visible: QuerySet[work.Obligation], on: date) -> Seen:
    months = work.months_before(on, MONTHS)
    begin = datetime.combine(months[0], time(), clock.BEIJING)
    states = work.Obligation.State
    wanted = visible.filter(unit__isnull=False, dossier=None, is_sealed=False, is_watched=True).filter(
        Q(state=states.OPEN) | Q(state=states.FULFILLED, closed_at__gte=begin)
    )
    rows = [_Row(*row) for row in wanted.order_by("due_order", "pk").values_list(*_Row._fields)]
    by = work.lights()
    now = work.lamps([row for row in rows if row.closed_at is None], on, by=by)
    red = [row for row in rows if row.closed_at is None and now[row.pk].color == "red"]
    before = work.lamps(red, on - WEEK, by=by)
    history = work.lamp_history(rows, months=months, on=on, by=by)
    grounds = work.grounds(actor, [row.pk for row in rows])
    units = {unit.pk: unit for unit in org.Unit.objects.all()}
    nowhere = work.Ground(0, "", 0, "", "", "")
    day_of = cache(clock.beijing_date)
    unlit = tuple(work.MonthLamp(month, "") for month in months)
    duties = []
    for row in rows:
        ground, unit, opened = grounds.get(row.pk, nowhere), units[row.unit_id], day_of(row.opened_at)
        is_new = row.pk in before and opened > on - WEEK
        duties.append(
            Watched(
                pk=row.pk,
                title=row.title,
                unit=unit.code,
                unit_kind=unit.kind,
                section=ground.section,
                task_no=ground.task_no,
                sentence=ground.sentence,
                address=ground.address,
                source=row.source,
                opened=opened,
                due=row.due_date,
                closed=day_of(row.closed_at) if row.closed_at else None,
                is_done=row.state == states.FULFILLED,
                was_late=row.first_overdue_on is not None,
                lamp=_shown(now[row.pk].color, unit) if row.closed_at is None else "",
                lamp_before="" if is_new or row.pk not in before else _shown(before[row.pk].color, unit),
                months=unlit if unit.counts_only else history[row.pk],
            )
        )
    places = {ground.section: ground.section_place for ground in grounds.values()}
    sections = sorted({duty.section for duty in duties}, key=lambda name: (not name, places.get(name, 0), name))
    return Seen(duties, {unit.code: unit for unit in units.values()}, months, sections)


def _shown(color: str, unit: org.Unit) -> str:
    """Return a lamp's color; no lamp of a unit that only reports counts is lit, on its own pages either."""
    return "gray" if unit.counts_only else color

"""The duties of a month, as a bulletin counts them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from yingshang.kernel import clock, org, work
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.bulletins.rules import Line

ONE_DAY = timedelta(days=1)
COLUMNS = (
    "kind", "title", "unit_id", "clock_id", "state", "opened_at", "closed_at", "due_date", "first_overdue_on",
)  # fmt: skip


def lines_of(first: date, last: date) -> list[Line]:
    """Return the duties of units that were open or done in a month, as they stood on its last day.

    A duty is an obligation of its own; a limit of a running case is none.
    Sealed and cancelled ones, and those of units that only report counts, are
    left out. Queries: 8, whatever the number.
    """
    begin = datetime.combine(first, time(), clock.BEIJING)
    end = datetime.combine(last + ONE_DAY, time(), clock.BEIJING)
    states = work.Obligation.State
    ours = work.Obligation.objects.filter(
        unit__counts_only=False, dossier=None, is_sealed=False, is_watched=True, opened_at__lt=end
    )
    wanted = ours.filter(Q(state=states.OPEN) | Q(state=states.FULFILLED, closed_at__gte=begin))
    rows = list(wanted.only(*COLUMNS).order_by("due_order", "pk"))
    still = [row for row in rows if row.closed_at is None or row.closed_at >= end]
    by = work.lights()
    lamps, before = work.lamps(still, last, by=by), work.lamps(still, first - ONE_DAY, by=by)
    grounds = work.grounds(SYSTEM, [row.pk for row in rows])
    names = dict(org.Unit.objects.values_list("pk", "short_name"))
    struck = _struck(first, last)
    nowhere = work.Ground(0, "", 0, "", "", "")
    rows.sort(key=lambda row: (not (ground := grounds.get(row.pk, nowhere)).section, ground.section_place))
    found = []
    for row in rows:
        ground = grounds.get(row.pk, nowhere)
        is_open = row.pk in lamps
        found.append(
            Line(
                pk=row.pk,
                title=row.title,
                unit=names[row.unit_id or 0],
                section=ground.section,
                task_no=ground.task_no,
                due=row.due_date,
                closed=None if is_open or row.closed_at is None else clock.beijing_date(row.closed_at),
                was_late=row.first_overdue_on is not None,
                lamp=lamps[row.pk].color if is_open else "",
                lamp_before=before[row.pk].color if is_open and row.opened_at < begin else "",
                struck=struck.get(row.pk, ""),
            )
        )
    return found


def _struck(first: date, last: date) -> dict[int, str]:
    rows = work.ObligationFact.objects.filter(kind=work.ObligationFact.Kind.STRUCK, on__gte=first, on__lte=last)
    return dict(rows.values_list("obligation_id", "reason"))

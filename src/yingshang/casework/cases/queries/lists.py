"""Lists of cases: one indexed predicate says whose they are, one query gives a page, at any number of cases.

Pages are keysets (``web.keyset``) in one of the two orders below; nothing is
counted. The indexes are those of ``models.Case.Meta``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yingshang.casework.cases.models import Case
from yingshang.kernel import clock, org, procedures, work
from yingshang.kernel.parties import Actor, Party
from yingshang.kernel.procedures import ProcedureVersion

NEWEST_FIRST = ("-pk",)
MOST_URGENT_FIRST = ("due_order", "pk")
"""Only for open cases: the index holds no others."""
OPEN_STATES = ("submitted", "correcting", "accepted", "deciding", "granted", "received", "informed")
"""States that every item has; those of its own steps are ``step-1`` and so on."""
AT_THE_WINDOW = ("submitted", "received")


@dataclass(frozen=True)
class Sought:
    """What a list is narrowed to; empty: everything. number: its beginning. late_on: open and overdue on that day."""

    state: str = ""
    item_code: str = ""
    number: str = ""
    is_open: bool = False
    late_on: date | None = None


@dataclass(frozen=True)
class CaseRow:
    """One line of a list. state: its title in the case's own procedure. lamp: of what is owed next, None if nothing."""

    pk: int
    number: str
    title: str
    applicant: str
    unit: str
    state_key: str
    state: str
    channel: str
    received_on: date
    due_date: date | None
    lamp: work.Lamp | None


def desk_of(actor: Actor) -> QuerySet[Case]:
    """Return the cases an official may look through: of their bureau, or of their own office, or all.

    One predicate on one indexed column. What a unit was only asked about is
    ``asked_of``. Queries: 1 for the actor's unit, none where all are seen.
    """
    return _listed().exclude(unit__counts_only=True) if actor.holds("cases.see_all") else own_desk_of(actor)


def own_desk_of(actor: Actor) -> QuerySet[Case]:
    """Return the cases that the actor's own bureau or office has to deal with. Queries: 1."""
    if not actor.unit:
        return _listed().none()
    unit = org.unit(actor.unit)
    is_bureau = unit.path.strip("/").count("/") <= 1
    return _listed().filter(bureau=unit) if is_bureau else _listed().filter(unit=unit)


def asked_of(actor: Actor) -> QuerySet[Case]:
    """Return the cases in which the actor's unit is asked for its opinion now. Small: open steps of that unit."""
    open_steps = work.Step.objects.filter(unit__code=actor.unit, closed_at=None).exclude(branch="")
    return _listed().filter(dossier_id__in=open_steps.values("dossier_id"))


def cases_of(party: Party) -> QuerySet[Case]:
    """Return the cases of a party, for its own page."""
    return _listed().filter(applicant=party)


def narrowed(cases: QuerySet[Case], sought: Sought) -> QuerySet[Case]:
    """Return the cases of a list that are sought. No query until it is read."""
    if sought.state:
        cases = cases.filter(state=sought.state)
    if sought.number:
        cases = cases.filter(number__startswith=sought.number)
    if sought.item_code:
        cases = cases.filter(item_code=sought.item_code)
    if sought.is_open or sought.late_on is not None:
        cases = cases.filter(is_open=True)
    if sought.late_on is not None:
        cases = cases.filter(due_order__lt=sought.late_on)
    return cases


def rows(page: Sequence[Case], on: date) -> list[CaseRow]:
    """Return the lines of a page of cases. Queries: 4, whatever the page holds."""
    versions = ProcedureVersion.objects.in_bulk({case.dossier.procedure_id for case in page})
    lamps = _lamps(page, on)
    return [
        CaseRow(
            pk=case.pk,
            number=case.number,
            title=case.version.title,
            applicant=case.applicant.display_name,
            unit=case.unit.short_name,
            state_key=case.state,
            state=procedures.frozen(versions[case.dossier.procedure_id]).title_of(case.state),
            channel=case.get_channel_display(),
            received_on=clock.beijing_date(case.received_at),
            due_date=case.due_date,
            lamp=lamps.get(case.dossier_id),
        )
        for case in page
    ]


def _lamps(page: Sequence[Case], on: date) -> dict[int, work.Lamp]:
    """Return the lamp of the duty that is due next in each open case, by dossier."""
    ids = [case.dossier_id for case in page if case.is_open]
    # Found by dossier and sorted here: fifty rows need no index of their own.
    owed = work.Obligation.objects.filter(dossier__in=ids, state=work.Obligation.State.OPEN)
    first: dict[int, work.Obligation] = {}
    for duty in sorted(owed, key=lambda duty: (duty.due_order, duty.pk)):
        if duty.kind == "work.limit" and duty.unit_id is not None and duty.dossier_id is not None:
            first.setdefault(duty.dossier_id, duty)
    lit = work.lamps(first.values(), on)
    return {dossier: lit[duty.pk] for dossier, duty in first.items()}


def _listed() -> QuerySet[Case]:
    return Case.objects.select_related("dossier", "version", "applicant", "unit").defer(
        "version__content", "answers", "situation"
    )

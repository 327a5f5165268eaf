"""The register of what the plan orders to set up: how far each is, and whether anything ever ran through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.urls import reverse

from yingshang.kernel import clock, ledger, registry, work
from yingshang.kernel.errors import NotFound
from yingshang.methods import dates
from yingshang.oversight.plan_tasks.models import Deliverable, Enactment
from yingshang.oversight.plan_tasks.rules import Known, Standing, State, standing_on

IDLE = "PLAN.IDLE"


@dataclass(frozen=True)
class DeliverableRow:
    """One line of the register; the lamp is missing where only counts of the owner are shown."""

    id: int
    number: int
    title: str
    kind_code: str
    kind: str
    task_place: int
    task_number: str
    words: str
    owner_code: str
    owner_name: str
    mission: str
    capability: str
    is_connected: bool
    document_no: str
    issued_on: date | None
    in_force_on: date | None
    is_public: bool
    document_href: str
    last_run_on: date | None
    due_date: date | None
    standing: Standing
    state: str
    lamp: str | None
    href: str


def deliverables_of(plan_code: str) -> QuerySet[Deliverable]:
    """Return the rows of a plan's register that nobody declined, with what each row's line needs. Queries: 2."""
    enactments = Prefetch("enactments", Enactment.objects.select_related("document", "unit").order_by("pk"))
    rows = Deliverable.objects.filter(plan__code=plan_code, declined_at=None)
    return rows.select_related("plan", "owner", "obligation__clock").prefetch_related(enactments).order_by("number")


def deliverable(plan_code: str, number: int) -> Deliverable:
    """Return one row of a register, declined ones included. Raises NotFound."""
    enactments = Prefetch("enactments", Enactment.objects.select_related("document", "unit").order_by("pk"))
    rows = Deliverable.objects.select_related("plan", "owner", "obligation__clock").prefetch_related(enactments)
    row = rows.filter(plan__code=plan_code, number=number).first()
    if row is None:
        raise NotFound("这一项制度")
    return row


def all_suggestions() -> QuerySet[Deliverable]:
    """Return what waits for a person's confirmation under plans in force."""
    in_force = {"plan__editions__superseded_on": None, "plan__editions__isnull": False}
    return Deliverable.objects.filter(confirmed_at=None, declined_at=None, **in_force)


def suggestions_of(plan_code: str) -> QuerySet[Deliverable]:
    """Return what waits for confirmation under one plan, in order."""
    return all_suggestions().filter(plan__code=plan_code).select_related("owner", "plan").order_by("number")


def deliverable_rows(deliverables: Iterable[Deliverable], on: date) -> list[DeliverableRow]:
    """Return the lines of a register. Queries: 6, whatever their number."""
    rows = list(deliverables)
    lamps = work.lamps([row.obligation for row in rows if row.obligation], on)
    kinds = {row.pk: kinds_of(row) for row in rows}
    last = last_runs({kind for some in kinds.values() for kind in some or ()})
    idle = _Idle.on(on)
    return [_line(row, kinds[row.pk], last, lamps, idle, on) for row in rows]


def kinds_of(row: Deliverable) -> frozenset[str] | None:
    """Return the kinds of records that show a deliverable at work, or None where no installed package keeps any."""
    manifest = next((each for each in registry.capabilities() if each.name == row.capability), None)
    if manifest is None:
        return None
    declared = frozenset([*manifest.ledger, *manifest.dossiers, *manifest.obligations])
    return (declared & frozenset(row.runs) if row.runs else declared) or None


def last_runs(kinds: Iterable[str]) -> Mapping[str, date]:
    """Return the day of the latest ledger entry, dossier or obligation of each kind that has any. Queries: 3."""
    wanted = sorted(kinds)
    found: dict[str, date] = {}
    sources = (
        (ledger.Entry.objects, "at"),
        (work.Dossier.objects.filter(is_sealed=False), "opened_at"),
        (work.Obligation.objects.filter(is_sealed=False), "opened_at"),
    )
    for rows, moment in sources:
        grouped = rows.filter(kind__in=wanted).order_by().values_list("kind").annotate(last=Max(moment))
        for kind, last in grouped:
            day = clock.beijing_date(last)
            found[kind] = max(day, found.get(kind, day))
    return found


def runs_since(kinds: frozenset[str], since: date) -> int:
    """Return how many ledger entries, dossiers and obligations of these kinds there are since a day. Queries: 3."""
    counted = ledger.Entry.objects.filter(kind__in=kinds, at__date__gte=since).count()
    counted += work.Dossier.objects.filter(kind__in=kinds, is_sealed=False, opened_at__date__gte=since).count()
    return counted + work.Obligation.objects.filter(kind__in=kinds, is_sealed=False, opened_at__date__gte=since).count()


@dataclass(frozen=True)
class _Idle:
    """The county's rule how long a paper may be in force before anything must have run through it."""

    limit: clock.Limit | None
    calendar: dates.Calendar

    @classmethod
    def on(cls, day: date) -> _Idle:
        try:
            return cls(clock.limit_on(IDLE, day), clock.calendar())
        except NotFound:
            return cls(None, clock.calendar())

    def until(self, since: date | None) -> date | None:
        """Return the last day on which it may be silent."""
        if self.limit is None or self.limit.amount is None or since is None:
            return None
        return dates.due(since, self.limit.amount, dates.Unit(self.limit.unit), self.calendar).date


def _line(
    row: Deliverable,
    kinds: frozenset[str] | None,
    last: Mapping[str, date],
    lamps: Mapping[int, work.Lamp],
    idle: _Idle,
    on: date,
) -> DeliverableRow:
    passed = [each for each in row.enactments.all() if each.on <= on]
    issued = next((each for each in reversed(passed) if each.kind == Enactment.Kind.ISSUED), None)
    stopped = bool(passed) and passed[-1].kind == Enactment.Kind.STOPPED
    in_force_on = issued.in_force_on if issued else None
    last_run = max((last[kind] for kind in kinds or () if kind in last), default=None)
    duty = lamps.get(row.obligation_id) if row.obligation_id else None
    standing = standing_on(
        Known(
            is_confirmed=row.confirmed_at is not None,
            in_force_on=in_force_on,
            is_issued=issued is not None,
            is_stopped=stopped,
            last_run_on=last_run,
            idle_until=idle.until(in_force_on),
            is_connected=kinds is not None,
            duty_color=duty.color if duty else "gray",
        ),
        on,
    )
    shown = row.owner is None or not row.owner.counts_only
    document = issued.document if issued else None
    return DeliverableRow(
        id=row.pk,
        number=row.number,
        title=row.title,
        kind_code=row.kind,
        kind=row.get_kind_display(),
        task_place=row.task_place,
        task_number=row.task_number,
        words=row.words,
        owner_code=row.owner.code if row.owner else "",
        owner_name=row.owner.short_name if row.owner else "",
        mission="、".join(row.rows),
        capability=row.capability,
        is_connected=kinds is not None,
        document_no=issued.document_no if issued else "",
        issued_on=issued.on if issued else None,
        in_force_on=in_force_on,
        is_public=issued.is_public if issued else False,
        document_href=reverse("documents:download", args=[document.pk]) if document else "",
        last_run_on=last_run if in_force_on and last_run and last_run >= in_force_on else None,
        due_date=row.obligation.due_date if row.obligation else row.due_date,
        standing=standing,
        state=standing.word,
        lamp=standing.color if shown else None,
        href=reverse("plan_tasks:deliverable", args=[row.plan.code, row.number]),
    )


def is_open_to_all(row: DeliverableRow) -> bool:
    """Return whether the public may see a line: in force and issued as public."""
    return row.is_public and row.standing.state in {State.IN_FORCE, State.RUNNING}


def register_counts(rows: Iterable[DeliverableRow]) -> list[dict[str, Any]]:
    """Return how many lines stand in each state, in the order of the states."""
    lines = list(rows)
    return [
        {"state": state.value, "word": Standing(state, "", "").word, "count": count}
        for state in State
        if (count := sum(line.standing.state == state for line in lines))
    ]

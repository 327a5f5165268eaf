"""Questions about dossiers and obligations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yingshang.kernel import access, org, procedures
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.kernel.procedures import MoveRule
from yingshang.kernel.work.models import Dossier, Move, Obligation, Step
from yingshang.kernel.work.policies import Intended

BY_DUE_DATE = ("due_order", "pk")
"""The order of lists of obligations: by due date, the undated last."""


@dataclass(frozen=True)
class Tally:
    """How many obligations a unit has, without a word about any of them. late: open and overdue."""

    unit_id: int
    open: int
    undated: int
    late: int


def obligations_of(unit: org.Unit) -> QuerySet[Obligation]:
    """Return what a unit owes, open, by due date, the undated last; sealed ones left out.

    One page of it costs one query whatever the unit owes: ``web.keyset(…, order=BY_DUE_DATE)``.
    """
    rows = Obligation.objects.filter(unit=unit, state=Obligation.State.OPEN, is_sealed=False)
    return rows.select_related("unit", "clock__limit", "dossier").order_by(*BY_DUE_DATE)


def obligations_of_party(party: Party) -> QuerySet[Obligation]:
    """Return what a party owes, open, by due date, the undated last. For the party's own page."""
    rows = Obligation.objects.filter(party=party, state=Obligation.State.OPEN)
    return rows.select_related("party", "clock__limit", "dossier").order_by(*BY_DUE_DATE)


def overdue_on(day: date) -> QuerySet[Obligation]:
    """Return the open obligations that are late on a day, sealed ones left out. No state is stored: it is computed."""
    return Obligation.objects.filter(state=Obligation.State.OPEN, is_sealed=False, due_date__lt=day)


def tally(units: Iterable[org.Unit], day: date) -> list[Tally]:
    """Return the numbers of each unit that owes something, also of units that report only counts. One query."""
    rows = Obligation.objects.filter(unit__in=list(units), state=Obligation.State.OPEN, is_sealed=False)
    counted = rows.values("unit_id").annotate(
        open=Count("pk"), undated=Count("pk", filter=Q(due_date=None)), late=Count("pk", filter=Q(due_date__lt=day))
    )
    return [Tally(**row) for row in counted.order_by("unit_id")]


def moves_of(dossier: Dossier) -> QuerySet[Move]:
    """Return what was done, oldest first."""
    return Move.objects.filter(dossier=dossier).select_related("unit", "step").order_by("pk")


def possible_moves(dossier: Dossier, actor: Actor) -> list[tuple[Step, MoveRule, Refusal | None]]:
    """Return each move that the open steps allow, with the reason why this actor may not make it, or None.

    Conditions and opinions are not asked. Queries: 1, and 1 for each move that
    an applicant may make.
    """
    if dossier.procedure is None:
        return []
    definition = procedures.frozen(dossier.procedure)
    steps = Step.objects.filter(dossier=dossier, closed_at=None).select_related("unit", "dossier").order_by("pk")
    return [
        (step, rule, access.may(actor, "work.move", Intended(step, rule)))
        for step in steps
        for rule in definition.moves_from(step.state)
    ]

"""The measures of credentials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.registers.credentials.models import Credential, Issuer, Release, StateChange

State = Credential.State


@measure(
    title="颁发电子证照数",
    formula="期内本单位颁发的电子证照，首次颁发、延续、换发都算。",
    shown_as="count",
)
def issued(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many sealed credentials a unit issued in the period. Queries: one for each period."""
    for period in periods:
        rows = Credential.objects.filter(issued_at__date__range=(period.first, period.last))
        yield from _counted(rows, "unit__code", units, period)


@measure(
    title="撤销、注销证照数",
    formula="期内本单位撤销和注销的电子证照。",
    shown_as="count",
)
def taken_away(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many credentials a unit revoked or cancelled in the period. Queries: one for each period."""
    for period in periods:
        rows = StateChange.objects.filter(
            state__in=[State.REVOKED, State.CANCELLED], on__range=(period.first, period.last)
        )
        yield from _counted(rows, "credential__unit__code", units, period)


@measure(
    title="电子证照种类覆盖率",
    formula="到期末为止，由本单位颁发的证照种类中，模板已经由两人启用、可以发电子证照的占多少。",
    shown_as="rate",
    better="higher",
)
def electronic_kinds_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the kinds a unit issues whose template was released. Queries: one for each period."""
    for period in periods:
        released = Release.objects.filter(
            kind__code=OuterRef("kind_code"), unit=OuterRef("unit"), released_at__date__lte=period.last
        )
        standing = Q(valid_to=None) | Q(valid_to__gte=period.last)
        rows = Issuer.objects.filter(standing, unit__code__in=units, valid_from__lte=period.last)
        counted = (
            rows.annotate(is_released=Exists(released))
            .values("unit__code")
            .annotate(all=Count("pk"), released=Count("pk", filter=Q(is_released=True)))
        )
        found = {row["unit__code"]: Rate(row["released"], row["all"]) for row in counted}
        for code in units:
            yield Cell(code, period, found.get(code, Rate(0, 0)))


@measure(
    title="证照按时延续率",
    formula="期内到期的证照中，到期前申请延续并已经延续的占多少；撤销、注销、换发的不计。",
    shown_as="rate",
    better="higher",
)
def renewed_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the credentials that ended in the period which were renewed on an application before the end.

    Queries: one for each period.
    """
    for period in periods:
        in_time = Q(state=State.RENEWED, replaced_by__applied_on__lte=F("valid_to"))
        counted = (
            Credential.objects.filter(
                unit__code__in=units,
                kind__is_renewable=True,
                valid_to__range=(period.first, period.last),
                state__in=[State.IN_FORCE, State.RENEWED],
            )
            .values("unit__code")
            .annotate(all=Count("pk"), renewed=Count("pk", filter=in_time))
        )
        found = {row["unit__code"]: Rate(row["renewed"], row["all"]) for row in counted}
        for code in units:
            yield Cell(code, period, found.get(code, Rate(0, 0)))


def _counted(rows: QuerySet[Any], unit: str, units: Sequence[str], period: Period) -> Iterator[Cell]:
    found = dict(rows.filter(**{f"{unit}__in": units}).values_list(unit).annotate(count=Count("pk")))
    for code in units:
        yield Cell(code, period, found.get(code, 0))

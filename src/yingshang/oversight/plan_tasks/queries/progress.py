"""How far stages are, what waits for sign-off, and what a measure says of a stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from yingshang.kernel import measures, org
from yingshang.oversight.plan_tasks.models import Progress, Stage, WorkPlanEdition

DEEDS = (Progress.Kind.ASKED, Progress.Kind.SIGNED_OFF, Progress.Kind.RETURNED)
HUNDRED = 100


@dataclass(frozen=True)
class Measured:
    """What the platform says of a stage. value: None where there was nothing to measure yet."""

    value: Decimal | None
    words: str


def waits_for_sign_off(stage: Stage) -> Progress | None:
    """Return the request that waits, if the last deed on the stage was one."""
    last = Progress.objects.filter(line=stage.line, kind__in=DEEDS).select_related("document").order_by("-pk").first()
    return last if last is not None and last.kind == Progress.Kind.ASKED else None


def waiting_sign_offs() -> QuerySet[Progress]:
    """Return the requests that wait for the bureau; read them in the order ``at``, the oldest first."""
    last = Progress.objects.filter(line=OuterRef("line"), kind__in=DEEDS).order_by("-pk").values("pk")[:1]
    waiting = Progress.objects.filter(kind=Progress.Kind.ASKED, pk=Subquery(last))
    in_force = waiting.filter(
        stage__edition__state=WorkPlanEdition.State.ACCEPTED, stage__edition__work_plan__ended_on=None
    )
    return in_force.select_related(
        "stage__edition__work_plan__holder", "stage__edition__work_plan__plan", "stage__obligation", "document"
    )


def progress_of(line: UUID) -> QuerySet[Progress]:
    """Return everything said about a stage through all editions, the newest first."""
    return Progress.objects.filter(line=line).select_related("document").order_by("-pk")


def last_progress(lines: Iterable[UUID]) -> Mapping[UUID, Progress]:
    """Return the newest entry of each stage. Queries: 1."""
    rows = Progress.objects.filter(line__in=list(lines)).order_by("line", "-pk").distinct("line")
    return {row.line: row for row in rows}


def signed_off(lines: Iterable[UUID]) -> frozenset[UUID]:
    """Return which stages are signed off. Queries: 1."""
    done = Progress.objects.filter(line__in=list(lines), kind=Progress.Kind.SIGNED_OFF)
    return frozenset(done.values_list("line", flat=True))


def measured_value(stage: Stage, on: date) -> Measured:
    """Return what the measure that a stage names says of the holder in the month of a day; a rate in percent."""
    month = measures.month(on.year, on.month)
    code = stage.edition.work_plan.holder.code
    cell = measures.compute(stage.measure, [code], [month]).at(code, month)
    value = cell.value
    if isinstance(value, measures.Rate):
        share = value.value
        value = None if share is None else Decimal(share.numerator * HUNDRED) / share.denominator
    found = None if value is None else round(Decimal(value), 4)
    title = measures.explain(stage.measure).told.title
    return Measured(found, f"平台指标量“{title}”，{month}，取数日期{on:%Y-%m-%d}。")


def desk_units(action: str, on: date) -> list[org.Unit]:
    """Return the units with a post that carries an action on a day."""
    posts = org.Post.objects.filter(actions__contains=[action]).select_related("unit")
    standing = [post.unit for post in posts if post.valid_to is None or post.valid_to > on]
    return sorted(set(standing), key=lambda unit: unit.path)

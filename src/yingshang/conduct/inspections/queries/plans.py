"""Plans, permissions and batches as pages show them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from yingshang.conduct.inspections.models import Batch, Inspector, Permission, Plan, PlanLine, Stop
from yingshang.kernel import org
from yingshang.kernel.errors import NotFound

IN_HAND = (Plan.State.DRAFT, Plan.State.SUBMITTED, Plan.State.APPROVED)


def plans_of(unit: str) -> QuerySet[Plan]:
    """Return the plans of a unit with the number of their tasks, newest first."""
    rows = Plan.objects.filter(unit__code=unit).select_related("unit").annotate(tasks=Count("lines"))
    return rows.order_by("-year", "-version")


def public_plans() -> QuerySet[Plan]:
    """Return every plan that was published, the superseded ones too, newest first."""
    rows = Plan.objects.filter(published_on__isnull=False).select_related("unit").annotate(tasks=Count("lines"))
    return rows.order_by("-year", "unit__code", "-version")


def plan_with(plan_id: int) -> Plan:
    """Return one plan with unit. Raises NotFound. Queries: 1."""
    found = Plan.objects.select_related("unit").filter(pk=plan_id).first()
    if found is None:
        raise NotFound("这份抽查计划")
    return found


def lines_of(plan: Plan) -> list[PlanLine]:
    """Return the tasks of a plan with their joint units and batches, in order. Queries: 3."""
    rows = plan.lines.prefetch_related("joint_units", Prefetch("batches", Batch.objects.order_by("pk")))
    return list(rows.order_by("place"))


def line_with(line_id: int) -> PlanLine:
    """Return one task with its plan and unit. Raises NotFound. Queries: 1."""
    found = PlanLine.objects.select_related("plan__unit").filter(pk=line_id).first()
    if found is None:
        raise NotFound("这项抽查任务")
    return found


def versions_of(plan: Plan) -> QuerySet[Plan]:
    """Return the published versions of a plan, newest first."""
    rows = Plan.objects.filter(unit=plan.unit, year=plan.year, published_on__isnull=False)
    return rows.order_by("-version")


def plans_waiting(unit: str, state: str) -> QuerySet[Plan]:
    """Return the plans of a unit that wait in a state, oldest first."""
    return Plan.objects.filter(unit__code=unit, state=state).select_related("unit").order_by("pk")


def lines_to_draw(unit: str, day: date) -> list[PlanLine]:
    """Return the tasks of the unit's plans in force whose time has come and that were not drawn. Queries: 1."""
    rows = PlanLine.objects.filter(
        plan__unit__code=unit, plan__state=Plan.State.PUBLISHED, first__lte=day, last__gte=day, batches=None
    )
    return list(rows.select_related("plan__unit").order_by("last", "pk"))


def batches() -> QuerySet[Batch]:
    """Return every batch with its task, plan and unit, newest first."""
    return Batch.objects.select_related("line__plan__unit").order_by("-pk")


def batch_with(batch_id: int) -> Batch:
    """Return one batch. Raises NotFound. Queries: 1."""
    found = batches().filter(pk=batch_id).first()
    if found is None:
        raise NotFound("这个抽取批次")
    return found


def stops_since(batch: Batch) -> dict[str, Stop]:
    """Return the last stop of each target for the batch's unit since it was sealed, by credit code. Queries: 1."""
    rows = Stop.objects.filter(unit=batch.line.plan.unit, at__gte=batch.at, visit=None).select_related("target")
    return {row.target.code: row for row in rows.order_by("pk")}


def permissions_of(unit: str) -> QuerySet[Permission]:
    """Return what a unit asked for, newest first; of every unit if none is named."""
    rows = Permission.objects.select_related("unit", "target")
    return (rows.filter(unit__code=unit) if unit else rows).order_by("-pk")


def permission_with(permission_id: int) -> Permission:
    """Return one permission with unit and target. Raises NotFound. Queries: 1."""
    found = Permission.objects.select_related("unit", "target").filter(pk=permission_id).first()
    if found is None:
        raise NotFound("这份行政检查审批")
    return found


def stop_counts() -> list[dict[str, object]]:
    """Return how many attempts each rule stopped in each unit: ``unit``, ``refusal``, ``number``, ``last``. Queries: 1.

    Units of which only counts are shown are left out.
    """
    rows = Stop.objects.filter(unit__counts_only=False).values("unit__short_name", "refusal")
    counted = rows.annotate(number=Count("pk"), last=Max("at")).order_by("-number", "unit__short_name", "refusal")
    return [
        {"unit": row["unit__short_name"], "refusal": row["refusal"], "number": row["number"], "last": row["last"]}
        for row in counted
    ]


def units_that_join(codes: set[str]) -> list[tuple[str, str]]:
    """Return (code, short name) of the named units and of all that have inspectors: who can take part. Queries: 1."""
    rows = org.Unit.objects.filter(Q(code__in=codes) | Q(pk__in=Inspector.objects.values("unit"))).order_by("code")
    return list(rows.values_list("code", "short_name"))

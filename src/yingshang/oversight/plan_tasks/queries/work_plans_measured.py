"""The measures of units' own plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncDate

from yingshang.kernel import clock, org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.oversight.plan_tasks.models import TypingDay
from yingshang.oversight.plan_tasks.queries.typing import hours_of
from yingshang.oversight.plan_tasks.rules import FINISH_STAGE, SUB_PLAN, YEARLY_PLAN

CANCELLED, FULFILLED = work.Obligation.State.CANCELLED, work.Obligation.State.FULFILLED
CLOSED_ON = TruncDate("closed_at", tzinfo=clock.BEIJING)


@measure(
    title="阶段目标按期完成率",
    formula="期内到期的阶段中，在完成时限当天或以前申请销号并经审核销号的占多少；改期和撤销的不计。",
    shown_as="rate",
    better="higher",
)
def stages_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of a unit's own stages that fell due in a period and were done by their date.

    A stage counts as done on the day its sign-off was asked for, once it was
    confirmed. Its day is the date it runs to, so that one that waits for the
    desk counts as not done yet. Queries: one for each period, and one.
    """
    owed = work.Obligation.objects.filter(kind=FINISH_STAGE).exclude(state=CANCELLED).alias(closed_on=CLOSED_ON)
    on_time = Q(state=FULFILLED, closed_on__lte=F("clock__agreed_date"))
    codes = _codes(units)
    for period in periods:
        due = owed.filter(unit__in=codes.values(), clock__agreed_date__range=(period.first, period.last))
        rows = due.values("unit_id").annotate(owed=Count("pk"), done=Count("pk", filter=on_time)).order_by("unit_id")
        found = {row["unit_id"]: Rate(row["done"], row["owed"]) for row in rows}
        for code in units:
            yield Cell(code, period, found.get(codes[code], Rate(0, 0)))


@measure(
    title="子方案和年度方案备案率",
    formula="到期末为止，应报的子方案和年度方案中，已经备案的占多少；撤销的不计。",
    shown_as="rate",
    better="higher",
)
def filed_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of the plans a unit itself owed by the end of a period that were accepted.

    The day of the filing that was accepted counts. Queries: one for each period, and one.
    """
    owed = work.Obligation.objects.filter(kind__in=[SUB_PLAN, YEARLY_PLAN]).exclude(state=CANCELLED)
    codes = _codes(units)
    for period in periods:
        opened = owed.filter(unit__in=codes.values(), opened_at__date__lte=period.last)
        done = Q(state=FULFILLED, closed_at__date__lte=period.last)
        rows = opened.values("unit_id").annotate(owed=Count("pk"), done=Count("pk", filter=done)).order_by("unit_id")
        found = {row["unit_id"]: Rate(row["done"], row["owed"]) for row in rows}
        for code in units:
            yield Cell(code, period, found.get(codes[code], Rate(0, 0)))


@measure(
    title="填表时长（小时）",
    formula="期内本单位人员填写本平台方案、进展等表单用的小时数：从打开到提交，一张表最多计县里规定的秒数。",
    shown_as="count",
    better="lower",
)
def typing_hours(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the hours of typing that forms asked of a unit's own people, as a Decimal with two places.

    Stored by unit and day without the person. No form, no hour: 0. Queries: one for each period, and one.
    """
    codes = _codes(units)
    for period in periods:
        days = TypingDay.objects.filter(unit__in=codes.values(), day__range=(period.first, period.last))
        summed = {row["unit_id"]: row["all"] for row in days.values("unit_id").annotate(all=Sum("seconds"))}
        for code in units:
            yield Cell(code, period, hours_of(summed.get(codes[code], 0)))


def _codes(units: Sequence[str]) -> dict[str, int]:
    return dict(org.Unit.objects.filter(code__in=units).values_list("code", "pk"))

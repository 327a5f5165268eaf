"""The measures of supervision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yingshang.kernel import org, work
from yingshang.kernel.measures import Cell, Period, Rate, measure
from yingshang.oversight.supervision.models import Answer, Climb, Letter


def codes_of(units: Sequence[str]) -> dict[str, int]:
    """Return code → id of the units; those that only report counts have no figures here."""
    return dict(org.Unit.objects.filter(code__in=units, counts_only=False).values_list("code", "pk"))


@measure(
    title="发出的督办文书",
    formula="期内向本单位发出的催办通知、督办单、督办函、约谈通知书、通报的份数；所列事项全部更正的文书不计。",
    shown_as="count",
    better="lower",
)
def letters_sent(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many letters a unit was sent that stand, at least in a line. Queries: one for each period, and one."""
    codes = codes_of(units)
    stands = Exists(Climb.objects.filter(letter=OuterRef("pk"), struck_on=None))
    rows = Letter.objects.filter(stands, unit__in=codes.values(), state=Letter.State.ISSUED, place__gte=1)
    for period in periods:
        counted = rows.filter(issued_on__range=(period.first, period.last)).values("unit_id").annotate(n=Count("pk"))
        found = {row["unit_id"]: row["n"] for row in counted}
        for code in units:
            yield Cell(code, period, found.get(codes[code], 0) if code in codes else None)


@measure(
    title="督办文书按期答复率",
    formula="期内到期的督办答复中，按期答复的占多少；撤销的答复不计。",
    shown_as="rate",
    better="higher",
)
def answered_on_time_rate(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return the share of answers due in the period that were handed in by their last day.

    Answers that were taken back (the matter was done, the letter corrected)
    are in neither number. Queries: one for each period, and one.
    """
    codes = codes_of(units)
    on_time = Exists(Answer.objects.filter(duty=OuterRef("pk"), is_late=False))
    owed = work.Obligation.objects.filter(kind="supervision.answer", unit__in=codes.values())
    owed = owed.exclude(state=work.Obligation.State.CANCELLED)
    for period in periods:
        due = owed.filter(due_date__range=(period.first, period.last))
        counted = due.values("unit_id").annotate(owed=Count("pk"), kept=Count("pk", filter=Q(on_time)))
        found = {row["unit_id"]: Rate(row["kept"], row["owed"]) for row in counted}
        for code in units:
            yield Cell(code, period, found.get(codes[code], Rate(0, 0)) if code in codes else None)


@measure(
    title="督办中的红灯事项",
    formula="期末仍在督办、因亮红灯发过文书的事项件数；划去的不计。",
    shown_as="count",
    better="lower",
)
def reds(units: Sequence[str], periods: Sequence[Period]) -> Iterator[Cell]:
    """Return how many matters of a unit stood under supervision for a red lamp at the end of the period.

    Red as the letter said it when the rung was climbed. Queries: one for each period, and one.
    """
    codes = codes_of(units)
    for period in periods:
        counted = (
            _red_at(period.last, codes)
            .values("supervision__unit_id")
            .annotate(n=Count("supervision_id", distinct=True))
        )
        found = {row["supervision__unit_id"]: row["n"] for row in counted}
        for code in units:
            yield Cell(code, period, found.get(codes[code], 0) if code in codes else None)


def _red_at(day: date, codes: dict[str, int]) -> QuerySet[Climb]:
    standing = Q(supervision__ended_on=None) | Q(supervision__ended_on__gt=day)
    rows = Climb.objects.filter(standing, supervision__unit__in=codes.values(), climbed_on__lte=day, color="red")
    return rows.filter(struck_on=None)

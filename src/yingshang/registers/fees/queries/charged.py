"""Charges, refunds and the channel's book, for pages and the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.registers.fees.models import Charge, Refund
from yingshang.registers.fees.rules import KINDS, StatementLine


def charges_for(actor: Actor) -> QuerySet[Charge]:
    """Return the charges an actor may see, with unit, payer and refund."""
    seen: QuerySet[Charge] = access.visible(actor, "fees.see_charge")
    return seen.select_related("unit", "payer", "refund__obligation")


def charge_for(actor: Actor, charge_id: int) -> Charge:
    """Return one charge to who may see it. Raises NotFound."""
    found = charges_for(actor).filter(pk=charge_id).first()
    if found is None:
        raise NotFound("这笔收费")
    return found


def refunds_for(actor: Actor, *, waiting: bool = False) -> QuerySet[Refund]:
    """Return the refunds of charges an actor may see; only those still owed when asked."""
    seen = access.visible(actor, "fees.see_charge").values("pk")
    rows = Refund.objects.filter(charge__in=seen).select_related("charge__unit", "charge__payer", "obligation")
    return rows.filter(repaid_at=None) if waiting else rows


def state_of(charge: Charge) -> str:
    """Return in a word how a charge stands; the refund must be fetched."""
    refund = getattr(charge, "refund", None)
    if charge.void_at is not None:
        return "已作废"
    if refund is not None:
        return "应退未退" if refund.repaid_at is None else "已退还"
    if charge.paid_at is not None:
        return "已缴"
    return "已减免" if charge.amount_fen == 0 else "待缴"


@dataclass(frozen=True)
class Compared:
    """One payment on both sides. verdict: 一致, 渠道有平台没有, 平台有渠道没有, 金额不同."""

    reference: str
    charge_no: str
    channel_fen: int | None
    ours_fen: int | None
    verdict: str

    @property
    def can_be_adopted(self) -> bool:
        """Whether the channel took money that we do not know of."""
        return self.channel_fen is not None and self.ours_fen is None


def compared(actor: Actor, lines: Iterable[StatementLine], day: date) -> list[Compared]:
    """Return the channel's statement of a day beside what was noted, for the charges an actor may see. Queries: 2."""
    theirs = {line.reference: line for line in lines}
    seen = charges_for(actor).select_related(None)
    first = datetime.combine(day, time(), tzinfo=clock.BEIJING)
    of_day = seen.filter(is_paper=False, paid_at__gte=first, paid_at__lt=first + timedelta(days=1))
    ours = {row.receipt_no: row for row in of_day}
    known = set(seen.filter(no__in=[line.charge_no for line in theirs.values()]).values_list("no", flat=True))
    found = []
    for reference in sorted(theirs.keys() | ours.keys()):
        line, row = theirs.get(reference), ours.get(reference)
        if row is None and line is not None and line.charge_no in known:
            found.append(Compared(reference, line.charge_no, line.amount_fen, None, "渠道有，平台没有"))
        elif row is not None and line is None:
            found.append(Compared(reference, row.no, None, row.amount_fen, "平台有，渠道没有"))
        elif row is not None and line is not None:
            verdict = "一致" if row.amount_fen == line.amount_fen else "金额不同"
            found.append(Compared(reference, row.no, line.amount_fen, row.amount_fen, verdict))
    return found


@dataclass(frozen=True)
class MonthOfKind:
    """What was charged of a kind in a month, in fen."""

    month: date
    kind: str
    charged_fen: int
    exempted_fen: int


def by_kind_and_month(actor: Actor, year: int) -> list[MonthOfKind]:
    """Return what was charged by kind and month of a year, of the charges an actor may see. Queries: 1."""
    rows = access.visible(actor, "fees.see_charge").filter(charged_on__year=year, void_at=None)
    sums = rows.annotate(month=TruncMonth("charged_on")).values("month", "kind").order_by("month", "kind")
    return [
        MonthOfKind(row["month"], KINDS.get(row["kind"], "清单之外"), row["charged"], row["exempted"])
        for row in sums.annotate(charged=Sum("amount_fen"), exempted=Sum("exempted_fen"))
    ]

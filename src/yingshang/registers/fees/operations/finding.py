"""Find charges that the list does not bear, and open the refund of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, ledger, work
from yingshang.kernel.parties import Actor
from yingshang.registers.fees import queries, rules
from yingshang.registers.fees.models import Charge, Refund
from yingshang.registers.fees.rules import ARTICLE_25, FeeRow

BATCH = 500
LIMIT = "FEES.REFUND"
Reason = Refund.Reason


@transaction.atomic
def find_wrong_charges(*, by: Actor, at: datetime) -> int:
    """Compare charges with the editions published since they were last compared; return how many must be paid back.

    An edition may begin before the day it was published: a fee that a notice
    ended last month was charged wrongly since. Unpaid charges that the list
    does not bear are taken back. One batch of 500 for each call of the inner
    step, oldest first, until none is left. Raises what the policy refuses.
    """
    access.permit(by, "fees.check", None)
    found = 0
    while batch := _next_batch():
        found += examine(batch, by=by, at=at)
    return found


def examine(charges: Sequence[Charge], *, by: Actor, at: datetime) -> int:
    """Compare locked or new charges with the list of their days; open refunds, take back what is unpaid.

    Returns how many refunds were opened. Records ``fees.refund_owed`` and ``fees.voided``.
    """
    newest = queries.newest_edition()
    listed: dict[date, dict[str, FeeRow]] = {}
    opened = 0
    for each in charges:
        if each.charged_on not in listed:
            listed[each.charged_on] = queries.fee_rows(each.charged_on)
        rows = listed[each.charged_on]
        row = rows.get(each.row_code)
        # Before the first edition there was no list to stand on, so nothing can be said of the charge.
        over = rules.too_much_fen(each.amount_fen, row, each.quantity) if rows else 0
        if (
            over
            and each.void_at is None
            and each.paid_at is not None
            and not Refund.objects.filter(charge=each).exists()
        ):
            _owe(each, row, over, by, at)
            opened += 1
        elif over and each.void_at is None and each.paid_at is None:
            _take_back(each, by, at)
        each.checked_edition = newest
    Charge.objects.bulk_update(charges, ["checked_edition", "void_at", "void_by", "void_because"])
    return opened


def _next_batch() -> list[Charge]:
    waiting = Charge.objects.select_for_update(of=("self",)).filter(checked_edition__lt=queries.newest_edition())
    return list(waiting.select_related("unit", "payer").order_by("pk")[:BATCH])


def _owe(charge: Charge, row: FeeRow | None, over: int, by: Actor, at: datetime) -> Refund:
    reason, because = _why(charge, row)
    owed = work.owe(
        kind="fees.refund",
        title=f"退还“{charge.name}”{rules.yuan(over)}元（{charge.no}）",
        unit=charge.unit,
        limit=LIMIT,
        origin=f"fees:{charge.no}",
        source=ARTICLE_25,
        by=by,
        at=at,
    )
    refund = Refund.objects.create(
        charge=charge,
        reason=reason,
        because=because,
        due_fen=over,
        found_at=at,
        found_by=by.person,
        obligation=owed,
    )
    ledger.record(
        "fees.refund_owed",
        subject=f"charge:{charge.no}",
        by=by,
        facts={
            "unit": charge.unit.short_name,
            "name": charge.name,
            "yuan": rules.yuan(over),
            "reason": Reason(reason).label,
        },
        at=at,
    )
    return refund


def _why(charge: Charge, row: FeeRow | None) -> tuple[Refund.Reason, str]:
    if row is not None:
        assert row.per_unit_fen is not None  # without a standard nothing is too much
        return (
            Reason.OVERCHARGED,
            f"清单第{row.edition}版的标准（区间按下限）是每{row.per or '件'}{rules.yuan(row.per_unit_fen)}元。",
        )
    before = queries.last_row_before(charge.row_code, charge.charged_on) if charge.row_code else None
    if before is None:
        return Reason.OUTSIDE, f"{charge.charged_on:%Y年%m月%d日}的收费清单里没有这一项。"
    until = f"最后一天是{before[1]:%Y年%m月%d日}" if before[1] else "当日没有生效"
    return Reason.ENDED, f"{charge.charged_on:%Y年%m月%d日}这一项已经取消或者停征（{until}）。"


def _take_back(charge: Charge, by: Actor, at: datetime) -> None:
    charge.void_at, charge.void_by = at, by.person
    charge.void_because = "收费清单不支持这笔收费，没有缴纳，自动作废。"
    ledger.record("fees.voided", subject=f"charge:{charge.no}", by=by, facts={"name": charge.name}, at=at)

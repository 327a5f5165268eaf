"""What may be charged under a row of the fee list, and what was charged too much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

LIST = "fees"
ARTICLE_25 = "《优化营商环境条例》第二十五条"
ITEM_22 = "木环组发〔2019〕1号 第22项"

KINDS = {
    "fund": "政府性基金",
    "administrative": "涉企行政事业性收费",
    "deposit": "涉企保证金",
    "priced": "政府定价的经营服务性收费",
}
KIND_CODES = {title: code for code, title in KINDS.items()}


@dataclass(frozen=True)
class FeeRow:
    """One row of the fee list as it stood on a day.

    kind: one of KINDS. unit: code of the unit that charges. per: what one
    quantity is. amounts in fen for one of them; all None where the standard
    was not confirmed. edition, digest, source: of the edition of the list.
    """

    code: str
    name: str
    kind: str
    unit: str
    payer: str
    per: str
    standard: str
    amount_fen: int | None
    lower_fen: int | None
    upper_fen: int | None
    exemption: str
    basis: str
    is_demo: bool
    edition: int
    digest: str
    source: str

    @property
    def per_unit_fen(self) -> int | None:
        """Fen for one: the lower bound of a range (方案第22项：必须按照下限标准执行); None while not confirmed."""
        return self.lower_fen if self.lower_fen is not None else self.amount_fen


@dataclass(frozen=True)
class StatementLine:
    """One payment as a channel's statement has it. reference: of the channel, unique."""

    reference: str
    charge_no: str
    amount_fen: int
    at: datetime


def row_of(values: Mapping[str, Any], *, edition: int, digest: str, source: str) -> FeeRow:
    """Return a row of the list as a fee row."""
    return FeeRow(
        code=values["code"],
        name=values["name"],
        kind=KIND_CODES[values["kind"]],
        unit=values["unit"],
        payer=values["payer"],
        per=values.get("per", ""),
        standard=values.get("standard", ""),
        amount_fen=values.get("amount_fen"),
        lower_fen=values.get("lower_fen"),
        upper_fen=values.get("upper_fen"),
        exemption=values.get("exemption", ""),
        basis=values["basis"],
        is_demo=bool(values.get("demo")),
        edition=edition,
        digest=digest,
        source=source,
    )


def charge_fen(per_unit_fen: int, quantity: Decimal) -> int:
    """Return what a quantity costs, in fen; a part of a fen is dropped, in the payer's favor.

    Raises ValueError if the quantity is not positive.

    >>> charge_fen(333, Decimal("1.5"))
    499
    """
    if quantity <= 0:
        raise ValueError(f"quantity must be positive, got {quantity}")
    return int((per_unit_fen * quantity).to_integral_value(rounding=ROUND_DOWN))


def too_much_fen(charged_fen: int, row: FeeRow | None, quantity: Decimal) -> int:
    """Return how much of a charge must be given back, in fen.

    row: as it stood on the day of the charge; None when the list had none:
    everything goes back. A row without a confirmed standard proves nothing
    either way and gives 0.
    """
    if row is None:
        return charged_fen
    if row.per_unit_fen is None:
        return 0
    return max(charged_fen - charge_fen(row.per_unit_fen, quantity), 0)


def yuan(fen: int) -> str:
    """Return fen as yuan with two decimals, as people read money.

    >>> yuan(1234567)
    '12,345.67'
    """
    return f"{fen // 100:,}.{fen % 100:02d}"

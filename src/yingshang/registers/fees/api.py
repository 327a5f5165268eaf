"""The door of fees: what cases and the channels may call."""

from yingshang.registers.fees.models import Charge, Refund
from yingshang.registers.fees.operations import charge, check, enter_paper, refund, settle, void
from yingshang.registers.fees.queries import fee_row, fee_rows
from yingshang.registers.fees.rules import KINDS, FeeRow, yuan

__all__ = [
    "KINDS",
    "Charge",
    "FeeRow",
    "Refund",
    "charge",
    "check",
    "enter_paper",
    "fee_row",
    "fee_rows",
    "refund",
    "settle",
    "void",
    "yuan",
]

"""The deeds: charge, enter, take back, find wrong charges, pay, adopt, settle, pay back."""

from yingshang.registers.fees.operations.charging import charge, check, enter_paper, void
from yingshang.registers.fees.operations.finding import find_wrong_charges
from yingshang.registers.fees.operations.loading import load
from yingshang.registers.fees.operations.paying import adopt, pay
from yingshang.registers.fees.operations.settling import refund, settle

__all__ = ["adopt", "charge", "check", "enter_paper", "find_wrong_charges", "load", "pay", "refund", "settle", "void"]

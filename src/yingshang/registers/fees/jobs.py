"""Scheduled work of fees."""

from __future__ import annotations

from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM
from yingshang.registers.fees import operations


def find_wrong_charges() -> None:
    """Compare every charge with the editions published since, and open what must go back."""
    operations.find_wrong_charges(by=SYSTEM, at=clock.now())

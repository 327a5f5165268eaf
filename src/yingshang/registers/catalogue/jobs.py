"""Scheduled work of the catalogue."""

from __future__ import annotations

from yingshang.kernel import clock
from yingshang.registers.catalogue import operations


def forget_ended() -> None:
    """Every morning: items that end today are no longer found by the search."""
    operations.forget_ended(clock.today())

"""Scheduled work of obligations."""

from __future__ import annotations

from yingshang.kernel import clock
from yingshang.kernel.work.sweeping import sweep_overdue


def sweep() -> None:
    """Note what went overdue since the last time."""
    sweep_overdue(clock.now())

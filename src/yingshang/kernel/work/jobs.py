"""Scheduled work of obligations."""

from __future__ import annotations

from yingshang.kernel import clock
from yingshang.kernel.work.sweeping import sweep_overdue


def sweep() -> None:
    """Note what went overdue since the last time."""
    sweep_overdue(clock.now())


def export_moves() -> None:
    """Write the months of moves that are over; one that a stopped machine missed is made up for."""
    # Reading and writing Parquet is needed once a month: the other jobs do not pay for it.
    from yingshang.kernel.work.month_files import export_closed_months

    export_closed_months(clock.now())

"""Scheduled work."""

from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.bulletins import operations


def draft_monthly() -> None:
    """Draft last month's bulletin from the first working day of the month on."""
    operations.draft_if_due(by=SYSTEM, at=clock.now())

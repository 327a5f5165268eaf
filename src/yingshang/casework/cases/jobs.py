"""Scheduled work of cases."""

from yingshang.casework.cases import operations
from yingshang.kernel import clock


def forget_drafts() -> None:
    """Delete drafts that nobody has gone on with."""
    operations.forget_drafts(at=clock.now())

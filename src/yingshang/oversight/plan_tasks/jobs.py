"""Scheduled work."""

from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.plan_tasks import operations


def follow_groups() -> None:
    """Open duties for units that joined a group, cancel those of units that left."""
    operations.follow_groups(by=SYSTEM, on=clock.today(), at=clock.now())

"""Scheduled work."""

from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.plan_tasks import operations


def follow_groups() -> None:
    """Open duties for units that joined a group, cancel those of units that left."""
    operations.follow_groups(by=SYSTEM, on=clock.today(), at=clock.now())


def follow_units() -> None:
    """Hand the plans of units that ended to their heirs."""
    operations.follow_units(by=SYSTEM, on=clock.today(), at=clock.now())


def open_yearly_plans() -> None:
    """Open the yearly plan of every unit that owes one and does not yet."""
    operations.open_yearly_plans(by=SYSTEM, on=clock.today(), at=clock.now())

"""Scheduled work."""

from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM
from yingshang.registers.credentials import operations


def follow_ends() -> None:
    """Remind holders of credentials that end soon, and take back the reminders of those that have ended."""
    while operations.remind(on=clock.today(), by=SYSTEM, at=clock.now()):
        pass
    while operations.close_lapsed(on=clock.today(), by=SYSTEM, at=clock.now()):
        pass

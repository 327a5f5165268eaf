"""The morning's digest, and keeping supervisions in line with what became of their obligations."""

from __future__ import annotations

from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.supervision import operations, queries


def make_digest() -> None:
    """Make today's digest on a working day. Without an authority supervision has not started: the page says so."""
    today = clock.today()
    if clock.calendar().is_working_day(today) and queries.authority_on(today) and queries.ladder_on(today):
        operations.sweep_and_make(on=today, by=SYSTEM, at=clock.now())


def settle() -> None:
    """Strike, pass on and end what changed since the last time."""
    operations.settle(on=clock.today(), by=SYSTEM, at=clock.now())


def render_letters() -> None:
    """Make the papers of letters that have none yet."""
    operations.render_waiting(limit=50, at=clock.now())


def send_notices() -> None:
    """Send what waits in the outbox of the channels outside."""
    operations.send_waiting(at=clock.now())


def open_periods() -> None:
    """Open the self-checks of the week and the problem lists of the half-year."""
    operations.open_periods(on=clock.today(), at=clock.now())

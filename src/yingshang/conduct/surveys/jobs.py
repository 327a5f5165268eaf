"""Scheduled work."""

from yingshang.conduct.surveys import operations, queries
from yingshang.kernel import clock
from yingshang.kernel.parties import SYSTEM


def close_ended() -> None:
    """Close every survey whose last day is over: nobody may answer, and the sheets are to be shuffled."""
    for code in queries.ended_on(clock.today()):
        operations.close(survey=code, by=SYSTEM, at=clock.now())

"""Scheduled work."""

from contextlib import suppress

from yingshang.conduct.surveys import operations, queries
from yingshang.kernel import clock
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM


def close_ended() -> None:
    """Close every survey whose last day is over: nobody may answer, and the sheets are to be shuffled."""
    for code in queries.ended_on(clock.today()):
        with suppress(Refusal):  # somebody closed it a moment ago
            operations.close(survey=code, by=SYSTEM, at=clock.now())

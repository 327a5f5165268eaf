"""What time it is: the one place that reads the machine's clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

BEIJING = ZoneInfo("Asia/Shanghai")

_shift: ContextVar[timedelta | None] = ContextVar("clock_shift", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC. In demo mode YS_CLOCK_SHIFT may move it by so many seconds."""
    shift = _shift.get()
    if shift is None:
        shift = timedelta(seconds=settings.YS_CLOCK_SHIFT)
    return timezone.now() + shift


def today() -> date:
    """Return the present date in Beijing."""
    return beijing_date(now())


def beijing_date(moment: datetime) -> date:
    """Return the Beijing date of an aware moment. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no Beijing date")
    return moment.astimezone(BEIJING).date()


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Move ``now`` and ``today`` for the code inside, in this thread or task only. For stories and demonstrations."""
    token = _shift.set(by)
    try:
        yield
    finally:
        _shift.reset(token)

"""Clocks, calendars and limits introduce themselves."""

from yingshang.kernel.registry import Capability

CAPABILITY = Capability(
    name="clock",
    title="时限与日历",
    tells={
        "clock.calendar_loaded": {"year": int},
        "clock.recounted": {"clock_id": int},
    },
)

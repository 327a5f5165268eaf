"""Time: what day it is, which days are worked, how long a text allows, and the clocks that run by it.

Limits and calendars are published editions with their sources; a clock keeps
the edition of the day it began. Owns the words: limit, clock, pause,
extension, provisional.
"""

from typing import TYPE_CHECKING

from yingshang.kernel.registry import door

if TYPE_CHECKING:
    from yingshang.kernel.clock.calendar_years import KeptYear, keep_year
    from yingshang.kernel.clock.county import load
    from yingshang.kernel.clock.models import CalendarDay, CalendarYear, Clock, Extension, Limit, Pause
    from yingshang.kernel.clock.publishing import missing_year, publish_calendar
    from yingshang.kernel.clock.queries import Unsourced
    from yingshang.kernel.clock.reckoning import reckon
    from yingshang.kernel.clock.recounting import recompute
    from yingshang.kernel.clock.running import Recount, Start, extend, hold, pause, resume, start, start_all
    from yingshang.kernel.clock.snapshot import calendar, limit_on
    from yingshang.kernel.clock.standing import Deemed, Remaining, deemed_on, remaining
    from yingshang.kernel.clock.timepiece import BEIJING, beijing_date, now, shifted, today

__all__ = [
    "BEIJING",
    "CalendarDay",
    "CalendarYear",
    "Clock",
    "Deemed",
    "Extension",
    "KeptYear",
    "Limit",
    "Pause",
    "Recount",
    "Remaining",
    "Start",
    "Unsourced",
    "beijing_date",
    "calendar",
    "deemed_on",
    "extend",
    "hold",
    "keep_year",
    "limit_on",
    "load",
    "missing_year",
    "now",
    "pause",
    "publish_calendar",
    "reckon",
    "recompute",
    "remaining",
    "resume",
    "shifted",
    "start",
    "start_all",
    "today",
]

__getattr__ = door(
    __name__,
    {
        "calendar_years": "KeptYear keep_year",
        "county": "load",
        "models": "CalendarDay CalendarYear Clock Extension Limit Pause",
        "publishing": "missing_year publish_calendar",
        "queries": "Unsourced",
        "reckoning": "reckon",
        "recounting": "recompute",
        "running": "Recount Start extend hold pause resume start start_all",
        "snapshot": "calendar limit_on",
        "standing": "Deemed Remaining deemed_on remaining",
        "timepiece": "BEIJING beijing_date now shifted today",
    },
)

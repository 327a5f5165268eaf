"""Periods of law on a calendar: working days, days, hours, months and years, forward and backward.

One rule decides the first day everywhere: the day of the event is not counted
(docs/adr/0002). No clock is read here; every date is passed in.
"""

from yingshang.methods.dates.backward import before
from yingshang.methods.dates.calendar import Calendar, working_days_between
from yingshang.methods.dates.notices import NOTICE_SCHEMA, calendar_of, days_of, notice_from_plain, notice_to_plain
from yingshang.methods.dates.periods import Due, DueMoment, due, due_moment, next_yearly, working_days_after
from yingshang.methods.dates.span import Span
from yingshang.methods.dates.units import Unit

__all__ = [
    "NOTICE_SCHEMA",
    "Calendar",
    "Due",
    "DueMoment",
    "Span",
    "Unit",
    "before",
    "calendar_of",
    "days_of",
    "due",
    "due_moment",
    "next_yearly",
    "notice_from_plain",
    "notice_to_plain",
    "working_days_after",
    "working_days_between",
]

"""A holiday notice of one year as data, and the calendar that several make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yingshang.methods.dates.calendar import Calendar
from yingshang.methods.dates.span import Span

_DATE = {"type": "string", "format": "date"}

NOTICE_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "calendar/1: the days off and the make-up days of one year",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "year", "notices", "days_off", "make_up_days"],
    "properties": {
        "schema": {"const": "calendar/1"},
        "year": {"type": "integer", "minimum": 1949, "maximum": 9998},
        "edition": {"type": "integer", "minimum": 1},
        "notices": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"$ref": "#/$defs/notice"}},
        "days_off": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/holiday"}},
        "make_up_days": {"type": "array", "items": _DATE},
    },
    "$defs": {
        "notice": {
            "type": "object",
            "additionalProperties": False,
            "required": ["number", "confirmed"],
            "properties": {
                "number": {"type": "string", "minLength": 1, "maxLength": 60},
                "title": {"type": "string"},
                "confirmed": {"type": "boolean"},
                "todo": {"type": "string"},
            },
        },
        "holiday": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name", "first", "last"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 40},
                "first": _DATE,
                "last": _DATE,
            },
        },
    },
}


def days_of(notice: Mapping[str, Any]) -> tuple[dict[date, str], frozenset[date]]:
    """Return the days off with the holiday's name, and the make-up days, of a notice that fits NOTICE_SCHEMA.

    Raises ValueError with a sentence in Chinese where the notice contradicts itself.
    """
    year = notice["year"]
    off = {day: holiday["name"] for holiday in notice["days_off"] for day in Span(holiday["first"], holiday["last"])}
    worked = frozenset(notice["make_up_days"])
    for day in sorted({*off, *worked}):
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise ValueError(f"{day}不在{year}年，也不在上一年12月。")
    for day in sorted(worked):
        if day in off:
            raise ValueError(f"{day}既列为放假，又列为调休上班。")
        if day.weekday() < 5:
            raise ValueError(f"{day}不是星期六或星期日，不会是调休上班日。")
    return off, worked


def calendar_of(notices: Iterable[Mapping[str, Any]]) -> Calendar:
    """Return the calendar that the notices of several years make together."""
    off: set[date] = set()
    worked: set[date] = set()
    years: set[int] = set()
    for notice in notices:
        days_off, make_up_days = days_of(notice)
        off |= days_off.keys()
        worked |= make_up_days
        years.add(notice["year"])
    return Calendar(frozenset(off), frozenset(worked), frozenset(years))


def notice_to_plain(notice: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notice with its dates as ISO text, for JSON."""
    return {
        **notice,
        "days_off": [
            {**holiday, "first": holiday["first"].isoformat(), "last": holiday["last"].isoformat()}
            for holiday in notice["days_off"]
        ],
        "make_up_days": [day.isoformat() for day in notice["make_up_days"]],
    }


def notice_from_plain(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the notice that ``notice_to_plain`` wrote."""
    return {
        **plain,
        "days_off": [
            {**holiday, "first": date.fromisoformat(holiday["first"]), "last": date.fromisoformat(holiday["last"])}
            for holiday in plain["days_off"]
        ],
        "make_up_days": [date.fromisoformat(day) for day in plain["make_up_days"]],
    }

"""算出到期日：./ys clock due 2026-02-13 5wd [--before] [--rolls]（wd 工作日，d 日，h 小时，m 月，y 年）

Reads the published calendars from their files; needs no database.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import date, datetime
from pathlib import Path

from yingshang.methods import county_files, dates
from yingshang.methods.dates import Unit

COUNTIES = Path(__file__).resolve().parents[4] / "counties"
USAGE = "用法：./ys clock due 2026-02-13 5wd [--before] [--rolls]。"
LARGEST = 100_000


class BadInput(Exception):
    """What was typed can't be read. Carries the sentence in Chinese and in English."""


def main(argv: list[str]) -> int:
    """Print the last day (or moment) of a period; return 0, or 2 for input that makes no sense.

    A bare date counts from 00:00 where hours are asked for. What the person
    should know besides goes to stderr.
    """
    try:
        options = {word for word in argv if word.startswith("--")}
        words = [word for word in argv if not word.startswith("--")]
        if options - {"--before", "--rolls"} or len(words) != 2:
            raise BadInput(USAGE, "Two words: a date, and an amount with its unit; --before and --rolls if wanted.")
        start, (amount, unit) = _start(words[0]), _period(words[1])
        print(_answer(start, amount, unit, before="--before" in options, rolls="--rolls" in options))
    except BadInput as bad:
        chinese, english = bad.args
        print(f"✗ {chinese}\n  {english}", file=sys.stderr)
        return 2
    except county_files.DataProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _start(text: str) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"“{text}”不是真实的日期，请写成2026-02-13或2026-02-13T16:00。",
            f"“{text}” is no date; write 2026-02-13 or 2026-02-13T16:00.",
        ) from None
    if start.tzinfo is not None:
        raise BadInput("请写北京时间，不要写时区。", "Write Beijing time, without a time zone.")
    return start


def _period(text: str) -> tuple[int, Unit]:
    found = re.fullmatch(r"([0-9]{1,9})(wd|d|h|m|y)", text)
    if not found or not 1 <= int(found[1]) <= LARGEST:
        raise BadInput(
            f"“{text}”不是期限，请写成5wd（工作日）、30d（日）、24h（小时）、3m（月）或1y（年），数目从1到{LARGEST}。",
            f"“{text}” is no period; write 5wd, 30d, 24h, 3m or 1y, from 1 to {LARGEST}.",
        )
    return int(found[1]), Unit(found[2])


def _answer(start: datetime, amount: int, unit: Unit, *, before: bool, rolls: bool) -> str:
    if unit is Unit.HOUR and (before or rolls):
        raise BadInput("小时不能倒算，也不顺延。", "Hours are not counted backwards and never roll.")
    if before and rolls:
        raise BadInput("倒算的日期不顺延。", "A day counted backwards never rolls.")
    calendar, day = _calendar(), start.date()
    try:
        if unit is Unit.HOUR:
            return dates.due_moment(start, amount).at.isoformat(timespec="minutes")
        found = (
            dates.before(day, amount, unit, calendar) if before else dates.due(day, amount, unit, calendar, rolls=rolls)
        )
    except ValueError:
        raise BadInput("算出的日期超出了公历的范围。", "The answer lies outside the calendar's years.") from None
    if found.provisional:
        _say_provisional(calendar)
    elif not rolls and not before and not calendar.is_working_day(found.date):
        _say_rest_day(found.date, calendar)
    return found.date.isoformat()


def _calendar() -> dates.Calendar:
    folder = Path(os.environ.get("YS_COUNTIES_DIR", COUNTIES)) / "_national" / "calendars"
    notices = []
    for file in county_files.read_folder(folder, dates.NOTICE_SCHEMA):
        try:
            dates.days_of(file.data)
        except ValueError as fault:
            raise file.problem((), str(fault)) from None
        notices.append(file.data)
    return dates.calendar_of(notices)


def _say_provisional(calendar: dates.Calendar) -> None:
    known = f"{min(calendar.years)}–{max(calendar.years)}" if calendar.years else "—"
    print(
        f"暂定：期限用到了还没有放假通知的年份（已有{known}），按周一至周五推算，通知公布后可能变化。\n"
        f"Provisional: the period uses a year without a holiday notice (known: {known}).",
        file=sys.stderr,
    )


def _say_rest_day(day: date, calendar: dates.Calendar) -> None:
    print(
        f"{day}是休息日；法律规定顺延的（《民法典》第二百零三条），为{calendar.next_working_day(day)}，请加 --rolls。\n"
        "This is a rest day; where the text moves it to the next working day, add --rolls.",
        file=sys.stderr,
    )

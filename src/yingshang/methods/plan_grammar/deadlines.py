"""Deadlines in a task: dates, ends of periods, and words that set none."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yingshang.methods.plan_grammar.shadow import Shadow

CHINESE_MONTH = "十一|十二|[一二三四五六七八九十]"
BY = r"(?:之前|以前|前)?"
DONE = (
    r"(?:完成|办结|建成|投入|动工|开工|竣工|启动|见成效|投用|运行|上线|达到|实现|出台|印发|报送|落实|交付|验收"
    r"|到位|全面|基本)"
)
DATED = re.compile(
    rf"(?:(?P<y1>20\d\d)年|(?P<this>今年|本年|当年)|(?P<next>明年))?"
    rf"(?:(?P<m1>1[0-2]|0?[1-9])月|(?P<cm>{CHINESE_MONTH})月)"
    rf"(?:(?P<d1>3[01]|[12]\d|0?[1-9])日(?P<by1>{BY})|(?P<half>上旬|中旬|下旬)(?P<by4>{BY})|(?P<end>底|末|月底|份底|份)?(?P<by2>{BY}))"
    rf"(?P<done>{DONE})?"
)
YEAR_END = re.compile(
    rf"(?:(?P<y>20\d\d)年|(?P<this>今年|本年|当年)|(?P<next>明年))(?P<what>年底|底|年末|末|年内|内|上半年|下半年|全年){BY}"
    rf"|(?:到|至|截至)(?P<to>20\d\d)年(?P<towhat>底|末)?"
    rf"|(?P<bare>年底{BY}|年末{BY}|年内|上半年|下半年|全年(?=[,;。)完组]|$))"
    rf"|(?:(?P<qy>20\d\d)年)?第?(?P<q>[一二三四1-4])季度(?:末|底|内)?{BY}"
)
RANGE = re.compile(
    r"(?P<from>20\d\d)(?:年(?:(?P<fm>1[0-2]|0?[1-9])月)?)?\s*(?:-|—|–|~|至|到)+\s*(?P<to>20\d\d)年(?:(?P<tm>1[0-2]|0?[1-9])月)?(?:底|末)?"
)
ONGOING = re.compile(
    r"持续推进|持续推动|持续开展|长期坚持|长期推进|常态化推进|常态化开展|常态化|长期|立行立改|立知立改|立即整改|持续|全程|即知即改|贯穿全年|适时|即时"
)
REPORT = re.compile(r"每(?:年|季度?|月|周|半年|个)|次月|次年|逐月|逐季")
QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}


@dataclass(frozen=True)
class Deadline:
    """raw: as printed, at its place in the shadow. kind: date, ongoing, period or unknown. day: the last, if known."""

    raw: str
    start: int
    end: int
    kind: str
    day: date | None


def deadlines_in(shadow: Shadow, year: int | None, *, told: bool = False) -> list[Deadline]:
    """Return the deadlines in a text, in order, none inside another.

    year: of the document; without it a deadline that names no year has no date.
    told: the text stands under a label or column of deadlines, or in the unit
    clause: then words like 持续推进 and a bare month count as well.
    """
    found: list[Deadline] = []
    for one in sorted(_all(shadow, year, told), key=lambda each: (each.start, -each.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def is_deadline(shadow: Shadow, year: int | None = 2000) -> bool:
    """Return whether a phrase of a unit clause says when and not who."""
    covered = sum(one.end - one.start for one in deadlines_in(shadow, year, told=True))
    return covered * 2 >= len(shadow) > 0


def _all(shadow: Shadow, year: int | None, told: bool) -> Iterator[Deadline]:
    text = shadow.folded
    for match in RANGE.finditer(text):
        month = int(match["tm"]) if match["tm"] else 12
        yield _made(shadow, match, "period", _last_of(int(match["to"]), month))
    for match in DATED.finditer(text):
        if _reports(text, match) or not _sets_a_day(text, match, told):
            continue
        yield _made(shadow, match, "date", _day_of(match, year), end=match.start("done") if match["done"] else None)
    for match in YEAR_END.finditer(text):
        if not _reports(text, match):
            yield _made(shadow, match, "date", _end_of(match, year))
    if told:
        for match in ONGOING.finditer(text):
            yield _made(shadow, match, "ongoing", None)


def _made(shadow: Shadow, match: re.Match[str], kind: str, day: date | None, *, end: int | None = None) -> Deadline:
    stop = match.end() if end is None else end
    return Deadline(shadow.printed[match.start() : stop], match.start(), stop, kind, day)


def _reports(text: str, match: re.Match[str]) -> bool:
    """Return whether it is a rule of reporting (每季度末月20日前), which is no deadline of the task."""
    return bool(REPORT.search(text[max(0, match.start() - 6) : match.start()])) or text[: match.start()].endswith("每")


def _sets_a_day(text: str, match: re.Match[str], told: bool) -> bool:
    """A date that nobody must meet (2019年7月16日印发) is no deadline."""
    if match["d1"]:
        return told or bool(match["by1"]) or text[: match.start()].endswith(("至", "到", "于"))
    if match["half"]:
        return told or bool(match["by4"]) or bool(match["done"])
    by = bool(match["by2"]) or match["end"] in {"底", "末", "月底", "份底"}
    return told or by or bool(match["done"])


def _year_of(match: re.Match[str], year: int | None, named: str) -> int | None:
    if match[named]:
        return int(match[named])
    return year + 1 if match["next"] and year else year


def _day_of(match: re.Match[str], year: int | None) -> date | None:
    in_year = _year_of(match, year, "y1")
    month = int(match["m1"]) if match["m1"] else NUMERALS[match["cm"]]
    if in_year is None:
        return None
    if match["d1"]:
        day = int(match["d1"])
        return date(in_year, month, day) if day <= calendar.monthrange(in_year, month)[1] else None
    if match["half"] in {"上旬", "中旬"}:
        return date(in_year, month, 10 if match["half"] == "上旬" else 20)
    return _last_of(in_year, month)


def _end_of(match: re.Match[str], year: int | None) -> date | None:
    if match["q"]:
        in_year = int(match["qy"]) if match["qy"] else year
        return _last_of(in_year, 3 * QUARTER[match["q"]]) if in_year else None
    if match["to"]:
        return date(int(match["to"]), 12, 31)
    in_year = _year_of(match, year, "y")
    word = match["what"] or match["bare"] or ""
    return _last_of(in_year, 6 if word.startswith("上半年") else 12) if in_year else None


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])

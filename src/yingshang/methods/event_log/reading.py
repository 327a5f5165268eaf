"""Read an event log that came from elsewhere: CSV or XES (IEEE 1849). Every fault with its row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from io import BytesIO, StringIO
from typing import BinaryIO, NamedTuple

from lxml import etree

from yingshang.methods.event_log.log import Event

CASE, ACTIVITY, AT, UNIT = "case", "activity", "at", "unit"
XES_NAMES = {CASE: "case:concept:name", ACTIVITY: "concept:name", AT: "time:timestamp", UNIT: "org:group"}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What no database and no workbook takes in a text."""
MOST_FAULTS = 200
LONGEST_SHOWN = 40
YEARS = range(1970, 2101)  # a work clock lays out every day of a log; years beyond stand for "unknown"
Fields = dict[str, str]


class LogFault(NamedTuple):
    """One thing wrong. row: as a spreadsheet counts, or the number of the event in an XES file; 0 for the whole."""

    row: int
    column: str
    found: str
    counted: str = "行"

    def __str__(self) -> str:
        column = f"“{self.column}”{'列' if self.counted == '行' else ''}" if self.column else ""
        return f"第 {self.row} {self.counted}{column}：{self.found}" if self.row else self.found


class WrongLog(ValueError):
    """A log that cannot be used. ``faults``: at most 200 of them."""

    def __init__(self, faults: Iterable[LogFault]) -> None:
        self.faults = list(faults)[:MOST_FAULTS]
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_csv(content: bytes, names: Mapping[str, str] | None = None, *, zone: tzinfo | None = None) -> list[Event]:
    """Return the events of a CSV table (UTF-8).

    names: what the columns case, activity, at and (optional) unit are called
    there; the names of XES are found by themselves. zone: of times that are
    written without one. Raises WrongLog: no such column, one column twice, an
    empty case, a time without zone where none is given, a time that runs
    backwards inside a case.
    """
    try:
        lines = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError:
        raise WrongLog([LogFault(0, "", "文件不是 UTF-8 编码，请另存为“CSV UTF-8”。")]) from None
    try:
        heads = [head.strip() for head in next(lines, [])]
        called = _columns(heads, names)
        return _events(_of_rows(heads, lines, called), called, zone)
    except csv.Error:
        said = "这一行太长，或者不是表格，请核对附近有没有多余的引号。"
        raise WrongLog([LogFault(lines.line_num, "", said)]) from None


def _columns(heads: list[str], names: Mapping[str, str] | None) -> dict[str, str]:
    """Return what each column is called there. Raises WrongLog for one that is lacking or there twice."""
    if twice := [name for name in dict.fromkeys(heads) if heads.count(name) > 1]:
        raise WrongLog(LogFault(1, name, "有两列同名，不知道用哪一列。") for name in twice)
    called = dict(names or (XES_NAMES if XES_NAMES[CASE] in heads else {name: name for name in XES_NAMES}))
    if lacking := [called[name] for name in (CASE, ACTIVITY, AT) if called.get(name) not in heads]:
        raise WrongLog(LogFault(1, name, "缺少这一列。") for name in lacking)
    return called


def _of_rows(heads: list[str], lines: Iterable[list[str]], called: Mapping[str, str]) -> Iterator[tuple[int, Fields]]:
    """Yield (row, its fields); an empty row is passed over and counted."""
    places = {name: heads.index(head) for name, head in called.items() if head in heads}
    for number, cells in enumerate(lines, start=2):
        if len(cells) > len(heads):
            raise WrongLog([LogFault(number, heads[-1], f"这一行有 {len(cells)} 格，应有 {len(heads)} 格。")])
        if any(cells):
            yield number, {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}


def read_xes(content: bytes | BinaryIO, *, zone: tzinfo | None = None) -> list[Event]:
    """Return the events of an XES file, trace by trace. Raises WrongLog as `read_csv` does, and when it is no XES."""
    stream = BytesIO(content) if isinstance(content, bytes) else content
    try:
        return _events(_of_traces(stream), XES_NAMES, zone, counted="个事件")
    except etree.XMLSyntaxError as error:
        raise WrongLog([LogFault(error.lineno or 0, "", "不是完整的 XES 文件。")]) from None


def _of_traces(stream: BinaryIO) -> Iterator[tuple[int, Fields]]:
    """Yield (number of the event, its fields); a trace is forgotten when it is read."""
    number = 0
    for _, trace in etree.iterparse(stream, tag="{*}trace", resolve_entities=False, no_network=True, huge_tree=False):
        case = _attributes(trace).get("concept:name", "")
        for event in trace.iterfind("{*}event"):
            number += 1
            found = _attributes(event)
            yield (
                number,
                {
                    CASE: case,
                    ACTIVITY: found.get("concept:name", ""),
                    AT: found.get("time:timestamp", ""),
                    UNIT: found.get("org:group", ""),
                },
            )
        trace.clear()


def _attributes(element: etree._Element) -> dict[str, str]:
    return {child.get("key", ""): child.get("value", "") for child in element if child.get("key")}


def _events(
    lines: Iterable[tuple[int, Fields]], called: Mapping[str, str], zone: tzinfo | None, *, counted: str = "行"
) -> list[Event]:
    faults: list[LogFault] = []
    latest: dict[str, datetime] = {}
    found: list[Event] = []
    for number, line in lines:
        if len(faults) >= MOST_FAULTS:
            break
        faults += [
            LogFault(number, called[name], "这一格是空的。", counted)
            for name in (CASE, ACTIVITY, AT)
            if not line.get(name)
        ]
        faults += [
            LogFault(number, called[name], "有看不见的控制字符，请删去。", counted)
            for name in (CASE, ACTIVITY, UNIT)
            if CONTROL.search(line.get(name, ""))
        ]
        at, said = _time(line[AT], zone) if line.get(AT) else (None, "")
        if at is not None and at < latest.get(line[CASE], at):
            said = f"时间倒退：比同一件“{line[CASE]}”的前一个（{latest[line[CASE]].isoformat()}）还早。"
        if said:
            faults.append(LogFault(number, called[AT], said, counted))
        if at is None:
            continue
        latest[line[CASE]] = at
        found.append(Event(line[CASE], line[ACTIVITY], at, line.get(UNIT, "")))
    if faults:
        raise WrongLog(faults)
    if not found:
        raise WrongLog([LogFault(0, "", "文件里没有事件。")])
    return found


def _time(written: str, zone: tzinfo | None) -> tuple[datetime | None, str]:
    """Return the instant, cut to whole microseconds, and nothing; or nothing and what is wrong with it."""
    please = "请写成 2026-11-22T09:00:00+08:00。"
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None, f"“{written[:LONGEST_SHOWN]}”不是时间，{please}"
    if len(written) <= len("2026-11-22"):
        return None, f"“{written}”只有日期，没有时刻，{please}"
    if found.year not in YEARS:
        return None, f"“{written}”不在 {YEARS[0]} 年到 {YEARS[-1]} 年之间，请核对。"
    if found.tzinfo is None and zone is None:
        return None, f"“{written}”没有写时区，{please}"
    return (found if found.tzinfo is not None else found.replace(tzinfo=zone)), ""

"""Read an event log that came from elsewhere: CSV or XES (IEEE 1849). Every fault with its row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from io import BytesIO, StringIO
from typing import BinaryIO, NamedTuple

from lxml import etree

from yingshang.methods.event_log.log import Event

CASE, ACTIVITY, AT, UNIT = "case", "activity", "at", "unit"
XES_NAMES = {CASE: "case:concept:name", ACTIVITY: "concept:name", AT: "time:timestamp", UNIT: "org:group"}
MOST_FAULTS = 200


class LogFault(NamedTuple):
    """One thing wrong. row: as a spreadsheet counts, or the number of the event in an XES file."""

    row: int
    column: str
    found: str

    def __str__(self) -> str:
        return f"第 {self.row} 行“{self.column}”列：{self.found}"


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
        rows = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError:
        raise WrongLog([LogFault(0, "", "文件不是 UTF-8 编码，请另存为“CSV UTF-8”。")]) from None
    heads = list(rows.fieldnames or [])
    if twice := [name for name in dict.fromkeys(heads) if heads.count(name) > 1]:
        raise WrongLog(LogFault(1, name, "有两列同名，不知道用哪一列。") for name in twice)
    called = dict(names or (XES_NAMES if XES_NAMES[CASE] in heads else {name: name for name in XES_NAMES}))
    if lacking := [called[name] for name in (CASE, ACTIVITY, AT) if called.get(name) not in heads]:
        raise WrongLog(LogFault(1, name, "缺少这一列。") for name in lacking)
    given = {name: head for name, head in called.items() if head in heads}
    lines = ({name: (row[head] or "").strip() for name, head in given.items()} for row in rows)
    return _events(enumerate(lines, start=2), called, zone)


def read_xes(content: bytes | BinaryIO, *, zone: tzinfo | None = None) -> list[Event]:
    """Return the events of an XES file, trace by trace. Raises WrongLog as `read_csv` does, and when it is no XES."""
    stream = BytesIO(content) if isinstance(content, bytes) else content
    try:
        return _events(_of_traces(stream), XES_NAMES, zone)
    except etree.XMLSyntaxError as error:
        raise WrongLog([LogFault(error.lineno or 0, "", "不是完整的 XES 文件。")]) from None


def _of_traces(stream: BinaryIO) -> Iterator[tuple[int, dict[str, str]]]:
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
    lines: Iterable[tuple[int, Mapping[str, str]]], called: Mapping[str, str], zone: tzinfo | None
) -> list[Event]:
    faults: list[LogFault] = []
    latest: dict[str, datetime] = {}
    found: list[Event] = []
    for number, line in lines:
        faults += [
            LogFault(number, called[name], "这一格是空的。") for name in (CASE, ACTIVITY, AT) if not line.get(name)
        ]
        at = _time(number, line[AT], called[AT], zone, faults) if line.get(AT) else None
        if at is None:
            continue
        if at < latest.get(line[CASE], at):
            said = f"时间倒退：比同一件“{line[CASE]}”的前一行（{latest[line[CASE]].isoformat()}）还早。"
            faults.append(LogFault(number, called[AT], said))
        latest[line[CASE]] = at
        found.append(Event(line[CASE], line[ACTIVITY], at, line.get(UNIT, "")))
    if faults:
        raise WrongLog(faults)
    if not found:
        raise WrongLog([LogFault(0, "", "文件里没有事件。")])
    return found


def _time(number: int, written: str, column: str, zone: tzinfo | None, faults: list[LogFault]) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        faults.append(LogFault(number, column, f"“{written}”不是时间，请写成 2026-11-22T09:00:00+08:00。"))
        return None
    if found.tzinfo is None and zone is None:
        faults.append(LogFault(number, column, f"“{written}”没有写时区，请写成 2026-11-22T09:00:00+08:00。"))
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)

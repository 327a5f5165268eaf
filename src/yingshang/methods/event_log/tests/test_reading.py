"""Logs from elsewhere: what is read, and what is refused by row and column."""

from __future__ import annotations

import pytest

from yingshang.methods import event_log

GOOD = "case,activity,at,unit\nA1,收件,2026-03-02T09:00:00+08:00,scjgj\nA1,办结,2026-03-03T09:00:00+08:00,scjgj\n"
XES = """<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/"><trace>
<string key="concept:name" value="A1"/>
<event><string key="concept:name" value="收件"/><date key="time:timestamp" value="{first}"/>
<string key="org:group" value="scjgj"/></event>
<event><string key="concept:name" value="办结"/><date key="time:timestamp" value="2026-03-03T09:00:00+08:00"/></event>
</trace></log>"""


def test_a_table_and_an_xes_file_say_the_same() -> None:
    table = event_log.read_csv(GOOD.encode())
    traces = event_log.read_xes(XES.format(first="2026-03-02T09:00:00.000+08:00").encode())
    assert [one[:3] for one in table] == [one[:3] for one in traces] and traces[0].unit == "scjgj"


@pytest.mark.parametrize(
    ("text", "row", "column", "said"),
    [
        (GOOD.replace("09:00:00+08:00,scjgj\nA1,办结", "09:00:00,scjgj\nA1,办结"), 2, "at", "没有写时区"),
        (GOOD.replace("2026-03-03", "2026-03-01"), 3, "at", "时间倒退"),
        (GOOD.replace("2026-03-03", "2026-02-30"), 3, "at", "不是时间"),
        (GOOD.replace("A1,办结", ",办结"), 3, "case", "空的"),
        (GOOD.replace("A1,办结", "A1,"), 3, "activity", "空的"),
        (GOOD.replace("case,", "number,"), 1, "case", "缺少这一列"),
        (GOOD.replace("2026-03-02T09:00:00+08:00", "2026-03-02"), 2, "at", "只有日期，没有时刻"),
        (GOOD.replace("2026-03-02", "0001-01-01"), 2, "at", "不在 1970 年到 2100 年之间"),
        (GOOD.replace("2026-03-03", "2026-03-01").replace("\nA1,办结", "\n\nA1,办结"), 4, "at", "时间倒退"),
        (GOOD.replace(",scjgj\nA1", ",scjgj,x\nA1"), 2, "unit", "有 5 格，应有 4 格"),
        (GOOD.replace("A1,办结,2026-03-03T09:00:00+08:00,scjgj", "A1,办结"), 3, "at", "空的"),
        (GOOD.replace("A1,收件", "A1," + "长" * 200_000), 2, "", "这一行太长"),
        (GOOD.replace("unit", "case"), 1, "case", "有两列同名"),
        ("case,activity,at\n", 0, "", "没有事件"),
        ("", 1, "case", "缺少这一列"),
    ],
)
def test_a_fault_in_a_table_is_named_by_row_and_column(text: str, row: int, column: str, said: str) -> None:
    with pytest.raises(event_log.WrongLog) as wrong:
        event_log.read_csv(text.encode())
    fault = wrong.value.faults[0]
    assert (fault.row, fault.column) == (row, column) and said in fault.found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (XES.format(first="2026-03-04T09:00:00+08:00").encode(), "时间倒退"),
        (XES.format(first="2026-03-02T09:00:00").encode(), "没有写时区"),
        (XES[:-20].encode(), "不是完整的 XES"),
        (XES.format(first="2026-03-02").encode(), "第 1 个事件“time:timestamp”：“2026-03-02”只有日期"),
        (b"<log/>", "没有事件"),
        (b"", "不是完整的 XES"),
    ],
)
def test_a_fault_in_an_xes_file_is_named(content: bytes, said: str) -> None:
    with pytest.raises(event_log.WrongLog, match=said):
        event_log.read_xes(content)


def test_times_are_read_as_databases_and_loggers_write_them() -> None:
    # PostgreSQL writes the hour of the zone alone, some loggers nine digits: what is below a microsecond is cut off.
    times = ["2026-03-02 09:00:00+08", "2026-03-02T01:00:00.123456789Z", "2026-03-02T03:00:00.5+02:00"]
    found = event_log.read_csv("\n".join(["case,activity,at", *(f"A,x,{time}" for time in times)]).encode())
    whole = [row["at"] for row in event_log.arrow_tables(found)["events"].to_pylist()]
    assert [at - whole[0] for at in whole] == [0, 123_456, 500_000]


def test_a_log_full_of_faults_tells_two_hundred_of_them() -> None:
    with pytest.raises(event_log.WrongLog) as wrong:
        event_log.read_csv(("case,activity,at\n" + "A,x,gestern\n" * 1_000).encode())
    assert len(wrong.value.faults) == 200


def test_an_xes_file_cannot_read_other_files() -> None:
    evil = XES.format(first="&leak;").replace(
        '<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY leak SYSTEM "file:///etc/hostname">]>'
    )
    with pytest.raises(event_log.WrongLog):
        event_log.read_xes(evil.encode())

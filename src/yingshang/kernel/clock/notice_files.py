"""A holiday notice from an uploaded file: YAML as in ``calendars/``, or a sheet of three columns."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from yingshang.kernel import web
from yingshang.kernel.errors import Refusal
from yingshang.methods import county_files, dates
from yingshang.methods.identifiers import cleaned, doc_number

LARGEST_FILE = 1024 * 1024
MOST_ROWS = 400
MOST_NOTICES, LONGEST_NUMBER, LONGEST_NAME = 3, 60, 40
FIRST_YEAR, LAST_YEAR = 1949, 9998
OFF = {"休", "放假", "OFF"}
WORKED = {"班", "上班", "调休上班", "WORKED"}
DEEPEST = 8
HEADINGS = ("日期", "休/班", "通知文号")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class UnreadableNotice(ValueError):
    """What is wrong with an uploaded file: one Chinese sentence for each fault, with its line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("；".join(faults))
        self.faults = faults


def read_notice(name: str, content: bytes) -> dict[str, Any]:
    """Return a notice that fits ``dates.NOTICE_SCHEMA``, unconfirmed if it comes from a sheet.

    name: of the file; its ending decides how it is read.
    Raises UnreadableNotice.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableNotice(["文件超过1MB。一年的放假安排只有几十行，请核对是否选错了文件。"])
    ending = Path(name).suffix.lower()
    if ending in {".yaml", ".yml"}:
        return _from_yaml(content)
    if ending in {".xlsx", ".csv"}:
        return _from_sheet(_rows(name, content))
    raise UnreadableNotice(["只能读取YAML文件（.yaml）或表格（.xlsx、.csv）。"])


def _from_yaml(content: bytes) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.yaml"
        path.write_bytes(content)
        try:
            _refuse_traps(content)
            return county_files.read(path, dates.NOTICE_SCHEMA).data
        except county_files.DataProblem as problem:
            raise UnreadableNotice([f"第{problem.line}行：{problem.found}"]) from None


def _refuse_traps(content: bytes) -> None:
    """Refuse what a reader that follows every level and every alias would choke on; other faults are left to it."""
    depth = 0
    try:
        for event in yaml.parse(content, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line + 1 if event.start_mark else 1
            if depth > DEEPEST:
                raise UnreadableNotice([f"第{line}行：层次太深，不是放假安排。"])
            if isinstance(event, yaml.AliasEvent):
                raise UnreadableNotice([f"第{line}行：不能使用YAML的引用（*）。"])
    except (yaml.YAMLError, UnicodeError):
        return


def _from_sheet(rows: list[list[str]]) -> dict[str, Any]:
    if tuple(cleaned(cell) for cell in rows[0][:3]) != HEADINGS:
        raise UnreadableNotice([f"第1行应当是表头：{'、'.join(HEADINGS)}，可以再加一列“节日”。"])
    days: dict[date, tuple[str, str]] = {}
    numbers: list[str] = []
    faults: list[str] = []
    for place, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        cells = [*row, "", "", "", ""][:4]
        try:
            day, kind, number = _day(cells[0]), _kind(cells[1]), doc_number.check(cells[2])
            _check_row(day, days, number, cells[3])
        except ValueError as fault:
            faults.append(f"第{place}行：{fault}")
            continue
        days[day] = (kind, cells[3])
        if number not in numbers:
            numbers.append(number)
    if not faults and "off" not in {kind for kind, _ in days.values()}:
        faults.append("表里没有任何放假的日期。")
    if len(numbers) > MOST_NOTICES:
        faults.append(f"一年的安排最多来自{MOST_NOTICES}份通知，这里有{len(numbers)}份。")
    if faults:
        raise UnreadableNotice(faults)
    return {
        "schema": "calendar/1",
        "year": max(days).year,
        "notices": [{"number": number, "confirmed": False} for number in numbers],
        "days_off": [
            {"name": name or "放假", "first": day, "last": day}
            for day, (kind, name) in sorted(days.items())
            if kind == "off"
        ],
        "make_up_days": sorted(day for day, (kind, _) in days.items() if kind == "worked"),
    }


def _rows(name: str, content: bytes) -> list[list[str]]:
    try:
        rows = web.rows_of(name, content)
    except Refusal as refusal:
        raise UnreadableNotice([refusal.reason + refusal.remedy]) from None
    if not rows:
        raise UnreadableNotice(["第一张表是空的。"])
    if len(rows) > MOST_ROWS:
        raise UnreadableNotice([f"表格超过{MOST_ROWS}行。一年的放假安排只有几十行，请核对是否选错了文件。"])
    return rows


def _check_row(day: date, days: Collection[date], number: str, name: str) -> None:
    if day in days:
        raise ValueError(f"{day}出现了两次。")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day}不在{FIRST_YEAR}年至{LAST_YEAR}年之间。")
    if len(number) > LONGEST_NUMBER or len(name) > LONGEST_NAME:
        raise ValueError(f"文号最多{LONGEST_NUMBER}个字，节日最多{LONGEST_NAME}个字。")


def _day(cell: str) -> date:
    found = DAY.fullmatch(cleaned(cell))
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise ValueError(f"“{cell}”不是日期，请写成2027-01-01。")


def _kind(cell: str) -> str:
    word = cleaned(cell)
    if word in OFF:
        return "off"
    if word in WORKED:
        return "worked"
    raise ValueError(f"“{cell}”应为“休”或“班”。")

"""What a sheet must hold, and what is wrong with one that came."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yingshang.kernel.errors import Refusal
from yingshang.kernel.web.dirt import is_dirty
from yingshang.kernel.web.tables.declare import Column
from yingshang.kernel.web.tables.sheet_out import written

LONGEST_TEXT = 2_000
HEAD_WITHIN = 5  # rows: a title may stand above the head
MOST_FAULTS = 1_000


def text(value: str) -> str:
    """Read a cell as text of at most 2,000 characters. Raises ValueError."""
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"有{len(value)}个字，最多{LONGEST_TEXT}个字。")
    return value


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One column that a sheet must have.

    title: heading in the sheet; spaces, line breaks, width and a closing ``*``
    do not matter. name: key in the row that is handed on. read: cell text →
    JSON value; raises ValueError with a Chinese sentence that says what to
    write. required: an empty cell is a fault. example: for the template.
    choices: what the template offers to pick from in this column.
    """

    title: str
    name: str
    read: Callable[[str], Any] = text
    required: bool = True
    example: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong: the row as numbered in the sheet, the column's title (empty for the whole row), and what to do."""

    row: int
    column: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet that was read: good rows, faults, and the sheet as it came for returning it.

    rows: mappings of ``Wanted.name`` to values, plus ``row`` as numbered in the sheet.
    """

    rows: list[dict[str, Any]]
    faults: list[Fault]
    head: list[str] = field(default_factory=list)
    body: list[tuple[int, list[str]]] = field(default_factory=list)


def read_sheet(rows: Sequence[Sequence[str]], wanted: Sequence[Wanted]) -> Sheet:
    """Return what the rows say under the wanted headings.

    Raises Refusal ``web.sheet_wrong_head`` when a required heading is missing,
    and ``web.sheet_empty`` when nothing stands under the head.
    """
    at, places = _find_head(rows, wanted)
    body = [(number, list(row)) for number, row in enumerate(rows[at + 1 :], start=at + 2) if any(row)]
    if not body:
        raise Refusal("web.sheet_empty", "表头下面没有内容。", "请填写后再上传。")
    good: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for number, row in body:
        values, wrong = _read_row(number, row, wanted, places)
        faults += wrong
        if not wrong:
            good.append(values)
    return Sheet(rows=good, faults=faults[:MOST_FAULTS], head=list(rows[at]), body=body)


def _read_row(
    number: int, row: Sequence[str], wanted: Sequence[Wanted], places: dict[str, int]
) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {"row": number}
    faults = []
    for column in wanted:
        place = places.get(column.name)
        cell = row[place] if place is not None and place < len(row) else ""
        values[column.name] = None
        if not cell and not column.required:
            continue
        try:
            if not cell:
                raise ValueError("没有填写。")
            if is_dirty(cell):
                raise ValueError("有无法识别的字符，请重新录入。")
            values[column.name] = column.read(cell)
        except ValueError as error:
            faults.append(Fault(row=number, column=column.title, words=str(error)))
    return values, faults


def _find_head(rows: Sequence[Sequence[str]], wanted: Sequence[Wanted]) -> tuple[int, dict[str, int]]:
    """Return the row of the head and where each wanted column stands: the row that has most of them."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:HEAD_WITHIN]):
        titles = [_plain(cell) for cell in row]
        places = {
            column.name: titles.index(_plain(column.title)) for column in wanted if _plain(column.title) in titles
        }
        if len(places) > len(best[1]):
            best = at, places
    missing = [column.title for column in wanted if column.required and column.name not in best[1]]
    if missing:
        raise Refusal(
            "web.sheet_wrong_head",
            f"表头里没有找到“{'”“'.join(missing)}”。",
            "请下载模板，按模板的表头填写；合并的单元格要先拆开。",
        )
    return best


def _plain(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title)
    return "".join(folded.split()).rstrip("*")


def template_of(name: str, wanted: Sequence[Wanted]) -> bytes:
    """Return an empty workbook with the head, one row of examples, and lists to pick from."""
    columns = [Column(title=column.title, value=column.name, kind="code", width=18) for column in wanted]
    offered = {place: column.choices for place, column in enumerate(wanted, start=1) if column.choices}
    return written(name, columns, [[column.example for column in wanted]], offered=offered)


def faults_workbook(name: str, sheet: Sheet) -> bytes:
    """Return the sheet's faulty rows as they came, with 行号 before and 错误原因 behind."""
    words: dict[int, list[str]] = {}
    for fault in sheet.faults:
        words.setdefault(fault.row, []).append(f"{fault.column}：{fault.words}" if fault.column else fault.words)
    width = max([len(sheet.head), *(len(row) for number, row in sheet.body if number in words)])
    head = [*sheet.head, *[""] * (width - len(sheet.head))]
    columns = [Column(title="行号", value="", kind="number", width=8)]
    columns += [Column(title=title, value="", kind="code", width=18) for title in head]
    columns.append(Column(title="错误原因", value="", width=60))
    rows = [
        [number, *row, *[""] * (width - len(row)), "".join(words[number])]
        for number, row in sheet.body
        if number in words
    ]
    return written(name, columns, rows)

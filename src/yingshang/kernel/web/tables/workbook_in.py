"""Read a workbook that a stranger made: nothing is believed, nothing is unpacked without a limit."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from yingshang.kernel.errors import Refusal

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200

OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls of before 2007, and any workbook with a password
CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^>]*?\br="([A-Z]{0,3})(\d{1,7})"')
CHUNK = 1 << 20


def rows_of(name: str, content: bytes) -> list[list[str]]:
    """Return the rows of the first visible sheet as text, cells trimmed, empty rows at the end dropped.

    name: of the file, for its ending. Dates become ``2026-03-02``, whole
    numbers lose their ``.0``. Raises Refusal ``web.sheet_too_large``,
    ``web.sheet_old_format`` or ``web.sheet_unreadable``.
    """
    if len(content) > LARGEST_FILE:
        raise too_large(f"文件有{len(content) / 1024 / 1024:.0f}MB，超过{LARGEST_FILE // 1024 // 1024}MB。")
    if content.startswith(OLD_OFFICE) or name.lower().endswith((".xls", ".et")):
        raise Refusal(
            "web.sheet_old_format",
            "这是旧版格式（.xls、.et）或者设了密码的文件，读不出来。",
            "请在表格软件里去掉密码，选择“另存为”，格式选.xlsx，再上传。",
        )
    rows = _from_text(content) if name.lower().endswith((".csv", ".txt")) else _from_workbook(content)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise too_large(f"表格有{len(rows)}行，超过{MOST_ROWS}行。")
    return rows


def too_large(reason: str) -> Refusal:
    """Return the refusal of a sheet over a limit."""
    return Refusal("web.sheet_too_large", reason, "请分成几个文件上传。")


def _unreadable() -> Refusal:
    return Refusal(
        "web.sheet_unreadable",
        "这个文件读不出来，可能不是表格，或者已经损坏。",
        "请用表格软件打开核对，另存为.xlsx后再上传。",
    )


def _from_text(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise _unreadable() from None
    if "\x00" in text:
        raise _unreadable()
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        raise _unreadable() from None
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise too_large(f"表格超过{MOST_COLUMNS}列。")
    return rows


def _from_workbook(content: bytes) -> list[list[str]]:
    _weigh(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [sheet.name for sheet in book.sheets_metadata if str(sheet.visible).endswith("Visible")]
        sheet = book.get_sheet_by_name((visible or book.sheet_names)[0])
        return [[cell_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, IndexError, KeyError, OSError):
        raise _unreadable() from None


def _weigh(content: bytes) -> None:
    """Refuse what would unpack to too much, and a sheet whose one far cell would stretch it over the memory."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise too_large("文件里的部件太多，不是普通的表格。")
            for part in parts:
                is_sheet = "worksheets/" in part.filename
                tail = b""
                with archive.open(part) as stream:
                    while piece := stream.read(CHUNK):
                        unpacked += len(piece)
                        if unpacked > LARGEST_UNPACKED:
                            raise too_large("文件解压后太大，不是普通的表格。")
                        if is_sheet:
                            _measure(tail + piece)
                            tail = piece[-200:]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError):
        raise _unreadable() from None


def _measure(piece: bytes) -> None:
    for letters, digits in CELL.findall(piece):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        if int(digits) > MOST_ROWS + 1:
            raise too_large(f"表格用到了第{int(digits)}行，超过{MOST_ROWS}行；下面的空行可能带着格式。")
        if column > MOST_COLUMNS:
            raise too_large(f"表格用到了第{column}列，超过{MOST_COLUMNS}列；右边的空列可能带着格式。")


def cell_text(value: Any) -> str:
    """Return a cell as the text that a person sees in it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value).strip()

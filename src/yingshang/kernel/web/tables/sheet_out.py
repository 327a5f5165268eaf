"""Any table as a workbook: what you see is what you get.

The library is imported on first use: it brings numpy along, which most processes never need.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone

from yingshang.kernel.web.lamps import lamp_word
from yingshang.kernel.web.remaining import remaining_words
from yingshang.kernel.web.tables.declare import Column, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = "EAF1FA"
CANNOT_STAND = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
LONGEST_LIST = 255  # characters of a list of values, by the format
LAST_OFFERED = 2_001


def xlsx_out(table: Table) -> HttpResponse:
    """Return the table as a workbook to download, named ``<table.name>.xlsx``."""
    response = HttpResponse(workbook_of(table), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(table.name + '.xlsx')}"
    return response


def workbook_of(table: Table) -> bytes:
    """Return the workbook's bytes. Rows are written as they come, so any number of them fits in memory."""
    columns = [column for column in table.columns if column.in_sheet]
    rows = ([cell_value(column, column.of(row)) for column in columns] for row in table.rows)
    return written(table.name, columns, rows)


def written(
    name: str,
    columns: Iterable[Column],
    rows: Iterable[list[Any]],
    *,
    offered: Mapping[int, Sequence[str]] | None = None,
) -> bytes:
    """Return a workbook of one sheet: a frozen, filterable head and the rows.

    offered: for a column, counted from 1, the values to pick from below the head. A list that a
    workbook cannot hold (a comma within, more than 255 characters) is left out.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    columns = list(columns)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(name))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    head = []
    for column in columns:
        cell = WriteOnlyCell(sheet, value=column.title)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        head.append(cell)
    sheet.append(head)
    count = 1
    for row in rows:
        sheet.append([_typed(sheet, column, value) for column, value in zip(columns, row, strict=True)])
        count += 1
    for place, choices in (offered or {}).items():
        listed = ",".join(choices)
        if len(listed) <= LONGEST_LIST and not any("," in choice or '"' in choice for choice in choices):
            picking = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
            picking.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{LAST_OFFERED}")
            sheet.data_validations.append(picking)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(columns), 1))}{count}"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _typed(sheet: Any, column: Column, value: Any) -> Any:
    """Keep text as text: an identifier keeps its zeros, and ``=…`` stays a sentence and not a formula."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    if column.kind == "code" or value.startswith(FORMULA_STARTS):
        cell.number_format = "@"
        cell.quotePrefix = True
    return cell


def cell_value(column: Column, value: Any) -> Any:
    """Return what a workbook cell holds for a value: numbers and dates typed, all else as text."""
    if value is None or value == "":
        return None
    if column.kind == "lamp":
        return lamp_word(value)
    if column.kind == "remaining":
        return remaining_words(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if column.kind == "code" or isinstance(value, bool):
        return clean_text({True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value))
    if isinstance(value, date | int | float | Decimal):
        return value
    return clean_text(str(value))


def clean_text(text: str) -> str:
    """Return text that a workbook can hold: no control characters, at most 32,767 characters."""
    return CANNOT_STAND.sub("", text)[:LONGEST_CELL]


def sheet_title(name: str) -> str:
    """Return a name that a sheet may bear: at most 31 characters, none of ``: \\ / ? * [ ]``."""
    return re.sub(r"[:\\/?*\[\]]", " ", name).strip("'")[:31] or "Sheet1"

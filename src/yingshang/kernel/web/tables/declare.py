"""What a table is: columns, rows, and where its pages and its workbook are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter
from typing import Any

from django.http import HttpRequest

from yingshang.kernel.web.paging import Page


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    title: Chinese heading. value: attribute name, ``a.b`` path, mapping key, or
    function of the row; None makes an empty cell. href: function of the row
    giving an address. kind: ``text``, ``number``, ``date``, ``moment``,
    ``lamp`` (a lamp state), ``remaining`` (what ``clock.remaining`` returns) or
    ``code`` (an identifier: never a number in a workbook). heads: this column
    names the row. in_sheet: leave a screen-only column out of the workbook.
    width: of the workbook column, in characters.
    """

    title: str
    value: str | Callable[[Any], Any]
    href: Callable[[Any], str] | None = None
    kind: str = "text"
    heads: bool = False
    in_sheet: bool = True
    width: int = 16

    def of(self, row: Any) -> Any:
        """Return the value of this column in a row."""
        if callable(self.value):
            return self.value(row)
        return itemgetter(self.value)(row) if isinstance(row, Mapping) else _path(self.value, row)


def _path(name: str, row: Any) -> Any:
    found = row
    for step in name.split("."):
        found = attrgetter(step)(found) if found is not None else None
    return found() if callable(found) else found


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One drawn cell: its column, value and address."""

    column: Column
    value: Any
    href: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns over rows, ready for ``{% data_table %}`` and ``xlsx_out``."""

    columns: Sequence[Column]
    rows: Iterable[Any]
    caption: str = ""
    empty: str = "没有符合条件的记录。"
    empty_hint: str = ""
    name: str = "表格"
    page: Page[Any] | None = None
    export_address: str = ""
    dense: bool = False
    notes: Sequence[str] = field(default_factory=tuple)

    def cells(self) -> list[list[Cell]]:
        """Return the drawn rows."""
        return [
            [
                Cell(column=column, value=column.of(row), href=column.href(row) if column.href else "")
                for column in self.columns
            ]
            for row in self.rows
        ]

    def with_rows(self, rows: Iterable[Any]) -> Table:
        """Return the same table over other rows, e.g. all of them for the workbook."""
        return replace(self, rows=rows, page=None)


def table(
    columns: Sequence[Column],
    rows: Iterable[Any] | Page[Any],
    *,
    request: HttpRequest | None = None,
    **options: Any,
) -> Table:
    """Return a table over rows or over one keyset page.

    request: given, the table offers its workbook at ``?format=xlsx`` of the
    same address and filter; the view answers that with ``xlsx_out``.
    options: the other fields of Table.
    """
    if request is not None and "export_address" not in options:
        query = request.GET.copy()
        query.pop("after", None)
        query["format"] = "xlsx"
        options["export_address"] = f"{request.path}?{query.urlencode()}"
    if isinstance(rows, Page):
        return Table(columns=columns, rows=rows.rows, page=rows, **options)
    return Table(columns=columns, rows=rows, **options)

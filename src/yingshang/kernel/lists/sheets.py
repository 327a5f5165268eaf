"""A list's sheet into a draft: the columns are the list's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from yingshang.kernel import access, clock
from yingshang.kernel.lists.drafting import edition
from yingshang.kernel.lists.fitting import check_rows
from yingshang.kernel.lists.models import PublishedList
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Fault, SheetDoor, Wanted


def door_of(of: PublishedList) -> SheetDoor:
    """Return the way of this list's sheets into drafts.

    A draft made from a sheet begins tomorrow and names no source, until the
    drafter says when it begins and on what it rests.
    """
    schema: Mapping[str, Mapping[str, Any]] = of.row_schema["properties"]
    required = set(of.row_schema.get("required", []))
    wanted = [
        Wanted(title=title, name=name, read=_reader(schema[name]), required=name in required)
        for name, title in of.columns.items()
    ]

    def plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{name: row[name] for name in schema if row.get(name) is not None} for row in rows]

    def check(rows: list[dict[str, Any]], by: Actor) -> list[Fault]:
        access.permit(by, "lists.draft", of)
        return [
            Fault(row=rows[problem.row - 1]["row"], column=problem.column, words=problem.reason)
            for problem in check_rows(of, plain(rows))
        ]

    def store(rows: list[dict[str, Any]], by: Actor, at: datetime) -> str:
        tomorrow = clock.beijing_date(at) + timedelta(days=1)
        draft = edition(list_code=of.code, rows=plain(rows), effective_from=tomorrow, source="", by=by, at=at)
        return f"已存为{draft}的草稿，共{len(rows)}行。请补充起始日和依据，再送审核。"

    return SheetDoor(
        name=f"lists.{of.code}"[:80],
        title=f"导入《{of.title}》",
        wanted=wanted,
        check=check,
        store=store,
        back="lists:index",
    )


def _reader(part: Mapping[str, Any]) -> Callable[[str], Any]:
    if part.get("format") == "date":
        return _day
    return {"integer": _whole, "number": _number}.get(str(part.get("type")), str)


def _day(cell: str) -> str:
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise ValueError("请写成2026-03-02这样的日期。") from None


def _whole(cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise ValueError("请填写整数，不带单位和逗号。") from None


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        raise ValueError("请填写数字，不带单位和逗号。") from None

"""The tables of these pages, declared once for the screen and the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel import org
from yingshang.kernel.web import Column
from yingshang.oversight.dashboards.queries import PublicTask
from yingshang.oversight.dashboards.rules import Watched
from yingshang.oversight.dashboards.views.addresses import address_of

SUMMARY = 60
"""How many characters of a sentence a list shows."""


def short(sentence: str) -> str:
    """Return the beginning of a sentence, as lists show it."""
    return sentence if len(sentence) <= SUMMARY else f"{sentence[:SUMMARY]}……"


def duty_columns(units: Mapping[str, org.Unit], on: date) -> list[Column]:
    """Return the columns of duties behind a number."""

    def late(row: Watched) -> int | None:
        return row.days_late(on) or None

    return [
        Column(
            title=_("应办事项"),
            value="title",
            heads=True,
            width=34,
            href=lambda row: reverse("dashboards:duty", args=[row.pk]),
        ),
        Column(title=_("单位"), value=lambda row: units[row.unit].short_name, width=20),
        Column(title=_("方案任务"), value=_task, width=40),
        Column(title=_("办结期限"), value="due", kind="date"),
        Column(title=_("亮灯"), value=lambda row: row.lamp or None, kind="lamp"),
        Column(title=_("迟了几天"), value=late, kind="number"),
        Column(title=_("办结日期"), value="closed", kind="date"),
    ]


def without_lamps(columns: list[Column]) -> list[Column]:
    """Return columns for a unit that only reports counts: no lamp, no days late."""
    return [column for column in columns if column.kind not in ("lamp", "number")]


def month_columns(*, lamps: bool = True) -> list[Column]:
    """Return the columns of a unit's months; each number leads to its rows. lamps: with the red ones."""

    def leads_to(name: str) -> Any:
        return lambda row: address_of(row.slices[name])

    red = Column(title=_("当月亮过红灯"), value="red", kind="number", href=leads_to("red"))
    return [
        Column(title=_("月份"), value=lambda row: f"{row.first:%Y-%m}", kind="code", heads=True),
        Column(title=_("月底待办"), value="open", kind="number", href=leads_to("open")),
        *([red] if lamps else []),
        Column(title=_("当月办结"), value="done", kind="number", href=leads_to("done")),
        Column(title=_("其中按期办结"), value="on_time", kind="number", href=leads_to("on_time")),
    ]


def progress_columns() -> list[Column]:
    """Return the columns of what the public sees of each task."""
    return [
        Column(title=_("方案部分"), value="section", width=30),
        Column(title=_("任务序号"), value="number", kind="code"),
        Column(title=_("任务"), value="sentence", heads=True, width=60, href=lambda row: row.address),
        Column(title=_("办得怎么样"), value="words", width=30),
        Column(title=_("应办几件"), value="owed", kind="number"),
        Column(title=_("办完几件"), value="done", kind="number"),
        Column(title=_("其中晚了才办完"), value="done_late", kind="number"),
        Column(title=_("过了期限没办完"), value="late", kind="number"),
        Column(title=_("下一个期限"), value="next_due", kind="date"),
    ]


def _task(row: Watched) -> str:
    return f"第{row.task_no}项　{short(row.sentence)}" if row.task_no else row.source


def plain_row(row: PublicTask) -> list[Any]:
    """Return what one line of the open data holds."""
    due = row.next_due.isoformat() if row.next_due else ""
    return [row.section, row.number, row.sentence, row.state, row.owed, row.done, row.done_late, row.late, due]


PLAIN_HEAD = ("section", "task_no", "sentence", "state", "owed", "done", "done_late", "late", "next_due")

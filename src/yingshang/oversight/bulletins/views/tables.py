"""The tables of these pages, declared once for the screen and the workbook."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.web import Column, Table, table
from yingshang.oversight.bulletins.models import Bulletin, Figure


def bulletin_columns(page: str) -> list[Column]:
    """Return the columns of bulletins; ``page`` is the name of the address that shows one."""
    return [
        Column(
            title=_("通报"),
            value="title",
            heads=True,
            width=50,
            href=lambda row: reverse(f"bulletins:{page}", args=[row.pk]),
        ),
        Column(title=_("月份"), value=lambda row: f"{row.month:%Y-%m}", kind="code"),
        Column(title=_("发文字号"), value="number", width=24),
        Column(title=_("印发日期"), value="issued_on", kind="date"),
        Column(title=_("情况"), value=_state, width=30),
    ]


def figure_table(bulletin: Bulletin, figures: list[Figure], request: Any = None) -> Table:
    """Return every number of a bulletin, each leading to its rows as of that day."""

    def rows_of(row: Figure) -> str:
        if row.key.startswith("measure."):
            return reverse("measures:detail", args=[row.key.removeprefix("measure.")])
        return reverse("bulletins:rows", args=[bulletin.pk, row.place])

    columns = [
        Column(title=_("范围"), value=lambda row: row.about or _("全县"), width=40),
        Column(title=_("项目"), value="title", heads=True, width=20),
        Column(title=_("数字"), value="shown", href=rows_of),
    ]
    return table(columns, figures, request=request, name=f"{bulletin.title}数字表")


def row_columns() -> list[Column]:
    """Return the columns of the duties behind a number, as they stood on that day."""
    return [
        Column(title=_("应办事项"), value="title", heads=True, width=40),
        Column(title=_("单位"), value="unit", width=24),
        Column(title=_("方案任务"), value=lambda row: f"第{row['task_no']}项" if row["task_no"] else ""),
        Column(title=_("办结期限"), value="due", kind="code"),
        Column(title=_("办结日期"), value="closed", kind="code"),
        Column(title=_("当天的灯"), value=lambda row: row["lamp"] or None, kind="lamp"),
        Column(title=_("说明"), value="why", width=40),
    ]


def _state(row: Bulletin) -> str:
    if hasattr(row, "corrected_by") and row.corrected_by.number:
        return _("已由%(number)s更正") % {"number": row.corrected_by.number}
    if row.corrects is not None:
        return f"{row.get_state_display()}，{_('更正%(number)s') % {'number': row.corrects.number}}"
    return row.get_state_display()

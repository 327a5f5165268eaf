"""The tables of these pages, declared once for the screen and the workbook."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.web import Column


def task_columns(code: str) -> list[Column]:
    """Return the columns of a plan's tasks."""
    return [
        Column(title=_("序号"), value="number", kind="code", width=6),
        Column(title=_("章节"), value="heading", width=24),
        Column(
            title=_("任务"),
            value="text",
            heads=True,
            width=80,
            href=lambda row: reverse("plan_tasks:task", args=[code, row.place]),
        ),
        Column(title=_("牵头单位"), value="leads", width=30),
        Column(title=_("责任单位"), value="responsible", width=40),
        Column(title=_("完成时限"), value="due_date", kind="date"),
        Column(title=_("应报单位数"), value="owed", kind="number"),
        Column(title=_("已报单位数"), value="fulfilled", kind="number"),
    ]


def duty_columns() -> list[Column]:
    """Return the columns of who owes what under a task."""
    return [
        Column(
            title=_("单位"),
            value="unit_name",
            heads=True,
            href=lambda row: row.unit_href,
        ),
        Column(title=_("分工"), value="role"),
        Column(title=_("来自"), value="group_name"),
        Column(title=_("应办事项"), value="title", width=30),
        Column(title=_("办结期限"), value="due_date", kind="date"),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
        Column(title=_("剩余时间"), value="remaining", kind="remaining"),
        Column(title=_("办理情况"), value="state"),
    ]


def obligation_columns() -> list[Column]:
    """Return the columns of what a unit owes."""
    return [
        Column(title=_("应办事项"), value="title", heads=True, width=40, href=lambda row: row.href),
        Column(title=_("依据"), value="source", width=30),
        Column(title=_("办结期限"), value="due_date", kind="date"),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
        Column(title=_("剩余时间"), value="remaining", kind="remaining"),
        Column(title=_("办理情况"), value="state"),
        Column(title=_("办理"), value="deed", href=lambda row: row.deed_href, in_sheet=False),
    ]


def edition_columns() -> list[Column]:
    """Return the columns of a plan's editions."""
    return [
        Column(title=_("版本"), value="number", kind="number", heads=True),
        Column(title=_("文号"), value="document_no"),
        Column(title=_("印发日期"), value="issue_date", kind="date"),
        Column(title=_("发布日期"), value="published_on", kind="date"),
        Column(title=_("被替换日期"), value="superseded_on", kind="date"),
        Column(title=_("内容摘要值（SHA-256）"), value="digest", kind="code", width=66),
    ]

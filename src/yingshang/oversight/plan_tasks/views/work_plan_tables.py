"""The tables of units' own plans, declared once for the screen and the workbook."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yingshang.kernel.web import Column


def plan_columns(*, with_unit: bool) -> list[Column]:
    """Return the columns of a list of plans."""
    unit = Column(title=_("单位"), value="unit_name", heads=True, width=22)
    title = Column(title=_("方案"), value="title", href=lambda row: row.href, heads=not with_unit, width=32)
    return [
        *([unit] if with_unit else []),
        title,
        Column(title=_("任务"), value="task", width=50),
        Column(title=_("进展"), value="state", width=18),
        Column(title=_("版次"), value="edition", kind="number"),
        Column(title=_("阶段数"), value="stages", kind="number"),
        Column(title=_("已销号"), value="done", kind="number"),
        Column(title=_("期限"), value="due_date", kind="date"),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
        Column(title=_("剩余时间"), value="remaining", kind="remaining"),
    ]


def stage_columns() -> list[Column]:
    """Return the columns of an edition's stages (时间表)."""
    return [
        Column(title=_("序号"), value="place", kind="number", width=6),
        Column(title=_("阶段"), value="title", heads=True, width=30, href=lambda row: row.href),
        Column(title=_("目标"), value="goal", width=44),
        Column(title=_("依据什么检验"), value="source", width=24),
        Column(title=_("开始日期"), value="starts_on", kind="date"),
        Column(title=_("完成时限"), value="finish_on", kind="date"),
        Column(title=_("责任人"), value="answers", width=16),
        Column(title=_("在哪些阶段之后"), value="follows"),
        Column(title=_("现在的数值"), value="value"),
        Column(title=_("进展"), value="state", width=18),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
        Column(title=_("剩余时间"), value="remaining", kind="remaining"),
    ]


def letter_columns() -> list[Column]:
    """Return the columns of the responsibility letters."""
    return [
        Column(title=_("单位"), value="unit_name", heads=True, width=22),
        Column(title=_("方案"), value="title", href=lambda row: row.href, width=32),
        Column(title=_("备案日期"), value="accepted_on", kind="date"),
        Column(title=_("签署情况"), value="state"),
        Column(title=_("编号"), value="number", width=22),
        Column(title=_("签署人"), value="signer"),
        Column(title=_("签署时间"), value="signed_at", kind="moment"),
        Column(title=_("签署期限"), value="due_date", kind="date"),
        Column(title=_("亮灯"), value="lamp", kind="lamp"),
    ]


def public_stage_columns() -> list[Column]:
    """Return the columns of what units promise under a task, as everybody sees it."""
    return [
        Column(title=_("单位"), value=lambda row: row[0], heads=True, width=22),
        Column(title=_("阶段"), value=lambda row: row[1].title, width=30),
        Column(title=_("目标"), value=lambda row: row[1].goal, width=44),
        Column(title=_("完成时限"), value=lambda row: row[1].finish_on, kind="date"),
        Column(title=_("进展"), value=lambda row: row[1].state),
        Column(title=_("亮灯"), value=lambda row: row[1].lamp, kind="lamp"),
    ]


def waiting_columns() -> list[Column]:
    """Return the columns of what waits at the desk."""
    return [
        Column(title=_("方案"), value="title", heads=True, href=lambda row: row["href"], width=36),
        Column(title=_("单位"), value="unit"),
        Column(title=_("事项"), value="what"),
        Column(title=_("提交时间"), value="at", kind="moment"),
        Column(title=_("已等待（天）"), value="days", kind="number"),
    ]


def typing_columns() -> list[Column]:
    """Return the columns of how much typing a unit was asked for."""
    return [
        Column(title=_("月份"), value="month", heads=True),
        Column(title=_("填表时长（小时）"), value="hours", kind="number"),
        Column(title=_("填表次数"), value="forms", kind="number"),
        Column(title=_("填写栏数"), value="fields", kind="number"),
        Column(title=_("比上月"), value="change"),
    ]

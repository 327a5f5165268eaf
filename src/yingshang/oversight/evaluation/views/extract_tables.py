"""The tables of extractions: of the evaluator's desk, and of what was frozen for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.web import Column, Table, table
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Extraction, Scoring, Value
from yingshang.oversight.evaluation.rules import figures

HUNDREDTHS = Decimal("0.01")


def extraction_columns(code: str) -> list[Column]:
    """Return the columns of extractions."""
    return [
        Column(title=_("序号"), value="no", kind="code"),
        Column(
            title=_("名称"),
            value="title",
            heads=True,
            width=30,
            href=lambda row: reverse("evaluation:extract", args=[code, row.no]),
        ),
        Column(title=_("来源"), value=lambda row: row.get_origin_display()),
        Column(title=_("第一天"), value="first_day", kind="date"),
        Column(title=_("最后一天"), value="last_day", kind="date"),
        Column(title=_("件数"), value="cases", kind="number"),
        Column(title=_("抓取人"), value="made_by_name"),
        Column(title=_("抓取时间"), value="at", kind="moment"),
    ]


def line_columns(of: Extraction, code: str, *, takes: bool, whole: bool) -> list[Column]:
    """Return the columns of lines: durations in office days and in days of 24 hours.

    takes: lines lead to taking. whole: every figure, for the workbook; a page has room for the median and one more.
    """
    office_day, least = figures.day_length(of.settings["hours"]["sessions"]), of.settings["least"]

    def leads(row: Mapping[str, Any]) -> str:
        return reverse("evaluation:take", args=[code, of.no, row["no"]]) if takes and row["cases"] >= least else ""

    def listed(row: Mapping[str, Any]) -> str:
        return "" if of.file_digest else reverse("evaluation:extract_cases", args=[code, of.no, row["no"]])

    shown = [
        Column(title=_("事项"), value=lambda row: row["subject_title"] or _("全部事项"), heads=True, width=28),
        Column(title=_("单位"), value=lambda row: row["unit_title"] or _("全部单位"), width=20),
        Column(title=_("件数"), value="cases", kind="number", href=listed),
        _duration(_("工作日中位数"), "worked", "p50", office_day),
        _duration(_("工作日95分位数"), "worked", "p95", office_day),
        _duration(_("自然日中位数"), "elapsed", "p50", figures.CALENDAR_DAY),
        _duration(_("自然日95分位数"), "elapsed", "p95", figures.CALENDAR_DAY),
        Column(title=_("按期率"), value=on_time_words, kind="number"),
    ]
    more = [
        _duration(_("工作日90分位数"), "worked", "p90", office_day),
        _duration(_("自然日90分位数"), "elapsed", "p90", figures.CALENDAR_DAY),
        Column(title=_("办理动作数中位数"), value=lambda row: row["events"]["p50"], kind="number"),
        Column(title=_("有时限的件数"), value="due", kind="number"),
        Column(title=_("逾期件数"), value="late", kind="number"),
    ]
    deed = Column(
        title=_("取为数据"),
        value=lambda row: _("取为数据") if row["cases"] >= least else _("太少"),
        href=leads,
        in_sheet=False,
    )
    return [*shown, *more] if whole else [*shown, deed]


def _duration(title: str, part: str, rank: str, day: int) -> Column:
    return Column(title=title, value=lambda row: days_words(row[part][rank], day), kind="number")


def bottleneck_columns() -> list[Column]:
    """Return the columns of ways from one activity to the next, with the waiting between in hours."""
    return [
        Column(title=_("从哪一步到哪一步"), value="way", heads=True, width=40),
        Column(title=_("次数"), value="count", kind="number"),
        Column(title=_("间隔中位数（小时）"), value=lambda row: hours_words(row["p50"]), kind="number"),
        Column(title=_("间隔95分位数（小时）"), value=lambda row: hours_words(row["p95"]), kind="number"),
        Column(title=_("间隔合计（小时）"), value=lambda row: hours_words(row["total"]), kind="number"),
    ]


def rework_columns() -> list[Column]:
    """Return the columns of what was done again."""
    return [
        Column(title=_("办理动作"), value="activity", heads=True, width=30),
        Column(title=_("重做过的件数"), value="cases", kind="number"),
        Column(title=_("多做的次数"), value="repeats", kind="number"),
    ]


def lateness_columns() -> list[Column]:
    """Return the columns of units with matters that had a limit."""
    return [
        Column(title=_("单位"), value="unit_title", heads=True, width=24),
        Column(title=_("有时限的件数"), value="due", kind="number"),
        Column(title=_("逾期件数"), value="late", kind="number"),
        Column(title=_("按期率"), value=on_time_words, kind="number"),
    ]


def variant_columns() -> list[Column]:
    """Return the columns of ways through a matter."""
    return [
        Column(title=_("办理路径"), value="way", heads=True, width=60),
        Column(title=_("件数"), value="cases", kind="number"),
    ]


def case_columns(office_day: int) -> list[Column]:
    """Return the columns of single matters: numbers and lengths, nothing about anybody."""
    return [
        Column(title=_("卷宗编号"), value="no", heads=True, kind="code", width=30),
        Column(title=_("开始"), value="first", kind="moment"),
        Column(title=_("结束"), value="last", kind="moment"),
        Column(title=_("工作时间（工作日）"), value=lambda row: days_words(row["worked"], office_day), kind="number"),
        Column(title=_("不计时（工作日）"), value=lambda row: days_words(row["paused"], office_day), kind="number"),
        Column(
            title=_("自然时间（天）"),
            value=lambda row: days_words(row["elapsed"], figures.CALENDAR_DAY),
            kind="number",
        ),
    ]


def fault_columns() -> list[Column]:
    """Return the columns of what is wrong with an outside log."""
    return [
        Column(title=_("行（XES是第几个事件）"), value=lambda row: row.row or "", kind="code"),
        Column(title=_("列"), value="column", heads=True),
        Column(title=_("问题"), value="found", width=60),
    ]


def extract_links(code: str, values: Iterable[Value]) -> list[tuple[str, str]]:
    """Return (words, address) of the extractions that values came from."""
    return [
        (
            _("“%(value)s”取自第%(no)s次抓取") % {"value": one.written, "no": one.extraction.no},
            reverse("evaluation:extract", args=[code, one.extraction.no]),
        )
        for one in values
        if one.extraction is not None
    ]


def frozen_table(frozen: Scoring, rows: Iterable[Mapping[str, str]]) -> Table | None:
    """Return the frozen lines behind the values of a series; None where none came from an extraction."""
    found = queries.frozen_figures(frozen, [row.get("figure", "") for row in rows])
    if not found:
        return None
    columns = [
        Column(title=_("事项"), value=lambda row: row["item"] or _("全部事项"), heads=True, width=28),
        Column(title=_("单位"), value=lambda row: row["unit"] or _("全部单位")),
        Column(title=_("取哪个数"), value=lambda row: _(figures.FIGURES[row["figure"]]), width=24),
        Column(title=_("时间"), value=lambda row: f"{row['first_day']}—{row['last_day']}", width=24),
        Column(title=_("起止"), value="stretch"),
        Column(title=_("件数"), value="cases", kind="number"),
        Column(title=_("中位数"), value=lambda row: _frozen_duration(row, "p50"), kind="number"),
        Column(title=_("95分位数"), value=lambda row: _frozen_duration(row, "p95"), kind="number"),
        Column(
            title=_("办公时间"),
            value=lambda row: (
                _("%(hours)s（%(day)s起）") % {"hours": row["office_hours"], "day": row["office_hours_from"]}
            ),
            width=30,
        ),
        Column(title=_("日志SHA-256"), value=lambda row: row["log_sha256"][:16], kind="code"),
    ]
    return table(columns, found, name=_("系统抓取的数"), dense=True)


def _frozen_duration(row: Mapping[str, str], rank: str) -> str:
    """Say how long, by the clock that the figure taken follows: office hours, or every hour of the day."""
    if row["figure"].startswith("worked"):
        return _("%(hours)s小时（工作时间）") % {"hours": hours_words(int(row[f"worked_{rank}"]))}
    return _("%(days)s天") % {"days": days_words(int(row[f"elapsed_{rank}"]), figures.CALENDAR_DAY)}


def on_time_words(row: Mapping[str, Any]) -> str:
    """Say which share was on time; nothing where nothing had a limit."""
    if not row["due"]:
        return ""
    return f"{(Decimal(100 * (row['due'] - row['late'])) / row['due']).quantize(HUNDREDTHS)}%"


def days_words(microseconds: int, day: int) -> str:
    """Say a duration in days of some length."""
    return str((Decimal(microseconds) / day).quantize(HUNDREDTHS))


def hours_words(microseconds: int) -> str:
    """Say a duration in hours."""
    return str((Decimal(microseconds) / figures.HOUR).quantize(HUNDREDTHS))

"""The tables of these pages, declared once for the screen and the workbook."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.web import Column


def letter_columns() -> list[Column]:
    """Return the columns of a list of letters."""
    return [
        Column(
            title=_("文书"),
            value=lambda row: row.letter.no or f"（未编号）{row.letter.get_kind_display()}",
            heads=True,
            href=lambda row: reverse("supervision:letter", args=[row.letter.pk]),
            width=24,
        ),
        Column(title=_("种类"), value="letter.get_kind_display"),
        Column(title=_("单位"), value="letter.unit.short_name"),
        Column(title=_("发文日期"), value="letter.issued_on", kind="date"),
        Column(title=_("答复期限"), value="letter.duty.due_date", kind="date"),
        Column(title=_("剩余时间"), value="remaining", kind="remaining"),
        Column(title=_("情况"), value="state"),
    ]


def chase_columns() -> list[Column]:
    """Return the columns of a list of supervisions."""
    return [
        Column(
            title=_("事项"),
            value="obligation.title",
            heads=True,
            href=lambda row: reverse("supervision:chase", args=[row.pk]),
            width=40,
        ),
        Column(title=_("单位"), value="unit.short_name"),
        Column(title=_("办结期限"), value="obligation.due_date", kind="date"),
        Column(title=_("级别"), value="place", kind="number"),
        Column(
            title=_("最近的文书"),
            value="latest.no",
            href=lambda row: reverse("supervision:letter", args=[row.latest_id]),
        ),
        Column(title=_("开始日期"), value="opened_on", kind="date"),
        Column(title=_("结束"), value=lambda row: row.get_ending_display() if row.ended_on else ""),
    ]

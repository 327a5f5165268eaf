"""An edition as a table."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.web import Column
from yingshang.methods import scoring


@dataclass(frozen=True)
class EditionRow:
    """One indicator, series or switched-off indicator. weight: its share among its siblings, in words."""

    key: str
    title: str
    is_series: bool
    is_off: bool
    weight: str
    unit: str
    rule: str
    note: str


def edition_rows(edition: scoring.Edition) -> list[EditionRow]:
    """Return the tree from the total down, switched-off indicators at the end."""
    rows: list[EditionRow] = []

    def walk(one: scoring.Indicator) -> None:
        rows.append(_row(edition, one))
        for child in edition.children[one.key]:
            walk(child)

    walk(edition.root)
    return rows + [
        EditionRow(one.key, one.title, False, True, _("不计"), "", _("本版不评"), one.why) for one in edition.off
    ]


def off_tops(edition: scoring.Edition) -> list[scoring.SwitchedOff]:
    """Return the indicators switched off, without what is under them."""
    keys = {one.key for one in edition.off}
    return [one for one in edition.off if one.under not in keys]


def _row(edition: scoring.Edition, one: scoring.Indicator) -> EditionRow:
    is_series = one.mark is not None
    mean = _("几何平均") if one.is_geometric else _("平均")
    rule = scoring.rule_words(one, edition) if is_series else mean
    weight = "" if one.under is None else str(one.weight)
    return EditionRow(one.key, one.title, is_series, False, weight, one.unit, rule, one.todo)


def edition_columns(code: str) -> list[Column]:
    """Return the columns of an edition; what is scored leads to its scores."""

    def leads(row: EditionRow) -> str:
        if row.is_off:
            return ""
        return reverse("evaluation:series" if row.is_series else "evaluation:indicator", args=[code, row.key])

    return [
        Column(
            title=_("指标和数据项"),
            value=lambda row: f"　{row.title}" if row.is_series else row.title,
            heads=True,
            width=32,
            href=leads,
        ),
        Column(title=_("权重"), value="weight", kind="code"),
        Column(title=_("计量单位"), value="unit"),
        Column(title=_("怎样计分"), value="rule", width=60),
        Column(title=_("说明"), value="note", width=50),
    ]


def missing_words(edition: scoring.Edition) -> str:
    """Say what the edition does about a missing value."""
    return {
        "refuse": _("缺一个值就不能计分。"),
        "zero": _("缺的值记0分。"),
        "average": _("缺的值不计，其余的重新平均。"),
    }[edition.when_missing.value]

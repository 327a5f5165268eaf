"""The tables of the working room."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Column
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Evaluation, Value
from yingshang.oversight.evaluation.queries import Cell
from yingshang.oversight.evaluation.rules import RULES


def desk_columns(actor: Actor) -> list[Column]:
    """Return the columns of evaluations on a desk: evaluators go to the room, units to their hearing."""

    def leads(row: Evaluation) -> str:
        if row.evaluator.code == actor.unit:
            return reverse("evaluation:room", args=[row.code])
        if row.published_at is not None:
            return reverse("evaluation:one", args=[row.code])
        if row.dossier.state == "objecting" and actor.holds("evaluation.object"):
            return reverse("evaluation:hearing", args=[row.code])
        return ""

    return [
        Column(title=_("评价"), value="title", heads=True, width=40, href=leads),
        Column(title=_("阶段"), value=lambda row: stage_words(row.dossier.state)),
        Column(title=_("评估机构"), value="evaluator.short_name", width=24),
        Column(title=_("合同开始日"), value="contract_from", kind="date"),
        Column(title=_("合同终止日"), value="contract_to", kind="date"),
    ]


def stage_words(state: str) -> str:
    """Return the stage in words, the part before the colon of its title."""
    words = {
        "designing": _("设计"),
        "collecting": _("采集"),
        "checking": _("核对"),
        "objecting": _("听取异议"),
        "published": _("已公布"),
    }
    return words.get(state, state)


@dataclass(frozen=True)
class CellRow:
    """One line of the table of cells: a series of a place with all its values, or without any."""

    series: str
    title: str
    place: str
    cell: Cell | None


def cell_rows(evaluation: Evaluation, *, only_differing: bool = False) -> list[CellRow]:
    """Return every cell, and every series of the own place that has no value yet. Ask inside ``reading``."""
    if not evaluation.edition_text:
        return []
    cells = queries.cells_of(evaluation)
    titles = queries.series_titles(evaluation)
    rows = [CellRow(one.series, titles[one.series], f"{one.place}{one.part}", one) for one in cells]
    if only_differing:
        return [row for row in rows if row.cell and row.cell.differs]
    have = {one.series for one in cells if one.place == evaluation.place}
    return rows + [CellRow(key, title, evaluation.place, None) for key, title in titles.items() if key not in have]


def cell_columns(code: str) -> list[Column]:
    """Return the columns of cells; a cell with values leads to settling, one without to entering."""

    def leads(row: CellRow) -> str:
        if row.cell is None:
            return f"{reverse('evaluation:value', args=[code])}?series={row.series}"
        return reverse("evaluation:settle", args=[code, row.cell.counts.pk])

    return [
        Column(title=_("数据项"), value="title", heads=True, width=30, href=leads),
        Column(title=_("地方"), value="place"),
        Column(title=_("各来源的值"), value=_side_by_side, width=60),
        Column(title=_("计分的值"), value=lambda row: row.cell.counts.written if row.cell else "", kind="number"),
        Column(title=_("依据"), value=_rule, width=30),
    ]


def value_words(value: Value) -> str:
    """Say a value with its source."""
    verified = _("，已核实") if value.is_verified else ""
    return f"{value.written or _('未知')}（{value.get_method_display()}：{value.source_ref}{verified}）"


def _side_by_side(row: CellRow) -> str:
    return "；".join(value_words(value) for value in row.cell.values) if row.cell else _("还没有值")


def _rule(row: CellRow) -> str:
    if row.cell is None:
        return ""
    said = RULES.get(row.cell.rule, row.cell.rule)
    return f"{said}：{row.cell.reason}" if row.cell.reason else said

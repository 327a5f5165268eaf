"""The tables of the working room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Column
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Evaluation, Inquiry, Interview, Value
from yingshang.oversight.evaluation.queries import Asked, Cell
from yingshang.oversight.evaluation.rules import RULES


def desk_columns(actor: Actor) -> list[Column]:
    """Return the columns of evaluations on a desk: evaluators go to the room, units to their inquiry or hearing."""
    asked = set(Inquiry.objects.filter(unit__code=actor.unit).values_list("evaluation_id", flat=True))

    def leads(row: Evaluation) -> str:
        if row.evaluator.code == actor.unit:
            return reverse("evaluation:room", args=[row.code])
        if row.published_at is not None:
            return reverse("evaluation:one", args=[row.code])
        if row.dossier.state == "objecting" and actor.holds("evaluation.object"):
            return reverse("evaluation:hearing", args=[row.code])
        if row.pk in asked:
            return reverse("evaluation:statements", args=[row.code])
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


def inquiry_columns(code: str) -> list[Column]:
    """Return the columns of inquiries; each leads to its letter."""

    def leads(row: Inquiry) -> str:
        return reverse("evaluation:letter_to", args=[code, row.no])

    return [
        Column(title=_("函号"), value=lambda row: f"第{row.no}号", heads=True, href=leads),
        Column(title=_("单位"), value="unit.short_name", width=24),
        Column(title=_("数据项"), value=lambda row: len(row.series), kind="number"),
        Column(title=_("发出时间"), value="at", kind="moment"),
        Column(title=_("最后一天"), value="obligation.due_date", kind="date"),
        Column(title=_("答复"), value=lambda row: inquiry_words(row.obligation.state)),
    ]


def unit_columns(code: str) -> list[Column]:
    """Return the columns of units that can be asked; each leads to writing to it."""
    return [
        Column(
            title=_("单位"),
            value="unit.short_name",
            heads=True,
            href=lambda row: reverse("evaluation:inquire", args=[code, row.unit.code]),
        ),
        Column(title=_("负责的数据项"), value=lambda row: len(row.series), kind="number"),
    ]


def inquiry_words(state: str) -> str:
    """Say whether an inquiry was answered."""
    return {"open": _("等待答复"), "fulfilled": _("已全部答复"), "cancelled": _("没有答复完")}.get(state, state)


def asked_of_unit_columns(code: str, *, is_open: bool) -> list[Column]:
    """Return the columns of what a unit was asked for; while it may state, each leads to its form."""

    def leads(row: Asked) -> str:
        return reverse("evaluation:statement", args=[code, row.inquiry.no, row.series]) if is_open else ""

    return [
        Column(title=_("数据项"), value="title", heads=True, width=32, href=leads),
        Column(title=_("函号"), value=lambda row: f"第{row.inquiry.no}号"),
        Column(title=_("已经填的值"), value=_stated, width=40),
        Column(
            title=_("证据"), value=lambda row: "；".join(v.evidence.name for v in row.stated if v.evidence), width=40
        ),
    ]


def _evidence_names(row: Asked) -> str:
    return "；".join(value.evidence.name for value in row.stated if value.evidence)


def _stated(row: Asked) -> str:
    return "；".join(f"{value.written}（{value.collected_on}）" for value in row.stated) or _("还没有填")


def interview_columns(code: str) -> list[Column]:
    """Return the columns of interviews; each leads to entering what was said in it."""

    def leads(row: Interview) -> str:
        return f"{reverse('evaluation:value', args=[code])}?interview={row.pk}"

    return [
        Column(title=_("访谈"), value=str, heads=True),
        Column(title=_("企业名称（不公布）"), value="enterprise", width=30),
        Column(title=_("公开的说法"), value="described", width=30),
        Column(title=_("访谈日期"), value="interviewed_on", kind="date"),
        Column(title=_("访谈人"), value="interviewer"),
        Column(
            title=_("访谈记录"),
            value="minutes.name",
            width=30,
            href=lambda row: reverse("documents:download", args=[row.minutes_id]),
        ),
        Column(title=_("录入"), value=lambda row: _("录入说到的值"), href=leads, in_sheet=False),
    ]


def survey_columns(code: str) -> list[Column]:
    """Return the columns of published surveys; each leads to its figures."""
    return [
        Column(
            title=_("调查"),
            value="title",
            heads=True,
            width=40,
            href=lambda row: reverse("evaluation:survey_figures", args=[code, row.code]),
        ),
        Column(title=_("公布日"), value="published_on", kind="date"),
        Column(title=_("说明"), value=lambda row: _("演示") if row.is_demo else ""),
    ]


def figure_columns() -> list[Column]:
    """Return the columns of a survey's figures."""
    return [
        Column(title=_("问题"), value="estimate.title", heads=True, width=40),
        Column(title=_("选项"), value=lambda row: row.estimate.option or _("平均"), width=20),
        Column(title=_("范围"), value="estimate.domain_title"),
        Column(title=_("值"), value=lambda row: survey_number(row.estimate, row.estimate.value), kind="number"),
        Column(title=_("95%区间"), value=lambda row: survey_interval(row.estimate)),
        Column(title=_("份数"), value="estimate.n", kind="number"),
    ]


def figure_words(one: Any) -> str:
    """Say a figure of a survey in one line."""
    what = f"{one.title}：{one.option}" if one.option else one.title
    return f"{what}（{one.domain_title}，{survey_number(one, one.value)}）"


def survey_number(one: Any, value: float | None) -> str:
    """Say a share in percent, a mean as it is."""
    if value is None:
        return ""
    return f"{value * 100:.2f}%" if one.option else f"{value:.2f}"


def survey_interval(one: Any) -> str:
    """Say the interval of a figure."""
    return f"{survey_number(one, one.low)}～{survey_number(one, one.high)}"


def beside_columns() -> list[Column]:
    """Return the columns of one cell's values, as the evaluator weighs them; evidence opens."""
    return [
        Column(title=_("值"), value=lambda row: row.written or _("未知"), heads=True),
        Column(title=_("区间"), value=lambda row: f"{row.low}～{row.high}" if row.low else ""),
        Column(title=_("采集方式"), value=lambda row: row.get_method_display()),
        Column(title=_("来源"), value="source_ref", width=40),
        Column(title=_("采集人"), value="collector"),
        Column(title=_("采集日期"), value="collected_on", kind="date"),
        Column(title=_("核实"), value=lambda row: _("已核实") if row.is_verified else ""),
        Column(title=_("说明"), value="note", width=40),
        Column(
            title=_("证据"),
            value=lambda row: row.evidence.name if row.evidence else "",
            href=lambda row: reverse("documents:download", args=[row.evidence_id]) if row.evidence_id else "",
        ),
    ]


def value_words(value: Value) -> str:
    """Say a value with its source."""
    verified = _("，已核实") if value.is_verified else ""
    interval = f" [{value.low}～{value.high}]" if value.low else ""
    return f"{value.written or _('未知')}{interval}（{value.get_method_display()}：{value.source_ref}{verified}）"


def _side_by_side(row: CellRow) -> str:
    return "；".join(value_words(value) for value in row.cell.values) if row.cell else _("还没有值")


def _rule(row: CellRow) -> str:
    if row.cell is None:
        return ""
    said = RULES.get(row.cell.rule, row.cell.rule)
    return f"{said}：{row.cell.reason}" if row.cell.reason else said

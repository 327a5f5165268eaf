"""The tables of these pages, declared once for the screen and the workbook."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.web import Column
from yingshang.methods import scoring
from yingshang.oversight.evaluation.queries import Line, Result
from yingshang.oversight.evaluation.rules import RULES, with_unit

SIGNED = "{:+.2f}"


def evaluation_columns(page: str) -> list[Column]:
    """Return the columns of evaluations; ``page`` is the name of the address that shows one."""
    return [
        Column(title=_("评价"), value="title", heads=True, width=40, href=lambda row: reverse(page, args=[row.code])),
        Column(title=_("年度"), value="year", kind="code"),
        Column(title=_("评估机构"), value="evaluator.short_name", width=24),
        Column(title=_("方法"), value="edition_method", width=20),
        Column(title=_("公布时间"), value="published_at", kind="moment"),
        Column(title=_("说明"), value=lambda row: _("演示") if row.is_demo else ""),
    ]


def line_columns(result: Result, *, title: str) -> list[Column]:
    """Return the columns of indicators or series: score, every peer, the gap to the best of them."""
    code = result.evaluation.code

    def leads(row: Line) -> str:
        return reverse("evaluation:series" if row.is_series else "evaluation:indicator", args=[code, row.key])

    return [
        Column(title=title, value="title", heads=True, width=28, href=leads),
        Column(title=_("得分"), value="shown", kind="number", href=leads),
        *map(_peer_column, result.peers),
        Column(title=_("与最好的差距"), value=lambda row: gap_words(row.gap), kind="number"),
        Column(title=_("怎样得来"), value="how", width=60),
    ]


def _peer_column(peer: str) -> Column:
    return Column(title=peer, value=lambda row: row.peers[peer], kind="number")


def value_columns() -> list[Column]:
    """Return the columns of collected values, as rows of the codebook."""
    return [
        Column(title=_("地方"), value="place", heads=True),
        Column(title=_("部分"), value="part"),
        Column(title=_("值"), value=lambda row: with_unit(row["value"], row["unit"])),
        Column(title=_("采集方式"), value="method"),
        Column(title=_("来源"), value="source", width=40),
        Column(title=_("采集人"), value="collector"),
        Column(title=_("采集日期"), value="collected_on", kind="code"),
        Column(title=_("核实"), value=lambda row: _("已核实") if row["verified"] == "1" else ""),
        Column(title=_("是否计分"), value=lambda row: _("计分") if row["counts"] == "1" else _("不计")),
        Column(title=_("依据"), value=why, width=50),
        Column(title=_("证据SHA-256"), value=lambda row: row["evidence_sha256"][:16], kind="code"),
    ]


def codebook_columns() -> list[Column]:
    """Return the columns of the whole codebook."""
    return [
        Column(title=_("数据项"), value="series", kind="code", width=24),
        Column(title=_("名称"), value="title", width=24),
        *value_columns(),
    ]


def why(row: dict[str, str]) -> str:
    """Say by which rule a value counts, and the reason somebody gave."""
    rule = RULES.get(row["rule"], row["rule"])
    return f"{rule}：{row['reason']}" if row["reason"] else rule


def peer_columns(result: Result) -> list[Column]:
    """Return the columns of the benchmark."""
    code = result.evaluation.code
    return [
        Column(title=_("指标"), value="indicator", heads=True, width=24),
        Column(
            title=_("数据项"),
            value="title",
            width=28,
            href=lambda row: reverse("evaluation:series", args=[code, row.series]),
        ),
        Column(title=result.evaluation.place, value="ours", kind="number"),
        Column(title=_("比较的地方"), value="place"),
        Column(title=_("那里的值"), value="theirs", kind="number"),
        Column(title=_("得分差距"), value=lambda row: gap_words(row.gap), kind="number"),
        Column(title=_("来源"), value="source", width=40),
        Column(title=_("日期"), value="collected_on", kind="code"),
    ]


def shift_columns(shows_ranking: bool) -> list[Column]:
    """Return the columns of the sensitivity table; ranks only where they are shown."""
    ranks = [
        Column(title=_("名次变动的地方"), value="changed_ranks", kind="number"),
        Column(title=_("名次最大变动"), value="farthest", kind="number"),
        Column(title=_("名次相关（Kendall）"), value=lambda row: _number(row.kendall), kind="number"),
    ]
    return [
        Column(title=_("假如"), value="name", heads=True, width=40),
        Column(title=_("总分变动的地方"), value="changed_scores", kind="number"),
        Column(title=_("平均变动（分）"), value=lambda row: f"{row.mean_shift:.2f}", kind="number"),
        Column(title=_("总分相关（Pearson）"), value=lambda row: _number(row.pearson), kind="number"),
        *(ranks if shows_ranking else []),
    ]


def change_columns() -> list[Column]:
    """Return the columns of what changed since the last evaluation."""
    return [
        Column(title=_("指标"), value="title", heads=True, width=28),
        Column(title=_("上一次"), value="before", kind="number"),
        Column(title=_("这一次"), value="now", kind="number"),
        Column(title=_("变化"), value=lambda row: gap_words(row.change), kind="number"),
    ]


def objection_columns(titles: dict[str, str], *, answer: bool = False) -> list[Column]:
    """Return the columns of objections and their answers; ``answer``: open ones lead to answering."""

    def leads(row: Any) -> str:
        is_open = answer and row.answered_at is None
        return reverse("evaluation:answer", args=[row.evaluation.code, row.pk]) if is_open else ""

    return [
        Column(title=_("单位"), value="unit.short_name", heads=True, width=24, href=leads),
        Column(title=_("数据项"), value=lambda row: titles.get(row.series, row.series), width=24),
        Column(title=_("异议"), value="text", width=50),
        Column(title=_("提出时间"), value="at", kind="moment"),
        Column(title=_("结果"), value=_finding),
        Column(title=_("答复"), value="answer", width=50),
    ]


def asked_columns(titles: dict[str, str]) -> list[Column]:
    """Return the columns of requests for another number."""
    return [
        Column(title=_("谁"), value="who", heads=True, width=24),
        Column(title=_("日期"), value="asked_on", kind="date"),
        Column(title=_("以什么方式"), value="how"),
        Column(title=_("数据项"), value=lambda row: titles.get(row.series, row.series), width=24),
        Column(title=_("地方"), value="place"),
        Column(title=_("想改成什么"), value="wanted", width=30),
        Column(title=_("怎样答复"), value="answer", width=50),
    ]


def interest_columns() -> list[Column]:
    """Return the columns of statements of interest."""
    return [
        Column(title=_("评估员"), value="name", heads=True, width=24),
        Column(title=_("声明"), value=lambda row: _("有利益冲突") if row.has_conflict else _("没有利益冲突")),
        Column(title=_("说明"), value="text", width=50),
        Column(title=_("时间"), value="at", kind="moment"),
    ]


def ranked(result: Result) -> list[dict[str, Any]]:
    """Return the places by rank, where the evaluation shows ranks; nothing otherwise."""
    if not result.evaluation.shows_ranking:
        return []
    return [
        {"place": place, "rank": standing.label, "score": scoring.shown(result.scores.of(place), result.edition)}
        for place, standing in scoring.standings(result.scores).items()
    ]


def rank_columns() -> list[Column]:
    """Return the columns of ranked places."""
    return [
        Column(title=_("名次"), value="rank", kind="code"),
        Column(title=_("地方"), value="place", heads=True),
        Column(title=_("总分"), value="score", kind="number"),
    ]


def drawn_rows(lines: Iterable[Line]) -> list[tuple[str, Decimal | None, str]]:
    """Return lines as the bars want them."""
    return [(line.title, line.score, line.shown) for line in lines]


def gap_words(gap: Decimal | None) -> str:
    """Say a difference with its sign; 未知 where one of the two is not known."""
    return _("未知") if gap is None else SIGNED.format(gap)


def _finding(row: Any) -> str:
    return _("等待答复") if row.is_accepted is None else _("采纳") if row.is_accepted else _("不采纳")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"

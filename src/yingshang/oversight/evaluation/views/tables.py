"""The tables of these pages, declared once for the screen and the workbook."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.web import Column
from yingshang.methods import scoring
from yingshang.oversight.evaluation.queries import Line, Result
from yingshang.oversight.evaluation.rules import RULES, Bar, with_unit

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


def line_columns(result: Result, *, title: str, place: str = "") -> list[Column]:
    """Return the columns of indicators or series: score, its range, every other place, the gap to the best of them.

    place: whose scores the lines show; the evaluated one's if empty. Every number leads to what it comes from.
    """
    code = result.evaluation.code
    place = place or result.evaluation.place
    others = [peer for peer in result.scores.values.places if peer != place]
    return [
        Column(title=title, value="title", heads=True, width=28, href=lambda row: leads_down(result, row, place)),
        Column(
            title=place,
            value=lambda row: number_in(row.shown),
            kind="number",
            href=lambda row: leads_down(result, row, place),
        ),
        Column(title=_("区间两端的得分"), value=range_words, width=18),
        *(_peer_column(result, peer) for peer in others),
        Column(
            title=_("与最好的差距"),
            value=lambda row: gap_words(row.gap),
            kind="number",
            href=lambda _row: reverse("evaluation:peers", args=[code]),
        ),
        Column(title=_("怎样得来"), value=lambda row: row.formula or row.how, width=60),
    ]


def leads_down(result: Result, row: Line, place: str) -> str:
    """Return the address of what a score of a place comes from."""
    code = result.evaluation.code
    if row.is_series:
        return f"{reverse('evaluation:series', args=[code, row.key])}#{place_anchor(result, place)}"
    address = reverse("evaluation:indicator", args=[code, row.key])
    return address if place == result.evaluation.place else f"{address}?place={quote(place)}"


def place_anchor(result: Result, place: str) -> str:
    """Return the anchor of a place on the page of a series."""
    return f"place-{result.scores.place_no.get(place, 0)}"


def _peer_column(result: Result, peer: str) -> Column:
    return Column(
        title=peer,
        value=lambda row: number_in(row.peers[peer]),
        kind="number",
        href=lambda row: leads_down(result, row, peer),
    )


def named(result: Result, words: str) -> str:
    """Return the name of a table with its evaluation, so that a workbook says what it is of, and 演示 where it is."""
    return f"{result.evaluation.title} {words}"


def number_in(shown: str) -> Decimal | str:
    """Return a shown score as a number, so that a workbook can reckon with it; words stay words."""
    try:
        return Decimal(shown)
    except InvalidOperation:
        return shown


def range_words(row: Line) -> str:
    """Say the scores at both ends of the intervals; empty where there is none."""
    return "" if row.low is None or row.high is None else f"{row.low:.2f}～{row.high:.2f}"


def value_columns(code: str) -> list[Column]:
    """Return the columns of collected values, as rows of the codebook; each leads to its own page."""

    def leads(row: dict[str, str]) -> str:
        return reverse("evaluation:collected", args=[code, row["no"]])

    return [
        Column(title=_("地方"), value=lambda row: f"{row['place']}{row['part']}", heads=True),
        Column(title=_("值"), value=lambda row: with_unit(row["value"], row["unit"]), href=leads),
        Column(title=_("区间"), value=interval_words),
        Column(title=_("采集方式"), value="method"),
        Column(title=_("来源"), value="source", width=40),
        Column(title=_("采集人"), value="collector"),
        Column(title=_("采集日期"), value="collected_on", kind="code"),
        Column(title=_("核实"), value=lambda row: _("已核实") if row["verified"] == "1" else ""),
        Column(title=_("是否计分"), value=lambda row: _("计分") if row["counts"] == "1" else _("不计")),
        Column(title=_("依据"), value=why, width=50),
    ]


def interval_words(row: dict[str, str]) -> str:
    """Say the interval of a value; empty where it has none."""
    return f"{row['low']}～{with_unit(row['high'], row['unit'])}" if row["low"] else ""


def codebook_columns(code: str) -> list[Column]:
    """Return the columns of the whole codebook."""
    return [
        Column(title=_("序号"), value="no", kind="code", width=8),
        Column(
            title=_("数据项"),
            value="title",
            width=24,
            href=lambda row: reverse("evaluation:series", args=[code, row["series"]]),
        ),
        Column(title=_("代码"), value="series", kind="code", width=24),
        *value_columns(code),
        Column(title=_("证据SHA-256"), value="evidence_sha256", kind="code", width=66),
    ]


def why(row: dict[str, str]) -> str:
    """Say by which rule a value counts, and the reason somebody gave."""
    rule = RULES.get(row["rule"], row["rule"])
    return f"{rule}：{row['reason']}" if row["reason"] else rule


def objection_columns(titles: dict[str, str], *, answer: bool = False, code: str = "") -> list[Column]:
    """Return the columns of objections and their answers.

    answer: open ones lead to answering. code: of a published evaluation, whose series are led to.
    """

    def leads(row: Any) -> str:
        is_open = answer and row.answered_at is None
        return reverse("evaluation:answer", args=[row.evaluation.code, row.pk]) if is_open else ""

    return [
        Column(title=_("单位"), value="unit.short_name", heads=True, width=24, href=leads),
        _series_column(titles, code),
        Column(title=_("异议"), value="text", width=50),
        Column(title=_("提出时间"), value="at", kind="moment"),
        Column(title=_("结果"), value=_finding),
        Column(title=_("答复"), value="answer", width=50),
        Column(
            title=_("证据"),
            value=lambda row: row.evidence.name if answer and row.evidence else _has_evidence(row),
            href=lambda row: _document(row) if answer else "",
        ),
    ]


def _has_evidence(row: Any) -> str:
    return _("有，不公开") if row.evidence_id else ""


def _document(row: Any) -> str:
    return reverse("documents:download", args=[row.evidence_id]) if row.evidence_id else ""


def _series_column(titles: dict[str, str], code: str) -> Column:
    return Column(
        title=_("数据项"),
        value=lambda row: titles.get(row.series, row.series),
        width=24,
        href=lambda row: reverse("evaluation:series", args=[code, row.series]) if code else "",
    )


def asked_columns(titles: dict[str, str], *, code: str = "") -> list[Column]:
    """Return the columns of requests for another number."""
    return [
        Column(title=_("谁"), value="who", heads=True, width=24),
        Column(title=_("日期"), value="asked_on", kind="date"),
        Column(title=_("以什么方式"), value="how"),
        _series_column(titles, code),
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


def drawn_rows(lines: Iterable[Line]) -> list[Bar]:
    """Return lines as the bars want them."""
    return [Bar(line.title, line.score, line.shown, line.low, line.high) for line in lines]


def gap_words(gap: Decimal | None) -> str:
    """Say a difference with its sign; 未知 where one of the two is not known."""
    return _("未知") if gap is None else SIGNED.format(gap)


def _finding(row: Any) -> str:
    return _("等待答复") if row.is_accepted is None else _("采纳") if row.is_accepted else _("不采纳")

"""The report of a published evaluation as a paper."""

from __future__ import annotations

from functools import lru_cache

from yingshang.kernel import clock, typesetting
from yingshang.kernel.typesetting import Block, Drawing, Grid, Heading, Paragraph
from yingshang.methods import scoring
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.rules import bars, dots
from yingshang.oversight.evaluation.views import comparing, edition_tables, tables

MOST_SHIFTS = 12


def report_of(result: queries.Result) -> bytes:
    """Return the report as PDF. A published evaluation never changes, so the last reports are kept."""
    return _pdf(result.evaluation.code, result.frozen.digest)


@lru_cache(maxsize=4)
def _pdf(code: str, _digest: str) -> bytes:
    return typesetting.pdf(paper_of(queries.result_of(code)))


def paper_of(result: queries.Result) -> typesetting.Form:
    """Return what is printed: total, indicators, all series with how each score came about, objections, digests."""
    evaluation, edition = result.evaluation, result.edition
    lines = queries.lines_under(result)
    root = queries.line_of(result, edition.root.key)
    assert evaluation.published_at is not None, "only published evaluations are reported"
    body: list[Block] = [
        Heading("总分和各项指标"),
        Paragraph(f"{evaluation.place}：{root.how}。计算：{root.formula}。"),
        *_uncertainty(root),
        Drawing(bars(tables.drawn_rows(lines), "得分", full=edition.full, on_paper=True), caption="各项指标得分"),
        Grid(
            ["指标", "得分", "区间两端", *result.peers, "与最好的差距"],
            [
                [
                    line.title,
                    line.shown,
                    tables.range_words(line),
                    *line.peers.values(),
                    tables.gap_words(line.gap),
                ]
                for line in [root, *lines]
            ],
        ),
        *_off(edition),
    ]
    body.extend(_trend(result))
    body.extend(_series(result, lines))
    body.append(Heading("方法改变时结果变多少"))
    shifts = sorted(scoring.sensitivity(result.scores), key=lambda one: one.mean_shift, reverse=True)
    body.append(Paragraph(f"共试了{len(shifts)}种假设，列出变动最大的{min(len(shifts), MOST_SHIFTS)}种，其余见网页。"))
    body.append(
        Grid(["假如", "总分平均变动（分）"], [[one.name, f"{one.mean_shift:.2f}"] for one in shifts[:MOST_SHIFTS]])
    )
    body.extend(_said(result))
    body.append(Heading("怎样核对"))
    body.append(
        Paragraph(
            f"公布的数据室含指标版本、数据、编码本、得分四个文件，SHA-256为{result.frozen.digest}，记入平台台账。"
            "任何人可以用其中的文件重新计分，结果逐字相同。"
        )
    )
    return typesetting.Form(
        title=evaluation.title,
        fields=[
            ("评估机构", evaluation.evaluator.name),
            ("委托合同", evaluation.contract_no),
            ("指标版本", f"{edition.title}（{edition.key}）"),
            ("方法", edition.method),
            ("公布日期", clock.beijing_date(evaluation.published_at).isoformat()),
        ],
        body=body,
        note="演示" if evaluation.is_demo else "",
    )


def _series(result: queries.Result, lines: list[queries.Line]) -> list[Block]:
    body: list[Block] = [Heading("各数据项怎样得分")]
    for line in lines:
        body.append(Heading(f"{line.title}：{line.shown}", level=2))
        rows = [
            [one.title, one.shown, tables.range_words(one), one.formula or one.how]
            for one in queries.lines_under(result, line.key)
        ]
        body.append(Grid(["数据项", "得分", "区间两端", "怎样得来"], rows))
    return body


def _uncertainty(root: queries.Line) -> list[Block]:
    if root.low is None or root.high is None:
        return []
    return [
        Paragraph(
            f"有的值来自问卷，有误差：全部取区间里不利的一端，总分是{root.low:.2f}，全部取有利的一端是{root.high:.2f}。"
        )
    ]


def _off(edition: scoring.Edition) -> list[Block]:
    return [Paragraph(f"{one.title}：本版不评。{one.why}") for one in edition_tables.off_tops(edition)]


def _trend(result: queries.Result) -> list[Block]:
    years = queries.years_of(result)
    body: list[Block] = [Heading("历年变化")]
    if len(years) == 1:
        return [*body, Paragraph("没有更早的评价可以比。")]
    trends = queries.trends_of(result, years)
    drawn = dots(comparing.dotted_rows(trends), "最近两次的得分", full=result.edition.full, on_paper=True)
    rows = [
        [row.title, *(point.line.shown if point.line else "不评" for point in row.points), comparing.change_words(row)]
        for row in trends
    ]
    return [
        *body,
        Drawing(drawn, caption="最近两次的得分：空心是上一次，实心是这一次；方法改变的画双竖线，不能比"),
        Grid(["指标", *(str(one.evaluation.year) for one in years), "变化"], rows),
    ]


def _said(result: queries.Result) -> list[Block]:
    titles = queries.series_titles(result.evaluation)
    objections = [
        [one.unit.short_name, titles.get(one.series, one.series), one.text, "采纳" if one.is_accepted else "不采纳"]
        for one in result.evaluation.objections.select_related("unit")
    ]
    asked = [
        [one.who, titles.get(one.series, one.series), one.wanted, one.answer]
        for one in result.evaluation.asked_changes.all()
    ]
    body: list[Block] = [Heading("异议和答复")]
    body.append(Grid(["单位", "数据项", "异议", "结果"], objections) if objections else Paragraph("没有单位提出异议。"))
    body.append(Heading("改数请求"))
    body.append(Grid(["谁", "数据项", "想改成什么", "答复"], asked) if asked else Paragraph("没有人请求改数。"))
    return body

"""The tables that compare: with other places, with the plan's aims, with the years before, with other methods."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.web import Column
from yingshang.methods import scoring
from yingshang.oversight.evaluation.queries import Result, Target, Trend, line_of
from yingshang.oversight.evaluation.queries.trend import Point
from yingshang.oversight.evaluation.rules import Dots
from yingshang.oversight.evaluation.views.tables import gap_words, leads_down


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
        Column(
            title=result.evaluation.place, value="ours", kind="number", href=lambda row: _value_at(code, row.ours_no)
        ),
        Column(title=_("比较的地方"), value="place"),
        Column(title=_("那里的值"), value="theirs", kind="number", href=lambda row: _value_at(code, row.theirs_no)),
        Column(
            title=_("得分差距"),
            value=lambda row: gap_words(row.gap),
            kind="number",
            href=lambda row: reverse("evaluation:series", args=[code, row.series]),
        ),
        Column(title=_("负责单位"), value=lambda row: row.unit or _("还没有人负责"), width=20),
        Column(title=_("来源"), value="source", width=40),
        Column(title=_("日期"), value="collected_on", kind="code"),
    ]


def _value_at(code: str, no: str) -> str:
    return reverse("evaluation:collected", args=[code, no]) if no else ""


def target_columns(code: str) -> list[Column]:
    """Return the columns of what the plan aims at beside the figures at hand."""

    def leads(row: Target) -> str:
        return reverse("evaluation:series" if row.is_series else "evaluation:indicator", args=[code, row.key])

    return [
        Column(title=_("指标"), value="title", heads=True, width=24, href=leads),
        Column(title=_("方案的目标"), value="words", width=36),
        Column(title=_("达到没有"), value=lambda row: reached_words(row.reached)),
        Column(title=_("名次"), value=_rank_words, width=24),
        Column(title=_("最好的地方"), value="best"),
        Column(title=_("与最好的差距"), value=lambda row: gap_words(row.gap), kind="number", href=leads),
        Column(title=_("负责单位"), value=lambda row: row.unit or _("各单位"), width=20),
        Column(title=_("出处"), value="source", width=30),
        Column(title=_("待办"), value="todo", width=40),
    ]


def reached_words(reached: str) -> str:
    """Say whether an aim was reached."""
    return {"yes": _("达到"), "no": _("没有达到")}.get(reached, _("未知"))


def _rank_words(row: Target) -> str:
    if row.rank is None:
        return _("未知")
    return _("有数据的%(known)s个地方里第%(rank)s（全市%(places)s个）") % {
        "known": row.known,
        "rank": row.rank,
        "places": row.places,
    }


def trend_columns(years: list[Result]) -> list[Column]:
    """Return the columns of a trend: one for each evaluation, then the change or why there is none."""
    return [
        Column(title=_("指标"), value="title", heads=True, width=28),
        *(_year_column(place, one) for place, one in enumerate(years)),
        Column(title=_("变化"), value=change_words, width=40),
    ]


def _year_column(place: int, one: Result) -> Column:
    return Column(
        title=str(one.evaluation.year),
        value=lambda row: _point_words(row.points[place]),
        kind="number",
        href=lambda row: (
            reverse("evaluation:indicator", args=[one.evaluation.code, row.key]) if row.points[place].line else ""
        ),
    )


def _point_words(point: Point) -> str:
    shown = point.line.shown if point.line else _("不评")
    return f"‖ {shown}" if point.is_broken else shown


def change_words(row: Trend) -> str:
    """Say the change of the last year, or why it cannot be told."""
    if row.before is None:
        return _("没有更早的")
    if row.now.is_broken:
        what = "、".join(row.changed)
        return _("方法改变，不能比（%(what)s）") % {"what": what} if what else _("方法改变，不能比")
    return gap_words(row.now.change)


def variant_columns(result: Result, varied: scoring.Scores) -> list[Column]:
    """Return the columns of one variant: each place before and after."""
    edition = result.edition
    return [
        Column(title=_("地方"), value=str, heads=True),
        Column(
            title=_("公布的总分"),
            value=lambda place: scoring.shown(result.scores.of(place), edition),
            kind="number",
            href=lambda place: leads_down(result, line_of(result, edition.root.key, place), place),
        ),
        Column(title=_("这样算的总分"), value=lambda place: scoring.shown(varied.of(place), edition), kind="number"),
        Column(
            title=_("变化"),
            value=lambda place: gap_words(_difference(varied.of(place), result.scores.of(place))),
            kind="number",
        ),
    ]


def _difference(one: scoring.Value, other: scoring.Value) -> Decimal | None:
    return one - other if isinstance(one, Decimal) and isinstance(other, Decimal) else None


def shift_columns(code: str, shows_ranking: bool) -> list[Column]:
    """Return the columns of numbered shifts, each leading to its variant; ranks only where they are shown."""
    ranks = [
        Column(title=_("名次变动的地方"), value=lambda row: row[1].changed_ranks, kind="number"),
        Column(title=_("名次最大变动"), value=lambda row: row[1].farthest, kind="number"),
        Column(title=_("名次相关（Kendall）"), value=lambda row: _number(row[1].kendall), kind="number"),
    ]
    return [
        Column(
            title=_("假如"),
            value=lambda row: row[1].name,
            heads=True,
            width=40,
            href=lambda row: reverse("evaluation:variant", args=[code, row[0]]),
        ),
        Column(title=_("总分变动的地方"), value=lambda row: row[1].changed_scores, kind="number"),
        Column(title=_("平均变动（分）"), value=lambda row: f"{row[1].mean_shift:.2f}", kind="number"),
        Column(title=_("总分相关（Pearson）"), value=lambda row: _number(row[1].pearson), kind="number"),
        *(ranks if shows_ranking else []),
    ]


def dotted_rows(trends: Iterable[Trend]) -> list[Dots]:
    """Return trends as the dots want them: the last two years."""
    return [
        Dots(
            row.title,
            row.before.line.score if row.before and row.before.line else None,
            row.now.line.score if row.now.line else None,
            _("不能比") if row.now.is_broken else gap_words(row.now.change),
            row.now.is_broken,
        )
        for row in trends
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"

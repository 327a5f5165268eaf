"""How scores went over the years, and where a change of method forbids to compare."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from yingshang.methods import scoring
from yingshang.oversight.evaluation.models import Evaluation
from yingshang.oversight.evaluation.queries.evaluations import current_scoring, published
from yingshang.oversight.evaluation.queries.results import Line, Result, computed, line_of

MOST_YEARS = 5


@dataclass(frozen=True)
class Point:
    """One indicator in one evaluation. line: None where its edition did not score it.

    is_broken: not measured as in the evaluation before, so that the two must
    not be compared. change: against the one before; None where there is none
    or it must not be told.
    """

    evaluation: Evaluation
    line: Line | None
    is_broken: bool
    change: Decimal | None


@dataclass(frozen=True)
class Trend:
    """One indicator over the years, the oldest first. changed: titles of what the last one measures otherwise."""

    key: str
    title: str
    points: tuple[Point, ...]
    changed: tuple[str, ...]

    @property
    def before(self) -> Point | None:
        """The point before the last."""
        return self.points[-2] if len(self.points) > 1 else None

    @property
    def now(self) -> Point:
        """The last point."""
        return self.points[-1]


def years_of(result: Result) -> list[Result]:
    """Return the evaluations of the same place up to this one, the oldest first, at most five. Queries: 5."""
    mine = result.evaluation
    earlier = published().filter(place=mine.place, year__lt=mine.year).order_by("-year", "-published_at")
    results = [result]
    for one in earlier[: MOST_YEARS - 1]:
        frozen = current_scoring(one)
        assert frozen is not None, "published evaluations were scored"
        results.append(Result(one, frozen, computed(one.pk, frozen)))
    return results[::-1]


def trends_of(result: Result, years: list[Result]) -> list[Trend]:
    """Return the total and every indicator of the first tier over the years. No queries."""
    tops = [result.edition.root, *result.edition.children[result.edition.root.key]]
    return [_trend(one.key, one.title, years) for one in tops]


def _trend(key: str, title: str, years: list[Result]) -> Trend:
    points: list[Point] = []
    for place, one in enumerate(years):
        line = line_of(one, key) if key in one.scores.by else None
        before = years[place - 1] if place else None
        broken = before is not None and not scoring.measured_alike(before.edition, one.edition, key)
        points.append(Point(one.evaluation, line, broken, None if broken else _change(points, line)))
    last = [one.edition for one in years[-2:]]
    changed = scoring.changed_parts(last[0], last[1], key) if len(last) == 2 and points[-1].is_broken else []
    return Trend(key, title, tuple(points), tuple(changed))


def _change(points: list[Point], line: Line | None) -> Decimal | None:
    before = points[-1].line if points else None
    if line is None or before is None or line.score is None or before.score is None:
        return None
    return line.score - before.score

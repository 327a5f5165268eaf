"""What came out, as the pages and the report show it: lines of indicators, peers, what changed, what if."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from yingshang.kernel.errors import NotFound
from yingshang.methods import scoring
from yingshang.oversight.evaluation.models import Evaluation, Scoring
from yingshang.oversight.evaluation.queries.cells import edition_of
from yingshang.oversight.evaluation.queries.evaluations import current_scoring, published, scores_of
from yingshang.oversight.evaluation.rules import with_unit

UNKNOWN = "未知"


@dataclass(frozen=True)
class Result:
    """A published evaluation with its last scoring, the scores computed again from the frozen values."""

    evaluation: Evaluation
    frozen: Scoring
    scores: scoring.Scores

    @property
    def edition(self) -> scoring.Edition:
        """The edition that was scored with."""
        return self.scores.edition

    @property
    def peers(self) -> list[str]:
        """The other places, in the order of the values."""
        return [place for place in self.scores.values.places if place != self.evaluation.place]


@dataclass(frozen=True)
class Line:
    """One indicator or series of the evaluated place.

    score: None where there is none, ``shown`` then says why in words. peers:
    place → score in words. gap: to the best other place; None where either is unknown.
    """

    key: str
    title: str
    unit: str
    score: Decimal | None
    shown: str
    how: str
    is_series: bool
    peers: dict[str, str]
    gap: Decimal | None
    best_peer: str


def result_of(code: str) -> Result:
    """Return a published evaluation with its scores. Raises NotFound for any other. Queries: 2."""
    evaluation = published().select_related("dossier").filter(code=code).first()
    if evaluation is None:
        raise NotFound("这次评价")
    frozen = current_scoring(evaluation)
    assert frozen is not None, "published evaluations were scored"
    return Result(evaluation, frozen, computed(evaluation.pk, frozen))


def computed(evaluation_id: int, frozen: Scoring) -> scoring.Scores:
    """Return the scores of a frozen scoring; it never changes, so the last ones are kept."""
    return _computed(evaluation_id, frozen.no, frozen.digest)


@lru_cache(maxsize=8)
def _computed(evaluation_id: int, no: int, _digest: str) -> scoring.Scores:
    frozen = Scoring.objects.select_related("evaluation").get(evaluation_id=evaluation_id, no=no)
    return scores_of(frozen.evaluation, frozen)


def lines_under(result: Result, key: str = "") -> list[Line]:
    """Return the indicators or series under one, the total's without a key. Raises NotFound for unknown ones."""
    edition = result.edition
    parent = edition.by_key.get(key) if key else edition.root
    if parent is None:
        raise NotFound("这项指标")
    return [line_of(result, one.key) for one in edition.children[parent.key]]


def line_of(result: Result, key: str) -> Line:
    """Return one line. Raises NotFound for an unknown key or an input that is not scored."""
    edition, scores, place = result.edition, result.scores, result.evaluation.place
    one = edition.by_key.get(key)
    if one is None or key not in scores.by:
        raise NotFound("这项指标")
    told = scoring.explain(scores, place, key) if place in scores.place_no else None
    score = told.score if told is not None and isinstance(told.score, Decimal) else None
    others = {peer: scores.of(peer, key) for peer in result.peers}
    numbers = {peer: value for peer, value in others.items() if isinstance(value, Decimal)}
    best = max(numbers, key=lambda peer: numbers[peer], default="")
    return Line(
        key=key,
        title=one.title,
        unit=one.unit,
        score=score,
        shown=scoring.shown(told.score, edition) if told else UNKNOWN,
        how=told.how if told else UNKNOWN,
        is_series=one.mark is not None,
        peers={peer: scoring.shown(value, edition) for peer, value in others.items()},
        gap=score - numbers[best] if score is not None and best else None,
        best_peer=best,
    )


def codebook_of(frozen: Scoring, *, series: str = "", place: str = "") -> Iterator[dict[str, str]]:
    """Yield the rows of the frozen codebook, all or those of one series and place."""
    for row in csv.DictReader(io.StringIO(frozen.codebook_text)):
        if (not series or row["series"] == series) and (not place or row["place"] == place):
            yield row


@dataclass(frozen=True)
class Change:
    """One indicator now and in the last evaluation of the same method; None where either has no number."""

    title: str
    before: str
    now: str
    change: Decimal | None


@dataclass(frozen=True)
class Since:
    """What changed. last: the evaluation before, if any; without ``changes`` its method was another."""

    last: Evaluation | None
    changes: list[Change]


def changed_since(result: Result) -> Since:
    """Return what changed against the evaluation published before. Queries: 2.

    Only of the same method: of another method it is named, and nothing is compared.
    """
    mine = result.evaluation
    earlier = published().filter(place=mine.place, published_at__lt=mine.published_at).order_by("-published_at")
    last = earlier.filter(edition_method=mine.edition_method).first()
    if last is None:
        return Since(earlier.first(), [])
    frozen = current_scoring(last)
    assert frozen is not None, "published evaluations were scored"
    before = Result(last, frozen, computed(last.pk, frozen))
    known = {one.key for one in before.edition.indicators}
    tops = [result.edition.root, *result.edition.children[result.edition.root.key]]
    return Since(
        last, [_change(line_of(before, one.key), line_of(result, one.key)) for one in tops if one.key in known]
    )


def _change(before: Line, now: Line) -> Change:
    both = before.score is not None and now.score is not None
    change = now.score - before.score if both and now.score is not None and before.score is not None else None
    return Change(now.title, before.shown, now.shown, change)


def series_titles(evaluation: Evaluation) -> dict[str, str]:
    """Return series → indicator and title, in words: ``开办企业：时间``. Empty without an edition."""
    if not evaluation.edition_text:
        return {}
    edition = edition_of(evaluation)
    return {
        one.key: f"{edition.by_key[one.under].title}：{one.title}" if one.under else one.title for one in edition.series
    }


@dataclass(frozen=True)
class Peer:
    """One series of one place beside ours: values with their sources, scores, and the gap. 未知 where nothing is."""

    indicator: str
    series: str
    title: str
    place: str
    ours: str
    theirs: str
    source: str
    collected_on: str
    gap: Decimal | None


def peers_of(result: Result) -> list[Peer]:
    """Return the benchmark: every scored series against every other place, in the order of the edition."""
    edition, scores, mine = result.edition, result.scores, result.evaluation.place
    counting = {(row["series"], row["place"]): row for row in codebook_of(result.frozen) if row["counts"] == "1"}
    return [
        _peer(result, one, edition.by_key[one.under or edition.root.key].title, peer, counting)
        for one in edition.series
        if one.key in scores.by and mine in scores.place_no
        for peer in result.peers
    ]


def _peer(
    result: Result,
    one: scoring.Indicator,
    indicator: str,
    place: str,
    counting: dict[tuple[str, str], dict[str, str]],
) -> Peer:
    own, other = counting.get((one.key, result.evaluation.place), {}), counting.get((one.key, place), {})
    ours, theirs = result.scores.of(result.evaluation.place, one.key), result.scores.of(place, one.key)
    both = isinstance(ours, Decimal) and isinstance(theirs, Decimal)
    return Peer(
        indicator=indicator,
        series=one.key,
        title=one.title,
        place=place,
        ours=with_unit(own.get("value", ""), one.unit),
        theirs=with_unit(other.get("value", ""), one.unit),
        source=other.get("source", ""),
        collected_on=other.get("collected_on", ""),
        gap=ours - theirs if both and isinstance(ours, Decimal) and isinstance(theirs, Decimal) else None,
    )

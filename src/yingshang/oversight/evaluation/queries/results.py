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
from yingshang.oversight.evaluation.queries.evaluations import current_scoring, owners_of, published, scores_of
from yingshang.oversight.evaluation.rules import CODEBOOK_COLUMNS, at_end, has_intervals, with_unit

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
    """One indicator or series of a place, the evaluated one unless another was asked for.

    score: None where there is none, ``shown`` then says why in words. formula:
    with the numbers filled in. low, high: the scores with every value at the
    ends of its interval; None where nothing in it has one. peers: place →
    score in words. gap: to the best other place; None where either is unknown.
    """

    key: str
    title: str
    unit: str
    score: Decimal | None
    shown: str
    how: str
    formula: str
    is_series: bool
    low: Decimal | None
    high: Decimal | None
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


def ends_of(result: Result) -> tuple[scoring.Scores, scoring.Scores] | None:
    """Return the scores with every value at the worse and at the better end of its interval; None without intervals."""
    frozen = result.frozen
    return _ends(result.evaluation.pk, frozen.no, frozen.digest) if has_intervals(frozen.codebook_text) else None


@lru_cache(maxsize=8)
def _ends(evaluation_id: int, no: int, digest: str) -> tuple[scoring.Scores, scoring.Scores]:
    frozen = Scoring.objects.get(evaluation_id=evaluation_id, no=no)
    base = _computed(evaluation_id, no, digest)
    low, high = (
        scoring.read_values(at_end(frozen.values_text, frozen.codebook_text, end).encode(), base.edition)
        for end in ("low", "high")
    )
    return scoring.between(base, low, high)


def computed(evaluation_id: int, frozen: Scoring) -> scoring.Scores:
    """Return the scores of a frozen scoring; it never changes, so the last ones are kept."""
    return _computed(evaluation_id, frozen.no, frozen.digest)


@lru_cache(maxsize=8)
def _computed(evaluation_id: int, no: int, _digest: str) -> scoring.Scores:
    frozen = Scoring.objects.select_related("evaluation").get(evaluation_id=evaluation_id, no=no)
    return scores_of(frozen.evaluation, frozen)


def lines_under(result: Result, key: str = "", place: str = "") -> list[Line]:
    """Return the indicators or series under one, the total's without a key. Raises NotFound for unknown ones."""
    edition = result.edition
    parent = edition.by_key.get(key) if key else edition.root
    if parent is None:
        raise NotFound("这项指标")
    return [line_of(result, one.key, place) for one in edition.children[parent.key]]


def line_of(result: Result, key: str, place: str = "") -> Line:
    """Return one line. Raises NotFound for an unknown key or place, or an input that is not scored."""
    edition, scores, own = result.edition, result.scores, result.evaluation.place
    one = edition.by_key.get(key)
    if one is None or key not in scores.by or (place and place not in scores.place_no):
        raise NotFound("这项指标")
    place = place or own
    told = scoring.explain(scores, place, key) if place in scores.place_no else None
    score = told.score if told is not None and isinstance(told.score, Decimal) else None
    others = {peer: scores.of(peer, key) for peer in scores.values.places if peer != place}
    numbers = {peer: value for peer, value in others.items() if isinstance(value, Decimal)}
    best = max(numbers, key=lambda peer: numbers[peer], default="")
    low, high = _range(result, place, key) if told is not None else (None, None)
    return Line(
        key=key,
        title=one.title,
        unit=one.unit,
        score=score,
        shown=scoring.shown(told.score, edition) if told else UNKNOWN,
        how=told.how if told else UNKNOWN,
        formula=scoring.formula(scores, place, key) if told else "",
        is_series=one.mark is not None,
        low=low,
        high=high,
        peers={peer: scoring.shown(value, edition) for peer, value in others.items()},
        gap=score - numbers[best] if score is not None and best else None,
        best_peer=best,
    )


def _range(result: Result, place: str, key: str) -> tuple[Decimal | None, Decimal | None]:
    ends = ends_of(result)
    if ends is None:
        return None, None
    low, high = (one.of(place, key) for one in ends)
    is_range = isinstance(low, Decimal) and isinstance(high, Decimal) and low != high
    return (low, high) if is_range and isinstance(low, Decimal) and isinstance(high, Decimal) else (None, None)


def codebook_of(frozen: Scoring, *, series: str = "", place: str = "") -> Iterator[dict[str, str]]:
    """Yield the rows of the frozen codebook with their number ``no``, all or those of one series and place.

    Columns that a codebook frozen long ago does not have are empty.
    """
    for no, row in enumerate(csv.DictReader(io.StringIO(frozen.codebook_text)), start=1):
        if (not series or row["series"] == series) and (not place or row["place"] == place):
            yield {"no": str(no)} | {name: row.get(name, "") for name in CODEBOOK_COLUMNS}


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
    """One series of one place beside ours: values with their sources, scores, and the gap. 未知 where nothing is.

    ours_no, theirs_no: where the values stand in the codebook; empty for none.
    """

    indicator: str
    series: str
    title: str
    place: str
    ours: str
    theirs: str
    ours_no: str
    theirs_no: str
    source: str
    collected_on: str
    gap: Decimal | None
    unit: str


def peers_of(result: Result) -> list[Peer]:
    """Return the benchmark: every scored series against every other place, in the order of the edition. Queries: 1."""
    edition, scores, mine = result.edition, result.scores, result.evaluation.place
    counting = {(row["series"], row["place"]): row for row in codebook_of(result.frozen) if row["counts"] == "1"}
    units = {key: owner.unit.short_name for key, owner in owners_of(edition.key).items() if owner.unit}
    return [
        _peer(result, one, peer, units.get(one.key, ""), counting)
        for one in edition.series
        if one.key in scores.by and mine in scores.place_no
        for peer in result.peers
    ]


def _peer(
    result: Result,
    one: scoring.Indicator,
    place: str,
    unit: str,
    counting: dict[tuple[str, str], dict[str, str]],
) -> Peer:
    own, other = counting.get((one.key, result.evaluation.place), {}), counting.get((one.key, place), {})
    ours, theirs = result.scores.of(result.evaluation.place, one.key), result.scores.of(place, one.key)
    both = isinstance(ours, Decimal) and isinstance(theirs, Decimal)
    return Peer(
        indicator=result.edition.by_key[one.under or result.edition.root.key].title,
        series=one.key,
        title=one.title,
        place=place,
        ours=with_unit(own.get("value", ""), one.unit),
        theirs=with_unit(other.get("value", ""), one.unit),
        ours_no=own.get("no", ""),
        theirs_no=other.get("no", ""),
        source=other.get("source", ""),
        collected_on=other.get("collected_on", ""),
        gap=ours - theirs if both and isinstance(ours, Decimal) and isinstance(theirs, Decimal) else None,
        unit=unit,
    )

"""Known indices come out as published. Each table names its source in its edition."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from yingshang.methods import scoring

DATA = Path(__file__).parent / "data"
DOCS = Path(__file__).parents[5] / "docs/methods/scoring"


def scored(edition: Path, values: Path) -> scoring.Scores:
    of = scoring.read(edition)
    return scoring.score(of, scoring.read_values(values.read_bytes(), of))


def published(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def five(value: scoring.Value) -> Decimal:
    assert isinstance(value, Decimal)
    return value.quantize(Decimal("0.00001"))


def test_the_topic_scores_of_doing_business_2017_follow_exactly_from_its_indicator_scores() -> None:
    found = scored(DATA / "db2017_topics.yaml", DATA / "db2017_indicator_scores.csv")
    rows = list(published("db2017_published.csv"))
    assert len(rows) == 179
    for row in rows:
        for topic in ("starting_business", "construction_permits", "registering_property"):
            assert abs(found.of(row["place"], topic) - Decimal(row[topic])) < Decimal("0.00001"), (row, topic)


def test_its_indicator_scores_follow_from_the_raw_values_as_far_as_those_were_published() -> None:
    # Whole numbers come out to the last published digit; costs were published with one decimal, which moves a
    # score by as much as half a tenth of the distance: (0.05 / 15) × 100 = 0.34.
    found = scored(DOCS / "doing-business-2017.yaml", DOCS / "doing-business-2017.csv")
    of = scored(DATA / "db2017_topics.yaml", DATA / "db2017_indicator_scores.csv")
    for one in found.edition.series:
        limit = Decimal("0.34") if "cost" in one.key or one.key == "sb_mincap" else Decimal("0.00001")
        for place in found.values.places:
            assert abs(found.of(place, one.key) - of.of(place, one.key)) < limit, (place, one.key)


def test_no_practice_scores_nothing_and_still_counts() -> None:
    found = scored(DOCS / "doing-business-2017.yaml", DOCS / "doing-business-2017.csv")
    lacking = [place for place in found.values.places if found.values.of("cp_time", place)[0].written == "No Practice"]
    assert lacking and all(found.of(place, "construction_permits") == 0 for place in lacking)


def test_the_human_development_index_comes_out_for_every_country() -> None:
    found = scored(DATA / "hdi2010.yaml", DATA / "hdi2010.csv")
    wrong = [row for row in published("hdi2010_published.csv") if found.of(row["place"]) != Decimal(row["hdi"])]
    assert not wrong and len(found.values.places) == 202


def test_the_electronic_government_index_and_every_rank_come_out() -> None:
    found = scored(DATA / "egdi2016.yaml", DATA / "egdi2016.csv")
    ranks = scoring.standings(found)
    for row in published("egdi2016_published.csv"):
        # Its parts were published with five decimals: their mean may be one off in the last.
        assert abs(five(found.of(row["place"])) - Decimal(row["e-gov-index"])) < Decimal("0.000011"), row
        assert ranks[row["place"]].rank == int(float(row["e-gov-rank"])), row


def test_two_cities_are_scored_before_they_are_averaged(tmp_path: Path) -> None:
    # Doing Business 2020, construction permits of Brazil, days: São Paulo 0.61, Rio de Janeiro 0.39. The average of
    # the raw values would give another score, because one of the two lies beyond the worst.
    rows = [
        {"place": "BRA", "series": "days", "value": "425", "part": "São Paulo", "part_weight": "0.61"},
        {"place": "BRA", "series": "days", "value": "269", "part": "Rio de Janeiro", "part_weight": "0.39"},
    ]
    edition = one_series(tmp_path, "score: {frontier: {best: 26, worst: 373}}")
    found = scoring.score(edition, scoring.take(rows, edition))
    assert five(found.of("BRA")) == five(Decimal("0.39") * (373 - 269) * 100 / (373 - 26))


def one_series(folder: Path, rule: str, **more: str) -> scoring.Edition:
    """Return an edition with one series ``days`` beside nothing else."""
    file = folder / "edition.yaml"
    lines = [
        "schema: edition/1",
        "key: one-series",
        "title: 一项",
        "method: 试算",
        "source: 试算",
        "effective: {from: 2026-01-01, to: null}",
        *(f"{key}: {value}" for key, value in ({"missing": "refuse"} | more).items()),
        "indicators:",
        "  - {key: total, title: 总分}",
        f"  - {{key: days, under: total, title: 时间, unit: 天, {rule}}}",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    return scoring.read(file)

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
    # Doing Business 2020, construction permits of Brazil, days: São Paulo 384 (0.61), Rio de Janeiro 267 (0.39).
    # Published: 338.4 days, score 11.91. Scoring the average would give 9.98, for São Paulo lies beyond the worst.
    rows = [
        {"place": "BRA", "series": "days", "value": "384", "part": "São Paulo", "part_weight": "0.61"},
        {"place": "BRA", "series": "days", "value": "267", "part": "Rio de Janeiro", "part_weight": "0.39"},
    ]
    edition = one_series(tmp_path, "score: {frontier: {best: 26, worst: 373}}")
    assert scoring.shown(scoring.score(edition, scoring.take(rows, edition)).of("BRA"), edition) == "11.91"
    whole = scoring.take([{"place": "BRA", "series": "days", "value": "338.37"}], edition)
    assert scoring.shown(scoring.score(edition, whole).of("BRA"), edition) == "9.98"


CHINA_2020 = ("94.09", "77.33", "95.35", "80.99", "60.00", "72.00", "70.06", "86.50", "80.91", "62.07")


def test_the_total_of_china_in_doing_business_2020_is_the_plain_mean_of_its_ten_topics(tmp_path: Path) -> None:
    edition = one_series(tmp_path, "score: {frontier: {best: 100, worst: 0}}", series=10)
    rows = [
        {"place": "CHN", "series": f"days{number or ''}", "value": value} for number, value in enumerate(CHINA_2020)
    ]
    assert scoring.shown(scoring.score(edition, scoring.take(rows, edition)).of("CHN"), edition) == "77.93"


def test_what_does_not_apply_is_averaged_around_however_many_parts_are_left(tmp_path: Path) -> None:
    # Doing Business 2020, post-filing: four parts; no VAT drops two of them, no corporate income tax the other two.
    # Bahrain then had neither: paying taxes is the mean of the other three and was published as 100.0.
    words = "{No VAT: not_applicable, No CIT: not_applicable, No VAT refund: no_practice}"
    edition = one_series(tmp_path, "score: {frontier: {best: 0, worst: 50}}", series=4, words=words)
    table = {
        "both": ("25", "25", "0", "0"),
        "no VAT": ("No VAT", "No VAT", "0", "25"),
        "no CIT": ("0", "25", "No CIT", "No CIT"),
        "no refund": ("25", "No VAT refund", "0", "0"),
        "neither": ("No VAT", "No VAT", "No CIT", "No CIT"),
    }
    rows = [
        {"place": place, "series": f"days{number or ''}", "value": value}
        for place, values in table.items()
        for number, value in enumerate(values)
    ]
    found = scoring.score(edition, scoring.take(rows, edition))
    assert [found.of(place) for place in table] == [75, 75, 75, Decimal("62.5"), "not_applicable"]


def test_a_missing_part_can_make_the_whole_nothing(tmp_path: Path) -> None:
    # Electronic government index 2010: nine states with one part missing have index 0 and share the last rank.
    gate = "[{indicator: total, score: 0, why: 缺一项, when: [{value_of: days, is: [missing]}]}]"
    more = {"missing": "average", "gates": gate, "ranking": "{labels: equals}"}
    edition = one_series(tmp_path, "score: {frontier: {best: 1, worst: 0}}", series=2, **more)
    rows = [
        {"place": place, "series": key, "value": value}
        for place, first, second in (("A", "0.5", "0.7"), ("B", "", "0.9"), ("C", "", "0.2"))
        for key, value in (("days", first), ("days1", second))
    ]
    ranks = scoring.standings(scoring.score(edition, scoring.take(rows, edition)))
    assert {place: standing.label for place, standing in ranks.items()} == {"A": "1", "B": "=2", "C": "=2"}


def one_series(folder: Path, rule: str, *, series: int = 1, **more: str) -> scoring.Edition:
    """Return an edition with one series ``days`` beside nothing else, or with ``days``, ``days1``, ``days2`` …"""
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
        *(f"  - {{key: days{n or ''}, under: total, title: 时间, unit: 天, {rule}}}" for n in range(series)),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    return scoring.read(file)

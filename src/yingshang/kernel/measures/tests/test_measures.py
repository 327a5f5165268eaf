"""Measures: exact, frozen, corrected in the open."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from yingshang.kernel import ledger, measures, registry
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.measures import Cell, Rate, month, percentile, quarter, read_period, year
from yingshang.kernel.measures.computing import _checked
from yingshang.kernel.parties import SYSTEM

AT = datetime(2026, 4, 2, 1, tzinfo=UTC)
MARCH = month(2026, 3)
NAME = "test.on_time_rate"
FACTS = {"scjgj": (3, 4), "sfj": (0, 0)}


@measures.measure(title="按期率（测试）", formula="按期数除以总数。", shown_as="rate", better="higher")
def on_time_rate(units, periods):
    """Return the share kept on time of what stands in FACTS."""
    for unit in units:
        for period in periods:
            yield Cell(unit, period, Rate(*FACTS[unit]), (f"case:{unit}",))


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    dotted = f"{__name__}.on_time_rate"
    monkeypatch.setattr(registry, "measures", lambda: {NAME: dotted})
    monkeypatch.setattr(registry, "resolve", lambda name: on_time_rate)


@pytest.fixture
def keeper(zhou):
    return replace(zhou, actions=frozenset({"measures.freeze", "measures.correct"}))


def freeze(by, units=("scjgj", "sfj"), periods=(MARCH,)):
    return measures.freeze(NAME, units=units, periods=periods, by=by, at=AT)


@pytest.mark.parametrize(
    ("code", "first", "last", "said"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),  # a leap year
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第1季度"),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_a_period_is_whole_months(code, first, last, said):
    period = read_period(code)
    assert (period.first, period.last, period.code, str(period)) == (first, last, code, said)
    assert last in period
    assert not period.is_over_on(last)


@pytest.mark.parametrize("code", ["2026-13", "2026Q5", "26", "2026-3", "", "0000"])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match="no period"):
        read_period(code)


@pytest.mark.parametrize(
    ("values", "percent", "answer"),
    [
        ([15, 20, 35, 40, 50], 5, 15),  # the textbook example of the nearest rank
        ([15, 20, 35, 40, 50], 30, 20),
        ([15, 20, 35, 40, 50], 40, 20),
        ([15, 20, 35, 40, 50], 50, 35),
        ([15, 20, 35, 40, 50], 100, 50),
        (range(100), 7, 6),  # 0.07 × 100 as a float would be rank 8
        ([], 50, None),
    ],
)
def test_a_percentile_is_one_of_the_values(values, percent, answer):
    assert percentile(list(values), percent) == answer


def test_postgresql_gives_the_same_percentiles(db):
    seed = random.Random(20260402)
    values = [seed.randrange(1, 60) for _ in range(97)]
    for percent in (1, 5, 25, 50, 75, 95, 99, 100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT percentile_disc(%s::float8 / 100) WITHIN GROUP (ORDER BY v) FROM unnest(%s::int[]) v",
                [percent, values],
            )
            assert cursor.fetchone()[0] == percentile(values, percent)


def test_a_rate_over_nothing_is_none_and_not_zero():
    assert Rate(0, 0).value is None
    assert Rate(0, 3).value == 0
    assert Rate(3, 4).value == Fraction(3, 4)
    assert (str(Rate(2, 3)), str(Rate(0, 0))) == ("66.7%（2/3）", "—（无）")


def test_a_table_has_one_cell_for_each_pair(example_county):
    table = measures.compute(NAME, ["sfj", "scjgj"], [MARCH, quarter(2026, 1)])
    assert [(cell.unit, cell.period.code) for cell in table] == [
        ("sfj", "2026-03"),
        ("sfj", "2026Q1"),
        ("scjgj", "2026-03"),
        ("scjgj", "2026Q1"),
    ]
    assert table.at("scjgj", MARCH).value == Rate(3, 4)
    with pytest.raises(KeyError):
        table.at("scjgj", year(2020))


def test_an_inexact_or_doubled_value_is_a_defect():
    with pytest.raises(ValueError, match="float"):
        list(_checked("x", [Cell("sfj", MARCH, 0.5)]))
    with pytest.raises(ValueError, match="twice"):
        list(_checked("x", [Cell("sfj", MARCH, 1), Cell("sfj", MARCH, 1)]))


def test_frozen_values_stand_with_one_entry(keeper):
    rows = freeze(keeper)
    assert [(row.unit.code, row.value) for row in rows] == [("scjgj", Rate(3, 4)), ("sfj", Rate(0, 0))]
    assert rows[0].sources == ["case:scjgj"]
    assert len({row.entry_id for row in rows}) == 1
    assert ledger.Entry.objects.filter(kind="measures.frozen").count() == 1
    assert measures.frozen_value(NAME, "scjgj", MARCH) == rows[0]
    assert measures.frozen_value(NAME, "scjgj", year(2026)) is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"periods": (month(2026, 4),)}, "measures.period_not_over"),  # 2 April: the month runs
        ({"periods": (year(2026),)}, "measures.period_not_over"),
        ({"units": ("fy",)}, "measures.counts_only_unit"),  # a court: counts only, no rates
    ],
)
def test_what_cannot_be_frozen_is_refused_and_nothing_kept(keeper, asked, code):
    recorded = ledger.Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        freeze(keeper, **asked)
    assert refused.value.code == code
    assert not measures.FrozenValue.objects.exists()
    assert ledger.Entry.objects.count() == recorded


def test_a_value_is_frozen_once(keeper):
    freeze(keeper)
    with pytest.raises(Refusal) as refused:
        freeze(keeper, units=("scjgj",))
    assert refused.value.code == "measures.already_frozen"


def test_without_the_post_nothing_is_frozen(wang_min):
    with pytest.raises(Refusal) as refused:
        freeze(wang_min)
    assert refused.value.code == "measures.no_measure_post"
    assert not measures.FrozenValue.objects.exists()


def test_an_unknown_measure_is_not_found(keeper):
    with pytest.raises(NotFound):
        measures.freeze("no.such", units=["sfj"], periods=[MARCH], by=keeper, at=AT)


def test_a_correction_stands_beside_what_it_corrects(keeper, monkeypatch):
    old = freeze(keeper)[0]
    monkeypatch.setitem(FACTS, "scjgj", (4, 4))
    new = measures.correct(old.pk, reason="一件补录的办件未计入", by=keeper, at=AT)
    assert (new.corrects, new.value) == (old, Rate(4, 4))
    assert measures.frozen_value(NAME, "scjgj", MARCH) == new
    old.refresh_from_db()
    assert old.value == Rate(3, 4)
    with pytest.raises(Refusal) as refused:
        measures.correct(old.pk, reason="再来一次", by=keeper, at=AT)
    assert refused.value.code == "measures.already_corrected"


@pytest.mark.parametrize(
    ("reason", "by_system", "code"),
    [
        ("", False, "measures.reason_missing"),
        ("核对", False, "measures.nothing_to_correct"),
        ("核对", True, "measures.person_needed"),
    ],
)
def test_a_correction_needs_a_person_a_reason_and_a_difference(keeper, reason, by_system, code):
    old = freeze(keeper)[0]
    with pytest.raises(Refusal) as refused:
        measures.correct(old.pk, reason=reason, by=SYSTEM if by_system else keeper, at=AT)
    assert refused.value.code == code
    assert measures.FrozenValue.objects.count() == 2


def test_the_database_itself_keeps_a_frozen_value(keeper):
    row = freeze(keeper)[0]
    for deed in (lambda: measures.FrozenValue.objects.update(numerator=9), lambda: row.delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            deed()
    row.pk = None
    with pytest.raises(IntegrityError, match="measures_frozen_once"), transaction.atomic():
        row.save()


def test_numbers_are_kept_as_they_were_given(keeper, monkeypatch):
    @measures.measure(title="天数", formula="天数。", shown_as="count")
    def days(units, periods):
        """Return two and a half days."""
        return [Cell(unit, period, Decimal("2.5")) for unit in units for period in periods]

    monkeypatch.setattr(registry, "resolve", lambda name: days)
    (row,) = freeze(keeper, units=("fy",))  # a court gives counts
    assert (row.value, row.shown) == (Decimal("2.5"), "2.5")


def test_an_unmarked_measure_stops_the_start(monkeypatch):
    assert measures.problems() == []
    monkeypatch.setattr(registry, "resolve", lambda name: len)
    (said,) = measures.problems()
    assert NAME in said
    assert "@measures.measure" in said


def test_the_page_explains_and_lists(keeper, client):
    assert client.get("/measures/").status_code in {403, 409}
    how = measures.explain(NAME)
    assert (how.told.title, how.told.formula) == ("按期率（测试）", "按期数除以总数。")
    assert "FACTS" in how.contract
    assert len(how.digest) == 64

"""Groups expand on a date, and units keep their history."""

from datetime import date

import pytest

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def codes(units):
    return [unit.code for unit in units]


def test_mulan_has_eight_townships_with_their_codes(mulan):
    townships = org.members_on("xzzf", date(2019, 7, 16))
    assert {unit.division_code: unit.short_name for unit in townships} == {
        "230127100": "木兰镇政府",
        "230127101": "东兴镇政府",
        "230127102": "大贵镇政府",
        "230127103": "利东镇政府",
        "230127104": "柳河镇政府",
        "230127105": "新民镇政府",
        "230127200": "建国乡政府",
        "230127203": "吉兴乡政府",
    }


def test_departments_of_mulan_are_neither_party_nor_court_nor_vertical(mulan):
    members = org.members_on("xzbm", date(2019, 7, 16))
    assert {unit.kind for unit in members} == {"gov", "institution"}
    assert not any(unit.counts_only for unit in members)


def test_courts_and_party_units_are_counts_only(mulan):
    watched = org.Unit.objects.filter(kind__in=["party", "judicial"])
    assert watched.count() == 11
    assert not watched.filter(counts_only=False).exists()


@pytest.mark.parametrize(
    ("day", "there", "not_there"),
    [
        (date(2019, 2, 28), {"gsj", "wqb"}, {"scjgj", "gyyq"}),  # the day before the merger
        (date(2019, 3, 1), {"scjgj", "wqb"}, {"gsj", "gyyq"}),  # the day of the merger
        (date(2019, 12, 31), {"wqb"}, {"gyyq"}),
        (date(2020, 1, 1), {"gyyq", "fgj"}, {"wqb"}),  # one abolished, one joins
        (date(2022, 1, 1), {"gyyq"}, {"fgj"}),  # kept out for a year
        (date(2023, 1, 1), {"fgj"}, set()),
    ],
)
def test_members_join_and_leave_on_their_date(example_county, day, there, not_there):
    members = set(codes(org.members_on("xzbm", day)))
    assert there <= members
    assert not members & not_there


def test_those_concerned_have_candidates_and_no_members(example_county):
    day = date(2026, 3, 2)
    assert org.members_on("xzygbm", day) == []
    assert "swj" in codes(org.candidates_on("xzygbm", day))


def test_an_unknown_group_is_not_found(example_county):
    with pytest.raises(NotFound):
        org.members_on("nobody", date(2026, 3, 2))


def test_a_group_expands_in_two_queries(example_county, django_assert_num_queries):
    with django_assert_num_queries(2):
        org.members_on("xzbm", date(2026, 3, 2))


def test_a_subtree_holds_what_stands_under_and_nothing_that_begins_alike(example_county):
    org.Unit.objects.create(code="sfjx", name="名称相近的局", short_name="近", kind="gov", path="shili/sfjx/")
    assert codes(org.subtree_of(org.unit("sfj"))) == ["sfj", "sfj-fzg"]


def test_a_successor_is_followed_to_who_stands_there(example_county):
    gone = org.unit("gsj")
    assert org.heir_on(gone, date(2018, 1, 1)) == gone
    assert org.heir_on(gone, date(2020, 1, 1)).code == "scjgj"
    assert org.heir_on(org.unit("wqb"), date(2020, 1, 1)) is None


def test_a_unit_is_called_by_the_name_of_the_day(example_county):
    unit = org.unit("gxj")
    assert org.name_on(unit, date(2021, 5, 31)) == "县工信局"
    assert org.name_on(unit, date(2021, 6, 1)) == "县工信科技局"

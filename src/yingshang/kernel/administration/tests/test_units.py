"""Units are founded, renamed, merged and abolished; what was stays readable."""

from datetime import date

import pytest

from yingshang.kernel import administration, events, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger import Entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def refused(expected, deed, **facts):
    """The deed is refused with this code, nothing changed, nothing recorded."""
    before = list(org.Unit.objects.order_by("pk").values()), list(org.UnitName.objects.values())
    with pytest.raises(Refusal) as refusal:
        deed(**facts)
    assert refusal.value.code == expected
    assert (list(org.Unit.objects.order_by("pk").values()), list(org.UnitName.objects.values())) == before
    assert not Entry.objects.filter(kind__startswith="administration.").exists()


def test_a_merger_closes_one_unit_and_names_the_other(zheng):
    administration.merge_units(codes=["zjj"], into="fgj", on=DAY, by=zheng)
    merged = org.unit("zjj")
    assert (merged.valid_to, merged.successor.code) == (DAY, "fgj")
    assert org.heir_on(merged, DAY).code == "fgj"
    assert merged in org.members_on("xzbm", date(2026, 3, 1)) and merged not in org.members_on("xzbm", DAY)
    assert Entry.objects.get(kind="administration.unit_merged").subject == "unit:zjj"
    told = events.Fact.objects.get(name="administration.unit_merged").payload
    assert told == {"unit": "zjj", "into": "fgj", "on": "2026-03-02"}


def test_several_units_merge_at_once(zheng):
    administration.merge_units(codes=["zjj", "gxj"], into="fgj", on=DAY, by=zheng)
    assert {org.unit(code).successor.code for code in ("zjj", "gxj")} == {"fgj"}
    assert Entry.objects.filter(kind="administration.unit_merged").count() == 2


def test_a_renamed_unit_keeps_its_code_and_its_history(zheng):
    administration.rename_unit(code="gxj", name="示例县工业和信息化局", short_name="县工信局", on=DAY, by=zheng)
    unit = org.unit("gxj")
    assert unit.short_name == "县工信局"
    assert org.name_on(unit, date(2020, 1, 1)) == "县工信局"
    assert org.name_on(unit, date(2026, 3, 1)) == "县工信科技局"
    assert org.resolve("县工信科技局", DAY).unit == unit


def test_a_founded_unit_stands_from_its_day(zheng):
    made = administration.found_unit(
        code="dsjj", name="示例县大数据局", short_name="县大数据局", kind="gov", parent="shili", on=DAY, by=zheng
    )
    assert made.path == "shili/dsjj/"
    assert made in org.members_on("xzbm", DAY) and made not in org.members_on("xzbm", date(2026, 3, 1))


def test_an_abolished_unit_has_no_heir(zheng):
    administration.abolish_unit(code="zjj", on=DAY, by=zheng)
    assert org.heir_on(org.unit("zjj"), DAY) is None


@pytest.mark.parametrize(
    ("deed", "facts", "code"),
    [
        ("merge_units", {"codes": ["zjj"], "into": "zjj", "on": DAY}, "into_itself"),
        ("merge_units", {"codes": ["gsj"], "into": "fgj", "on": DAY}, "unit_closed"),
        ("merge_units", {"codes": ["zjj"], "into": "gsj", "on": DAY}, "unit_closed"),
        ("merge_units", {"codes": ["zjj", "sfj"], "into": "fgj", "on": DAY}, "units_below"),
        ("abolish_unit", {"code": "shili", "on": DAY}, "units_below"),
        ("abolish_unit", {"code": "scjgj", "on": date(2018, 1, 1)}, "unit_not_yet"),
        ("abolish_unit", {"code": "scjgj", "on": date(2019, 3, 1)}, "closed_on_its_first_day"),
        ("rename_unit", {"code": "gsj", "name": "甲", "short_name": "乙", "on": DAY}, "unit_closed"),
        ("rename_unit", {"code": "gxj", "name": "甲", "short_name": "乙", "on": date(2021, 6, 1)}, "renamed_later"),
        (
            "found_unit",
            {"code": "gsj", "name": "甲", "short_name": "乙", "kind": "gov", "parent": "shili", "on": DAY},
            "code_taken",
        ),
        (
            "found_unit",
            {"code": "x", "name": "甲", "short_name": "乙", "kind": "gov", "parent": "gsj", "on": DAY},
            "unit_closed",
        ),
    ],
)
def test_what_does_not_fit_is_refused(zheng, deed, facts, code):
    refused(f"administration.{code}", getattr(administration, deed), **facts, by=zheng)


@pytest.mark.parametrize("who", ["feng", "chen", "zhou", "wu"])
def test_only_the_system_administrator_keeps_units(request, who):
    by = request.getfixturevalue(who)
    refused("administration.not_your_duty", administration.abolish_unit, code="zjj", on=DAY, by=by)


def test_an_unknown_unit_is_not_found(zheng):
    with pytest.raises(NotFound):
        administration.abolish_unit(code="nowhere", on=DAY, by=zheng)


def test_a_unit_joins_and_leaves_a_group_on_a_day(zheng):
    administration.leave_group(group="xzbm", unit="zjj", on=DAY, source="示例文件", by=zheng)
    assert org.unit("zjj") in org.members_on("xzbm", date(2026, 3, 1))
    assert org.unit("zjj") not in org.members_on("xzbm", DAY)
    administration.join_group(group="xzbm", unit="zjj", on=date(2027, 1, 1), source="示例文件", by=zheng)
    assert org.unit("zjj") not in org.members_on("xzbm", date(2026, 12, 31))
    assert org.unit("zjj") in org.members_on("xzbm", date(2027, 1, 1))


def test_a_member_does_not_join_twice_and_a_stranger_does_not_leave(zheng):
    join, leave = administration.join_group, administration.leave_group
    refused("administration.member_already", join, group="xzbm", unit="gyyq", on=DAY, source="示例", by=zheng)
    refused("administration.no_member", leave, group="xzbm", unit="swj", on=DAY, source="示例", by=zheng)

"""Names as documents print them: found, flagged, or unknown; never invented."""

import re
from datetime import date

import pytest

from yingshang.kernel import org

pytestmark = pytest.mark.django_db
NOTICE_DAY = date(2019, 7, 16)
TODAY = date(2026, 3, 2)

# Every unit that 木环组发〔2019〕1号 names as section lead, lead or responsible, in the order of first print.
PRINTED = {
    "县委依法治县委员会办公室": "yfzxb",
    "县司法局": "sfj",
    "县公安局": "gaj",
    "县法院": "fy",
    "县检察院": "jcy",
    "县营商环境建设监督局": "ysj",
    "县市场监管局": "scjgj",
    "县纪委监委": "jwjw",
    "工业园区管委会": "gyyq",
    "县委编办": "bb",
    "县投资合作服务中心": "tzhzzx",
    "县住建局": "zjj",
    "县生态环境局": "sthjj",
    "县发改局": "fgj",
    "县税务局": "swj",
    "县人社局": "rsj",
    "县工信局": "gxj",
    "县自然资源局": "zrzyj",
    "县财政局": "czj",
    "县农业农村局": "nyncj",
    "县教育局": "jyj",
    "县交通运输局": "jtysj",
    "县民政局": "mzj",
    "县委组织部": "zzb",
    "县卫生健康局": "wsjkj",
    "县委统战部": "tzb",
    "县委宣传部": "xcb",
    "县工商联": "gsl",
    "县水务局": "shwj",
    "县文体广电旅游局": "wtgdlyj",
    "县林草局": "lcj",
    "县审计局": "sjj",
    "县直机关工委": "jggw",
    "县委党校": "dx",
}
# Printed so that a person has to say who is meant.
FLAGGED = {"县政法委": "zfw", "县电业局": "dyj", "县银监会": "yjh", "县人大有关专门委员会": "rdzwh"}


@pytest.fixture
def book(mulan_names):
    return mulan_names


@pytest.mark.parametrize(("printed", "code"), PRINTED.items())
def test_a_unit_of_the_notice_is_found(book, printed, code):
    found = book.resolve(printed, NOTICE_DAY)
    assert (found.kind, found.unit.code, found.needs_person) == ("unit", code, False)


@pytest.mark.parametrize(("printed", "code"), FLAGGED.items())
def test_a_doubtful_unit_of_the_notice_is_found_and_flagged(book, printed, code):
    found = book.resolve(printed, NOTICE_DAY)
    assert (found.kind, found.unit.code, found.needs_person) == ("unit", code, True)
    assert found.why


def test_the_notice_names_thirty_eight_units():
    assert len(PRINTED) + len(FLAGGED) == 38


@pytest.mark.parametrize(
    ("printed", "code", "needs_person"),
    [
        ("各乡镇政府", "xzzf", False),
        ("各乡镇", "xzzf", False),
        ("县直各部门", "xzbm", False),
        ("县直有关部门", "xzygbm", True),
    ],
)
def test_a_group_of_the_notice_is_found(book, printed, code, needs_person):
    found = book.resolve(printed, NOTICE_DAY)
    assert (found.kind, found.group.code, found.needs_person) == ("group", code, needs_person)


def test_presumed_names_are_marked(mulan):
    presumed = set(org.Unit.objects.filter(is_presumed=True).values_list("code", flat=True))
    assert presumed == {"sthjj", "gxj", "wtgdlyj", "gyyq", "dyj", "yjh"}


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("司法局", "sfj"),
        ("木兰县司法局", "sfj"),
        ("木兰县人民法院", "fy"),
        ("宣传部", "xcb"),
        ("县宣传部", "xcb"),
        ("县工业园区管委会", "gyyq"),
        ("木兰县营商局", "ysj"),
        ("营商局", "ysj"),
        ("县 司法局", "sfj"),
        ("东兴镇人民政府", "dxz"),
        ("东兴镇", "dxz"),
    ],
)
def test_a_level_prefix_is_dropped_or_added(book, printed, code):
    found = book.resolve(printed, NOTICE_DAY)
    assert (found.kind, found.unit and found.unit.code) == ("unit", code)
    assert not found.needs_person


@pytest.mark.parametrize(
    "printed", ["各乡镇人民政府", "各乡（镇）人民政府", "各乡(镇)政府", "全县各乡镇", "等县直各部门"]
)
def test_a_group_is_found_in_another_form(book, printed):
    found = book.resolve(printed, NOTICE_DAY)
    assert found.kind == "group" and found.group.rule == org.Group.Rule.ALL


@pytest.mark.parametrize("printed", ["各有关部门", "县政府相关单位", "中省直有关单位"])
def test_those_concerned_are_nobody_until_a_person_names_them(book, printed):
    found = book.resolve(printed, NOTICE_DAY)
    assert (found.kind, found.unit, found.group, found.needs_person) == ("unknown", None, None, True)


@pytest.mark.parametrize(
    "printed", ["市司法局", "哈尔滨市司法局", "巴彦县司法局", "省司法厅", "局", "县", "", "县气象局", "各街道"]
)
def test_what_is_not_in_the_register_is_unknown(book, printed):
    found = book.resolve(printed, NOTICE_DAY)
    assert (found.kind, found.unit, found.group, found.needs_person) == ("unknown", None, None, True)


def test_an_unknown_name_comes_with_the_nearest(book):
    found = book.resolve("县市场监督局", NOTICE_DAY)
    assert found.kind == "unknown"
    assert "县市场监管局" in found.nearest
    assert "县市场监管局" in found.why


def test_a_document_of_its_time_may_name_a_unit_that_is_gone(example_county):
    before = org.resolve("县工商局", date(2018, 5, 1))
    after = org.resolve("县工商局", NOTICE_DAY)
    assert (before.unit.code, before.needs_person) == ("gsj", False)
    assert (after.unit.code, after.needs_person) == ("gsj", True)
    assert re.search("2019年03月01日.*县市场监管局", after.why)


def test_a_unit_named_before_it_stood_needs_a_person(example_county):
    early = org.resolve("县市场监管局", date(2018, 5, 1))
    assert early.needs_person and "才设立" in early.why


def test_a_former_name_finds_the_unit(example_county):
    assert org.resolve("县工信局", TODAY).unit.code == "gxj"


def test_one_name_of_two_units_needs_a_person(example_county):
    for code in ("sfj", "fgj"):
        org.UnitAlias.objects.create(unit=org.unit(code), text="县法改办", source="测试")
    found = org.resolve("县法改办", TODAY)
    assert (found.kind, found.needs_person) == ("unknown", True)
    assert "县发展和改革局" in found.why.replace("示例", "") and "司法局" in found.why


def test_many_names_cost_five_queries(example_county, django_assert_num_queries):
    with django_assert_num_queries(5):
        book = org.NameBook.load()
        assert [book.resolve(name, TODAY).kind for name in ("县司法局", "司法局", "各乡镇", "无名局")] == [
            *("unit", "unit", "group", "unknown")
        ]

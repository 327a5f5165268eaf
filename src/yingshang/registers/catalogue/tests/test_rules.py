"""What a content may not say, one spoiled place at a time, and what the codes and situations come to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingshang.registers.catalogue.rules import codes
from yingshang.registers.catalogue.rules.checks import BasicRow, Known, Word, faults
from yingshang.registers.catalogue.rules.checks.running import compression
from yingshang.registers.catalogue.rules.checks.situations import can_apply
from yingshang.registers.catalogue.rules.content import Unreadable, applies, plain, read
from yingshang.registers.catalogue.rules.differences import differences

KNOWN = Known(
    codes={
        "level": frozenset("4"),
        "power_source": frozenset("1"),
        "nature": frozenset("1"),
        "applicants": frozenset("126"),
        "channels": frozenset("123"),
        "across": frozenset("1234"),
        "online_depth": frozenset("457"),
        "special": frozenset("12"),
        "reform_class": frozenset({"abolished", "filing", "commitment", "optimized"}),
        "reform_applicants": frozenset("2"),
    },
    words={
        "catch_all": [Word("其他材料", "条例第三十五条"), Word("其他", "条例第三十五条", whole=True)],
        "disguised_license": [Word("核准", "条例第三十九条")],
        "certificate": [Word("证明", "条例第四十四条")],
    },
    units=frozenset({"scjgj", "zjj"}),
    posts=frozenset({"reviewer"}),
    limits={"LIC.DECIDE": (20, "wd")},
    certificates=frozenset({"Z001"}),
    fees=frozenset({"F01"}),
    basic=BasicRow("230131001001", "食品经营许可", "license", ("4",)),
)


def test_the_example_license_has_no_fault(content):
    assert faults(read(content), KNOWN) == []


def put(path, value):
    def spoil(content):
        *way, last = path
        for step in way:
            content = content[step]
        content[last] = value

    return spoil


def add(section, row):
    return lambda content: content.setdefault(section, []).append(row)


@pytest.mark.parametrize(
    "spoil, code, path, rule",
    [
        (put(["materials", 1, "title"], "规定的其他材料"), "catch_all_material", "materials[1].title", "第三十五条"),
        (put(["materials", 1, "title"], " 其他"), "catch_all_material", "materials[1].title", "第三十五条"),
        (put(["materials", 1, "title"], "《营业 执照》"), "material_twice", "materials[1].title", "第三十五条"),
        (
            put(["materials", 2, "certificate"], "Z009"),
            "certificate_not_on_the_list",
            "materials[2].certificate",
            "第四十四条",
        ),
        (
            put(["materials", 2, "certificate"], None),
            "certificate_not_on_the_list",
            "materials[2].certificate",
            "第四十四条",
        ),
        (put(["materials", 1, "basis"], ""), "without_basis", "materials[1].basis", "第三十五条"),
        (
            put(["limits", "committed", "days"], 21),
            "committed_longer_than_statutory",
            "limits.committed.days",
            "第三十六条",
        ),
        (
            put(["limits", "committed"], {"days": 1, "unit": "m", "basis": "x"}),
            "committed_longer_than_statutory",
            "limits.committed.days",
            "第三十六条",
        ),
        (put(["limits", "statutory", "days"], 30), "limit_misquoted", "limits.statutory.days", ""),
        (put(["steps", 0, "basis"], ""), "step_without_basis", "steps[0].basis", "第三十五条"),
        (put(["steps", 0, "basis"], "nowhere"), "step_without_basis", "steps[0].basis", "第三十五条"),
        (put(["steps", 0, "days"], 9), "not_complete", "steps", ""),
        (put(["conditions", 0, "basis"], ""), "without_basis", "conditions[0].basis", "第三十五条"),
        (put(["basics", "reform_class"], ""), "outside_the_four_classes", "basics.reform_class", "第十九条"),
        (put(["basics", "reform_class"], "fifth"), "outside_the_four_classes", "basics.reform_class", "第十九条"),
        (put(["basics", "reform_class"], "abolished"), "class_contradicted", "basics.reform_class", "第十九条"),
        (put(["basics", "reform_class"], "commitment"), "class_contradicted", "basics.reform_class", "第十九条"),
        (put(["basics", "summary"], ""), "not_complete", "basics.summary", "39046"),
        (put(["where", "channels"], ["8"]), "unknown_code", "where.channels[0]", "39046"),
        (put(["steps", 1, "post"], "clerk"), "unknown_code", "steps[1].post", ""),
        (put(["choices", "tolerant"], False), "not_complete", "materials[1].tolerable_days", ""),
        (put(["materials", 1, "tolerable_days"], 9), "not_complete", "materials[1].tolerable_days", ""),
        (
            put(["materials", 2, "applies"], {"business": ["factory"]}),
            "material_unreachable",
            "materials[2].applies",
            "",
        ),
        (
            put(["materials", 3, "applies"], {"cold-dishes": ["yes"], "business": ["shop"]}),
            "material_unreachable",
            "materials[3].applies",
            "",
        ),
        (
            put(["situations", 0, "applies"], {"cold-dishes": ["yes"]}),
            "material_unreachable",
            "situations[0].applies",
            "",
        ),
        (add("fees", {"row": "F99"}), "fee_not_on_the_list", "fees[0].row", "第二十五条"),
        (
            put(["where", "intermediaries"], [{"title": "评估", "basis": ""}]),
            "intermediary_without_basis",
            "where.intermediaries[0].basis",
            "第四十三条",
        ),
    ],
)
def test_a_spoiled_place_is_named_with_its_rule(content, spoil, code, path, rule):
    spoil(content)
    (fault, *more) = faults(read(content), KNOWN)
    assert (fault.code, fault.path) == (code, path), more
    assert rule in fault.rule
    assert fault.what.endswith("。") and fault.remedy


def test_every_fault_is_named_at_once(content):
    put(["materials", 1, "title"], "其他材料")(content)
    put(["limits", "committed", "days"], 30)(content)
    put(["steps", 0, "basis"], "")(content)
    assert [fault.code for fault in faults(read(content), KNOWN)] == [
        "committed_longer_than_statutory",
        "catch_all_material",
        "step_without_basis",
    ]


@pytest.mark.mission("13e")
def test_a_filing_that_approves_is_a_license_in_disguise(content):
    content["basics"] |= {"kind": "filing", "reform_class": "filing"}
    content["steps"][0]["title"] = "核准备案"
    row = BasicRow("230117002001", "备案", "filing", ("4",))
    (fault,) = faults(read(content), Known(**{**vars(KNOWN), "basic": row}))
    assert (fault.code, fault.path) == ("disguised_license", "steps[0].title")


@pytest.mark.parametrize(
    "row, code",
    [
        (None, "license_outside_the_list"),
        (BasicRow("1", "食品摊贩登记卡", "license", (), "2024年01月01日，取消决定"), "item_canceled"),
        (BasicRow("1", "招牌备案", "filing"), "disguised_license"),
    ],
)
def test_no_license_outside_the_list_and_none_that_was_canceled(content, row, code):
    (fault,) = faults(read(content), Known(**{**vars(KNOWN), "basic": row}))
    assert fault.code == code


def test_a_content_of_another_shape_names_every_place():
    with pytest.raises(Unreadable) as unreadable:
        read({"basics": {"titel": "x"}, "materials": [{"key": "A b", "title": "x"}], "limits": {"statutory": {}}})
    assert {fault.path for fault in unreadable.value.faults} == {"basics", "materials[0].key", "limits.statutory.days"}


def test_reading_and_writing_a_content_lose_nothing(content):
    once = read(content)
    assert read(plain(once)) == once
    assert read({}) == read(plain(read({})))


def test_materials_follow_the_answers(content):
    cold = read(content).materials[3]
    assert applies(cold.applies, {"business": "restaurant", "cold-dishes": "yes"})
    assert not applies(cold.applies, {"business": "restaurant", "cold-dishes": "no"})
    assert not applies(cold.applies, {})


NAMES = st.sampled_from(["a", "b", "c"])
WANTED = st.dictionaries(NAMES, st.lists(st.sampled_from("xyz"), min_size=1, unique=True).map(tuple), max_size=3)


@given(first=WANTED, second=WANTED, third=WANTED, wanted=WANTED)
def test_what_can_apply_is_what_some_answers_reach(first, second, third, wanted):
    """Against trying every answer: a question is asked only where its own condition holds."""
    asked = {"a": {}, "b": {k: v for k, v in second.items() if k == "a"}}
    asked["c"] = {k: v for k, v in third.items() if k in "ab"}

    def reachable(answers):
        return all(question not in answers or applies(asked[question], answers) for question in "abc")

    tried = [
        {q: v for q, v in zip("abc", (x, y, z), strict=True) if v}
        for x in ("x", "y", "z", "")
        for y in ("x", "y", "z", "")
        for z in ("x", "y", "z", "")
    ]
    assert can_apply(wanted, asked) == any(reachable(answers) and applies(wanted, answers) for answers in tried)


@pytest.mark.parametrize(
    "statutory, committed, share",
    [
        ({"days": 20}, {"days": 8}, Fraction(3, 5)),
        ({"days": 20}, {"days": 20}, Fraction(0)),
        ({"days": 28, "unit": "d"}, {"days": 5}, Fraction(3, 4)),  # five working days take a week of seven
        ({"days": 20}, None, None),
    ],
)
def test_compression_is_what_the_promise_takes_off(statutory, committed, share):
    limits = {"statutory": statutory} | ({"committed": committed} if committed else {})
    assert compression(read({"limits": limits})) == share


@pytest.mark.parametrize(
    "text, code",
    [
        ("11230127MB000001914230131001001", "11230127MB000001914230131001001"),
        (" 11370800mb28559184 3 370117002011", "11370800MB285591843370117002011"),  # a published code of Shandong
        ("12441500196720244T3442199806003", "12441500196720244T3442199806003"),  # a published code of Guangdong
        ("511A0138-511602-000-11511602008682534B-1-00", "511A0138-511602-000-11511602008682534B-1-00"),
    ],
)
def test_item_codes_are_checked_in_both_parts(text, code):
    assert codes.item_code(text) == code


@pytest.mark.parametrize(
    "text, why",
    [
        ("11230127MB000001924230131001001", "校验位"),
        ("11230127MB000001919230131001001", "行使层级"),
        ("11230127MB00000191423013100100A", "12位数字"),
        ("12345", "31位"),
    ],
)
def test_a_wrong_item_code_says_which_part(text, why):
    with pytest.raises(ValueError, match=why):
        codes.item_code(text)


@pytest.mark.mission("13c")
@pytest.mark.mission("23g")
def test_what_changed_is_told_and_an_added_condition_shows_its_basis(content):
    before = read(content)
    content["conditions"].append({"title": "新的条件", "basis": "food-law-35"})
    content["limits"]["committed"]["days"] = 5
    del content["materials"][3]
    found = {(change.section, change.kind, change.words): change for change in differences(before, read(content))}
    added = found[("conditions", "added", "新的条件")]
    assert added.basis == "《中华人民共和国食品安全法》第三十五条" and added.is_burden
    assert found[("limits", "changed", "承诺时限")].after == "5个工作日"
    assert not found[("materials", "removed", "专间或者专用操作区的设施说明")].is_burden
    assert differences(before, before) == []

"""What people type is made plain, judged in words they understand, and never lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yingshang.kernel import forms

GOOD = {
    "f.kind": "self",
    "f.name": "木兰县老赵饭店（演示）",
    "f.head": "赵𠮷",
    "f.address.town": "木兰镇",
    "f.address.street": "建国街1号",
    "f.area": "８６．５",
    "f.uses": ["热食", "冷食"],
    "f.opens_on": "２０２６年３月１日",
    "f.staff.0.name": "赵𠮷",
    "f.staff.0.id_number": "１１０１０５１９４９１２３１００２x",
    "f.staff.0.mobile": "１３８ ０００ ０１２３４",
    "f.staff.1.name": " ",
    "f.declared": "true",
    "f.signed_by": "赵𠮷",
}


def one_field(shape):
    return {"type": "object", "properties": {"a": {"title": "这一项", "type": "string", **shape}}}


def test_full_width_digits_spaces_and_a_small_x_are_cleaned(food):
    answers = forms.read(food, GOOD)
    assert answers.faults == []
    assert answers.values["area"] == 86.5
    assert answers.values["opens_on"] == "2026-03-01"
    assert answers.values["staff"] == [{"name": "赵𠮷", "id_number": "11010519491231002X", "mobile": "13800001234"}]
    assert answers.values["declared"] is True


@pytest.mark.parametrize(
    ("word", "typed", "stored"),
    [
        # check digits: the example of GB 32100—2015, and made-up numbers computed by the standards' weights
        ("credit-code", "91350100m000100y43", "91350100M000100Y43"),
        ("credit-code", "N2230127MF0000013X", "N2230127MF0000013X"),
        ("id-number", " 230127 19900101 0016", "230127199001010016"),
        ("id-number", "２３０１２７１９８５０６１５００２８", "230127198506150028"),
        ("mobile", "+86 138-0000-1234", "13800001234"),
        ("phone", "０４５１—５７０８２２２２", "0451-57082222"),
        ("email", "Zhao＠example.com", "zhao@example.com"),
        ("date", "2026/3/1", "2026-03-01"),
        ("date", "20260301", "2026-03-01"),
        ("area", "230127100000", "230127100"),
        # names keep every character: Ext B, C, E, G, a compatibility character, a name with its dot
        ("person-name", "赵𠮷", "赵𠮷"),
        ("person-name", "王𫖯", "王𫖯"),
        ("person-name", "李𬭎", "李𬭎"),
        ("person-name", "孙\U00030000", "孙\U00030000"),
        ("person-name", "周\U0002ebf0", "周\U0002ebf0"),
        ("person-name", "﨩建国", "﨩建国"),
        ("person-name", "赵 U+20BB7", "赵𠮷"),
        ("person-name", "买买提•吐尔逊", "买买提·吐尔逊"),
        ("person-name", "欧 阳 华", "欧阳华"),
        ("person-name", "John  Smith", "John Smith"),
    ],
)
def test_a_format_stores_one_way_of_writing(word, typed, stored):
    answers = forms.read(one_field({"format": word}), {"f.a": typed})
    assert (answers.values, answers.faults) == ({"a": stored}, [])


@pytest.mark.parametrize(
    ("shape", "typed", "words"),
    [
        ({"format": "credit-code"}, "91350100M000100Y44", "校验位对不上"),
        ({"format": "credit-code"}, "91350100M000100Y4Z", "请核对是否为数字2"),
        ({"format": "credit-code"}, "11330000002482285F", "校验位对不上"),
        ({"format": "id-number"}, "110105194912310021", "校验位对不上"),
        ({"format": "id-number"}, "11010519490231002X", "不是真实的出生日期"),
        ({"format": "id-number"}, "110105491231002", "15位的旧号码"),
        ({"format": "mobile"}, "12800001234", "没有以“12”开头"),
        ({"format": "mobile"}, "1380000123", "应为11位，现在是10位"),
        ({"format": "date"}, "2026年2月30日", "没有2026年2月30日这一天"),
        ({"format": "email"}, "zhao", "@"),
        ({"format": "person-name"}, "赵", "至少有2个字"),
        ({"format": "person-name"}, "赵\ue123", "自造字"),
        ({"format": "person-name"}, "赵\ue81e", "请改为“龴”（输入U+9FB4即可）"),
        ({"maxLength": 3}, "一二三四", "最多3个字，现在是4个字"),
        ({"pattern": "^[0-9]{4}$", "x-fault": "请写4位邮编尾号。"}, "12", "请写4位邮编尾号。"),
        ({"type": "integer", "minimum": 1, "x-unit": "人"}, "0", "不能小于1人"),
        ({"type": "integer"}, "一百", "应为整数"),
        ({"enum": ["甲", "乙"]}, "丙", "请从所列的答案里选择"),
    ],
)
def test_what_does_not_fit_is_said_kindly_and_kept_as_typed(shape, typed, words):
    answers = forms.read(one_field(shape), {"f.a": typed})
    (fault,) = answers.faults
    assert fault.path == "a"
    assert words in str(fault)
    assert str(answers.values["a"]) == typed


def test_every_missing_answer_is_told_once_with_its_place(food):
    faults = forms.read(food, {"f.staff.0.name": "赵华", "f.kind": "company"}).faults
    assert {fault.path: str(fault) for fault in faults} == {
        "name": "请填写经营者名称。",
        "credit_code": "请填写统一社会信用代码。",
        "head": "请填写负责人姓名。",
        "address.town": "请选择乡镇。",
        "address.street": "请填写街道门牌。",
        "area": "请填写经营面积。",
        "uses": "请选择经营项目。",
        "opens_on": "请填写开业日期。",
        "staff.0.id_number": "请填写身份证号码。",
        "declared": "请勾选“以上内容真实”。",
        "signed_by": "请填写申请人签名。",
    }
    assert [fault.path for fault in faults][:2] == ["name", "credit_code"], "in the order of the fields"


def test_a_page_judges_its_own_fields_and_keeps_the_others(food):
    second = forms.pages(food)[1]
    answers = forms.read(food, {"f.area": "40"}, page=second, so_far={"name": "老赵饭店"})
    assert answers.values["name"] == "老赵饭店"
    assert {fault.path.split(".")[0] for fault in answers.faults} == {"address", "uses", "opens_on"}


def test_a_row_more_and_a_row_less_judge_nothing_and_lose_nothing(food):
    more = forms.read(food, {**GOOD, "add": "staff"})
    assert (more.asks_again, len(more.values["staff"]), more.faults) == (True, 3, [])
    less = forms.read(food, {**GOOD, "drop": "staff.0"})
    assert less.values["staff"] == [{}]


def test_a_prefilled_value_wins_over_what_was_posted_and_one_that_does_not_fit_is_asked(food):
    held = {"name": forms.Prefilled("老赵饭店", "营业执照"), "credit_code": forms.Prefilled("123", "旧系统")}
    answers = forms.read(food, {**GOOD, "f.name": "别的名字", "f.credit_code": "91350100M000100Y43"}, prefilled=held)
    assert answers.values["name"] == "老赵饭店"
    assert answers.values["credit_code"] == "91350100M000100Y43"


def test_an_answer_that_earlier_answers_rule_out_is_neither_asked_nor_kept():
    schema = {
        "type": "object",
        "required": ["kind", "shop"],
        "properties": {
            "kind": {"title": "方式", "type": "string", "enum": ["实体店", "网店"]},
            "shop": {"title": "店址", "type": "string", "x-when": {"kind": ["实体店"]}},
        },
    }
    assert [str(fault) for fault in forms.judge(schema, {"kind": "实体店"})] == ["请填写店址。"]
    assert forms.read(schema, {"f.kind": "网店", "f.shop": "建国街"}).values == {"kind": "网店"}
    assert [fault.path for fault in forms.judge(schema, {"kind": "网店", "shop": "建国街", "x": 1})] == ["shop", "x"]


def test_answers_that_come_as_data_are_cleaned_and_judged_alike(food):
    given = {
        "area": "８６．５",
        "kind": "self",
        "staff": [{"name": "赵U+20BB7"}],
        "x": 1,
        "head": {"a": [1]},
        "declared": True,
    }
    answers = forms.take(food, given)
    assert answers.values == {
        "area": 86.5,
        "kind": "self",
        "staff": [{"name": "赵𠮷"}],
        "declared": True,
        "address": {},
    }
    assert "staff.0.id_number" in [fault.path for fault in answers.faults]


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*GOOD, "f.staff.x.name", "f.staff.99999999999.name", "add", "drop", "f.address", "f.staff"]),
        st.text(max_size=12) | st.sampled_from(["staff", "staff.0", "self", "1e999", "٣", "U+D800", "U+20BB7"]),
        max_size=8,
    )
)
def test_whatever_is_posted_is_read_and_read_again_alike(food, posted):
    answers = forms.read(food, posted)
    again = forms.judge(food, {name: value for name, value in answers.values.items() if value != [{}]})
    assert answers.asks_again or again == answers.faults
    forms.rows(food, answers.values)
    forms.fields(food, answers.values, answers.faults)

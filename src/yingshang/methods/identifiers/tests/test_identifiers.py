"""Published and made-up vectors of every kind of code, and an independent oracle with its traps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import ValidationError

from yingshang.methods.identifiers import (
    division,
    doc_number,
    masks,
    org_code,
    project_code,
    registration_no,
    resident_id,
    uscc,
)

VALID_USCC = [
    "91350100M000100Y43",  # the example of GB 32100—2015
    "91330203674737244W",  # a real company
    "11511301008778183N",  # real authorities, three
    "11511301MB1550442U",
    "11371525004442025C",
    "91230127MA1B000173",  # made up, one of each kind that a county meets
    "11230127MB00000191",
    "12230127MB0000027Q",
    "92230127MA1B00025T",
    "93230127MA1B00033J",
    "51230127MJ00000188",
    "N2230127MF0000013X",
]
DEPARTMENTS_OF_STDNUM = st.sampled_from("159")
DIGITS = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize("code", VALID_USCC)
def test_a_valid_credit_code_is_returned_as_it_is(code):
    assert uscc.check(code) == code
    assert org_code.check(code[8:17]) == code[8:17]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请填写"),
        ("91350100M000100Y4", "应为18位，现在是17位"),
        ("91350100M000100Y4Z", "第18位不会是“Z”。请核对是否为数字2"),
        ("91350100M000100Y44", "校验位对不上"),
        ("913501O0M000100Y43", "第7位不会是“O”。请核对是否为数字0"),
        ("91350100M000100Y4-", "第18位不会是“-”"),
        ("C1350100M000100Y43", "第1位表示登记管理部门"),
        ("9135010AM000100Y43", "第8位属于行政区划"),
        ("11330000002482285F", "校验位对不上"),  # often copied, and wrong: it would be J
        ("91350100M000100Y33", "第9至17位"),  # the organization code inside
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        uscc.check(text)


def test_a_sum_that_31_divides_gives_the_check_character_0():
    seventeen = next(
        code
        for serial in range(100)
        if uscc.check_character(code := f"91230127MA1B{serial:04}" + org_code.check_character(f"MA1B{serial:04}"))
        == "0"
    )
    assert uscc.check(seventeen + "0") == seventeen + "0"


@pytest.mark.parametrize("first", "AN")
def test_codes_of_the_army_and_of_villages_are_valid_where_the_oracle_refuses_them(first):
    seventeen = f"{first}2230127MF0000013"
    code = seventeen + uscc.check_character(seventeen)
    assert uscc.check(code) == code
    with pytest.raises(ValidationError):
        stdnum_uscc.validate(code)


@given(DEPARTMENTS_OF_STDNUM, st.sampled_from("129"), DIGITS, st.text(uscc.LETTERS, min_size=8, max_size=8))
def test_credit_codes_agree_with_the_oracle(first, kind, place, subject):
    seventeen = f"{first}{kind}{place}{subject}{org_code.check_character(subject)}"
    if seventeen[16] not in uscc.LETTERS:
        return
    code = seventeen + uscc.check_character(seventeen)
    assert stdnum_uscc.validate(code) == uscc.check(code)


@given(st.sampled_from(VALID_USCC), st.integers(0, 17), st.sampled_from(uscc.LETTERS))
def test_one_wrong_character_is_always_found(code, place, character):
    wrong = code[:place] + character + code[place + 1 :]
    if wrong != code:
        with pytest.raises(ValueError, match="统一社会信用代码"):
            uscc.check(wrong)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("91350100m000100y43", "91350100M000100Y43"),
        ("９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
        (" 91350100 M000100Y 43\u200b", "91350100M000100Y43"),
        ("91350100\u00a0M000100Y43\n", "91350100M000100Y43"),
    ],
)
def test_full_width_spaces_and_small_letters_are_cleaned(typed, stored):
    assert uscc.check(typed) == stored


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",  # the examples of GB 11643—1999
        "440524188001010014",
        "230127199001010016",  # made up
        "230127198506150028",
        "230127199801010014",
        "23212719850615002X",  # Mulan before 1996
    ],
)
def test_a_valid_resident_number_is_returned_as_it_is(number):
    assert resident_id.check(number) == number


def test_a_small_x_is_accepted_and_the_date_of_birth_is_read():
    assert resident_id.check(" 110105 19491231 002x") == "11010519491231002X"
    assert resident_id.birth_date("11010519491231002X") == date(1949, 12, 31)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请填写"),
        ("110105491231002", "15位的旧号码"),
        ("11010519491231002", "应为18位"),
        ("110105194912310021", "校验位对不上"),
        ("11010519490231002X", "不是真实的出生日期"),
        ("11010500001231002X", "不是真实的出生日期"),
        ("1101051949123100XX", "第17位应为数字"),
        ("11010519491231002Y", "应为数字或字母X"),
    ],
)
def test_a_wrong_resident_number_says_what_is_wrong(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        resident_id.check(text)


def test_the_place_of_birth_is_never_held_against_anybody():
    """The oracle knows 230127 from 1996 on only, and refuses people who were born there before."""
    assert resident_id.check("230127199001010016")
    with pytest.raises(ValidationError):
        ric.validate("230127199001010016")
    for number in ("230127199801010014", "23212719850615002X"):
        assert ric.validate(number) == resident_id.check(number)


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 999))
def test_check_digits_of_resident_numbers_agree_with_the_oracle(born, serial):
    seventeen = f"110105{born:%Y%m%d}{serial:03}"
    assert resident_id.check_digit(seventeen) == ric.calc_check_digit(f"{seventeen}?")


@pytest.mark.parametrize(("text", "code"), [("M000100Y-4", "M000100Y4"), ("674737244", "674737244")])
def test_organization_codes_lose_their_hyphen(text, code):
    assert org_code.check(text) == code


def test_the_check_character_of_an_organization_code_may_be_x():
    subject = next(f"MA1B{n:04}" for n in range(100) if org_code.check_character(f"MA1B{n:04}") == "X")
    assert org_code.check(f"{subject}-x") == f"{subject}X"


@pytest.mark.parametrize(
    ("check", "text", "sentence"),
    [
        (org_code.check, "M000100Y5", "校验位对不上"),
        (org_code.check, "M0001木0Y4", "第6位应为数字或字母"),
        (registration_no.check, "230127100000017", "校验位对不上"),
        (registration_no.check, "23012710000001", "应为15位"),
        (registration_no.check, "2301271000000X8", "第14位应为数字"),
        (division.check, "99", "没有这个省级代码"),
        (division.check, "2301270", "应为6位、9位或12位"),
        (division.check, "木兰县", "第1位应为数字"),
        (project_code.check, "2026-230127-44-01", "年份-区划-行业-类型-序号"),
        (doc_number.parse, "关于印发方案的通知", "不是发文字号"),
        (doc_number.parse, "〔2019〕1号", "不是发文字号"),
        (doc_number.parse, "木环组发〔1619〕1号", "不是发文字号"),
    ],
)
def test_other_codes_say_what_is_wrong_too(check, text, sentence):
    with pytest.raises(ValueError, match=sentence):
        check(text)


def test_old_registration_numbers_have_a_check_digit():
    assert registration_no.check_digit("23012710000001") == "8"
    assert registration_no.check("230127100000018") == "230127100000018"


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("230000", "23", "省级"),
        ("230100", "2301", "地级"),
        ("230127", "230127", "县级"),
        ("230127100", "230127100", "乡级"),
        ("230127000000", "230127", "县级"),
        ("230127100000", "230127100", "乡级"),
        ("230127100201", "230127100201", "村级"),
    ],
)
def test_division_codes_lose_the_zeros_that_fill_them_up(text, code, level):
    assert (division.check(text), division.level(division.check(text))) == (code, level)


@pytest.mark.parametrize(
    ("text", "organ", "year", "number"),
    [
        ("木环组发〔2019〕1号", "木环组发", 2019, 1),
        ("木环组发[2019]1号", "木环组发", 2019, 1),
        ("木环组发（2019）第1号", "木环组发", 2019, 1),
        ("木环组发【2019】 1号", "木环组发", 2019, 1),
        ("国办发明电〔２０２５〕７号", "国办发明电", 2025, 7),
        ("黑政办发〔2025〕4号", "黑政办发", 2025, 4),
    ],
)
def test_document_numbers_are_read_with_any_brackets(text, organ, year, number):
    found = doc_number.parse(text)
    assert (found.organ, found.year, found.number) == (organ, year, number)
    assert doc_number.check(text) == f"{organ}〔{year}〕{number}号"


def test_document_numbers_sort_by_organ_year_and_number():
    texts = ["木政发〔2019〕12号", "木政发〔2018〕30号", "木政发〔2019〕2号", "木环组发〔2019〕1号"]
    assert [str(number) for number in sorted(map(doc_number.parse, texts))] == [
        "木政发〔2018〕30号",
        "木政发〔2019〕2号",
        "木政发〔2019〕12号",
        "木环组发〔2019〕1号",
    ]


def test_lists_show_the_ends_of_a_code_only():
    assert masks.number("230127199001010016") == "230127********0016"
    assert masks.number("1234567890") == "**********"
    assert masks.phone("1380000123") == "138***0123"
    assert [masks.person(name) for name in ("", "王", "王敏")] == ["", "*", "王*"]

"""What the texts say, by tables."""

import doctest
from datetime import date

import pytest

from yingshang.casework.cases import rules
from yingshang.casework.cases.queries.phrases import phrases, phrases_for, usual_remedy
from yingshang.casework.cases.rules import Passed, codes_of


@pytest.mark.parametrize("module", [rules.codes, rules.handing_in, rules.numbers, rules.working_days])
def test_the_examples_in_the_rules_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("done", "filing", "codes"),
    [
        ("open accept advance grant deliver", False, [1, 3, 8, 11]),
        ("open ask_to_correct correct accept refuse", False, [1, 6, 7, 3, 13]),
        ("open deem_accepted lapse", False, [1, 3, 14]),
        ("open decline", False, [1, 5]),
        ("open not_needed", False, [1, 4]),
        ("open accept_on_commitment deliver revoke", False, [1, 3, 11, 15]),
        ("open deem_accepted", True, [1, 3, 11]),
        ("open ask_to_correct correct deliver", True, [1, 3, 11, 6, 7]),
    ],
)
def test_the_official_codes_follow_from_what_was_done(done, filing, codes):
    passed = [Passed("open" if do == "open" else "move", do) for do in done.split()]
    assert [int(code) for code in codes_of(passed, is_filing=filing)] == codes


def test_taken_back_before_acceptance_is_another_code_than_withdrawn():
    begun = Passed("open", "open")
    assert [int(c) for c in codes_of([begun, Passed("move", "withdraw", "correcting")])] == [1, 2]
    assert [int(c) for c in codes_of([begun, Passed("move", "withdraw", "step-1")])] == [1, 14]


def test_numbers_drawn_from_all_chances_have_one_length_and_different_secrets():
    numbers = [rules.case_number(date(2026, 2, 13), chance) for chance in (0, 1, rules.CHANCES - 1)]
    assert numbers == ["20260213-0000-0000", "20260213-0000-0001", "20260213-9999-9999"]
    assert rules.secret_words("ff" * 32) == "ZZZZ-ZZZZ"


def test_the_phrases_of_a_notice_are_data_and_name_the_material():
    day = date(2026, 3, 2)
    plain, strict = phrases_for("平面图", "", day), phrases_for("平面图", "盖章 {title}", day)
    assert "没有提交《平面图》。" in plain and strict == ("《平面图》不符合要求：盖章 {title}", *plain)
    assert usual_remedy(day) not in plain and usual_remedy(day)
    assert (phrases_for("平面图", "", date(2019, 7, 15)), usual_remedy(date(2019, 7, 15))) == ((), "")
    assert all(row.source or row.todo for row in phrases().rows)

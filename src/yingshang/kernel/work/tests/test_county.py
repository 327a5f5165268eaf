"""Lamps and numbers come from the county's files, with their sources."""

from datetime import date

import pytest
from django.conf import settings

from yingshang.kernel import work
from yingshang.kernel.work import LampRule
from yingshang.kernel.work.lamp_rules import share_of_span, working_days_left
from yingshang.methods.county_files import DataProblem
from yingshang.methods.dates import Calendar

PLAIN_2026 = Calendar(frozenset(), frozenset(), frozenset({2026}))
FRIDAY = date(2026, 3, 13)


@pytest.mark.parametrize(
    ("on", "color"),
    [
        (date(2026, 3, 10), "green"),  # three working days left
        (date(2026, 3, 11), "yellow"),  # two
        (FRIDAY, "yellow"),  # the last day itself
        (date(2026, 3, 14), "red"),  # a Saturday, but the last day has passed
        (date(2026, 3, 16), "red"),
    ],
)
def test_a_limit_turns_yellow_before_and_red_after_its_last_day(on, color):
    assert working_days_left(FRIDAY, FRIDAY, on, PLAIN_2026, {"yellow_within": 2, "red_after": 0}) == color


@pytest.mark.parametrize(("on", "color"), [(date(2026, 3, 16), "yellow"), (date(2026, 3, 17), "red")])
def test_a_rule_may_stay_yellow_for_some_working_days(on, color):
    assert working_days_left(FRIDAY, FRIDAY, on, PLAIN_2026, {"yellow_within": 2, "red_after": 1}) == color


@pytest.mark.parametrize(
    ("on", "color"),
    [
        (date(2026, 12, 31), "red"),
        (date(2026, 4, 20), "yellow"),  # ten days late
        (date(2026, 4, 21), "red"),
        (date(2026, 4, 10), "yellow"),
        (date(2026, 4, 1), "yellow"),  # the last tenth of a hundred days and one
        (date(2026, 3, 30), "green"),
    ],
)
def test_a_plan_turns_yellow_in_the_last_tenth_and_red_after_ten_days(on, color):
    opened, due = date(2025, 12, 31), date(2026, 4, 10)
    assert share_of_span(opened, due, on, PLAIN_2026, {"yellow_percent": 10, "red_after": 10}) == color


def write(folder, text, name="lamps.yaml"):
    head = "schema: lamps/1\nlamps:\n" if name == "lamps.yaml" else "schema: numbers/1\nseries:\n"
    (folder / name).write_text(head + text, encoding="utf-8")
    return folder


ROW = "  - {kind: work.limit, rule: working_days_left, thresholds: {yellow_within: 2, red_after: 0}, "


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            ROW.replace("work.limit", "work.limits") + "source: x, effective: {from: 2030-01-01, to: null}}",
            "Did you mean work.limit?",
        ),
        (ROW + "source: null, effective: {from: 2030-01-01, to: null}}", "Add “todo: …”."),
        (
            ROW.replace(", red_after: 0", "") + "source: x, effective: {from: 2030-01-01, to: null}}",
            "asks for red_after, yellow_within",
        ),
        (
            ROW.replace("working_days_left", "working_day_left")
            + "source: x, effective: {from: 2030-01-01, to: null}}",
            "Did you mean working_days_left?",
        ),
        (ROW + "source: x, effective: {from: 2019-01-01, to: null}}", "says something else"),
    ],
)
def test_a_lamp_that_does_not_fit_is_refused_with_its_line(tmp_path, text, found):
    before = LampRule.objects.count()
    with pytest.raises(DataProblem) as problem:
        work.load(write(tmp_path, text))
    assert found in str(problem.value)
    assert "lamps.yaml:3" in str(problem.value)
    assert LampRule.objects.count() == before


@pytest.mark.django_db
def test_a_number_is_written_as_the_county_writes_it(tmp_path):
    assert [work.next_number("supervision", 2026) for _ in range(2)] == ["示营督〔2026〕1号", "示营督〔2026〕2号"]
    assert work.next_number("supervision", 2027) == "示营督〔2027〕1号"
    with pytest.raises(LookupError, match="Did you mean supervision"):
        work.next_number("supervisio", 2026)
    with pytest.raises(DataProblem, match="does not hold"):
        work.load(write(tmp_path, "  - {code: a, wording: '{year}号', source: x}", "numbers.yaml"))


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    before = list(LampRule.objects.order_by("pk").values())
    work.load(settings.YS_COUNTIES_DIR / "example")
    assert list(LampRule.objects.order_by("pk").values()) == before

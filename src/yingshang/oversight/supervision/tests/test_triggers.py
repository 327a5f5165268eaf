"""Which rung is next, by which rule."""

from datetime import date

import pytest

from yingshang.oversight.supervision.rules.picking import Candidate, pick
from yingshang.oversight.supervision.rules.triggers import Rise, Standing, rise

RUNGS = [
    {"rung": "reminder", "triggers": [{"rule": "lamp_is_yellow"}, {"rule": "lamp_is_red"}]},
    {
        "rung": "notice",
        "triggers": [
            {"rule": "no_answer"},
            {"rule": "promise_broken"},
            {"rule": "yellows_on_one_task", "count": 2, "working_days": 3},
            {"rule": "red_since_rung", "working_days": 3},
        ],
    },
]


@pytest.mark.parametrize(
    ("standing", "rule"),
    [
        ({"color": "green"}, None),
        ({"color": "yellow"}, "lamp_is_yellow"),
        ({"color": "red"}, "lamp_is_red"),
        ({"color": "red", "place": 1, "since_rung": 0}, None),  # the reminder went out today
        ({"color": "red", "place": 1, "since_rung": 2}, None),
        ({"color": "red", "place": 1, "since_rung": 3}, "red_since_rung"),
        ({"color": "red", "place": 1, "since_rung": 9, "is_promise_running": True}, None),  # a day was promised
        ({"color": "red", "place": 1, "since_rung": 9, "is_promise_broken": True}, "promise_broken"),
        ({"color": "yellow", "place": 1, "since_rung": 9}, None),  # one yellow alone is only reminded of
        ({"color": "yellow", "place": 1, "since_rung": 3, "task_yellows": 2}, "yellows_on_one_task"),
        ({"color": "yellow", "place": 1, "since_rung": 2, "task_yellows": 2}, None),
        ({"color": "yellow", "place": 1, "since_rung": 1, "is_unanswered": True}, "no_answer"),
        ({"color": "green", "place": 1, "since_rung": 4, "is_unanswered": True}, "no_answer"),  # the answer is owed
        ({"color": "red", "place": 2, "since_rung": 99, "is_unanswered": True}, None),  # the top of this ladder
    ],
)
def test_only_the_next_rung_is_climbed_and_by_the_first_rule_that_holds(standing, rule):
    found = rise(Standing(**standing), RUNGS)
    assert (found and found.rule) == rule
    assert found is None or found.place == standing.get("place", 0) + 1


def candidate(number, *, unit=1, place=1, color="red", late=5):
    rising = Rise(place, "reminder", "lamp_is_red", "亮红灯")
    return Candidate(number, unit, rising, color, late, date(2026, 3, 2))


def test_the_worst_come_first_and_what_is_over_the_caps_is_counted():
    rows = [candidate(n, late=n) for n in range(1, 8)] + [candidate(9, place=3), candidate(10, place=2, color="yellow")]
    picked = pick([*rows, candidate(20, unit=2, color="yellow")], items_per_unit=3, letters_per_unit=2)
    assert list(picked) == [1, 2]
    assert [each.obligation_id for each in picked[1].chosen] == [9, 10]  # two letters: the third rung waits
    assert picked[1].carried == 7
    assert (len(picked[2].chosen), picked[2].carried) == (1, 0)


def test_ten_thousand_of_one_unit_are_one_letter_of_twenty_lines():
    picked = pick([candidate(n) for n in range(10_000)], items_per_unit=20, letters_per_unit=2)
    assert (len(picked[1].chosen), picked[1].carried) == (20, 9_980)

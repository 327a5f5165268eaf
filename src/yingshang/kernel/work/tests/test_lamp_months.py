"""The lamp of each month, by real dates, and the history of many obligations."""

from datetime import UTC, date, datetime

import pytest

from yingshang.kernel import clock, org, registry, work
from yingshang.kernel.parties import ANONYMOUS, SYSTEM
from yingshang.kernel.work import ObligationFact
from yingshang.kernel.work.lamp_months import Course, Lateness, MonthLamp, RuleSpan, month_lamps
from yingshang.kernel.work.lamp_rules import share_of_span, working_days_left
from yingshang.methods.dates import Calendar

PLAIN = Calendar(frozenset(), frozenset(), frozenset({2025, 2026}))
TENTH = RuleSpan(date(2019, 7, 16), None, share_of_span, {"yellow_percent": 10, "red_after": 10})
MONTHS = [date(2026, month, 1) for month in range(1, 7)]
LETTERS = {"": ".", "gray": "o", "green": "g", "yellow": "y", "red": "r"}
MARCH_10 = Lateness(date(2026, 3, 11), date(2026, 3, 10))
STRUCK = Lateness(date(2026, 3, 11), date(2026, 3, 10), date(2026, 4, 2), "3月有5天现场核查，事后补录。")


def drawn(lamps):
    return "".join(LETTERS[lamp.color].upper() if lamp.struck else LETTERS[lamp.color] for lamp in lamps)


@pytest.mark.parametrize(
    ("course", "shown"),
    [
        # opened 5 January, due 10 March: green, green in February (27 days of 64 are left), then late, red, red
        (Course(date(2026, 1, 5), date(2026, 3, 10)), "ggrrr."),
        # done on the last day: nothing is owed afterwards
        (Course(date(2026, 1, 5), date(2026, 3, 10), date(2026, 3, 10), True), "ggy..."),
        # done eight days late: yellow; done on 2 April: March stays red, April too, May is clean
        (Course(date(2026, 1, 5), date(2026, 3, 10), date(2026, 3, 18), True), "ggy..."),
        (Course(date(2026, 1, 5), date(2026, 3, 10), date(2026, 4, 2), True, (), (MARCH_10,)), "ggrr.."),
        # never dated, then withdrawn in April
        (Course(date(2026, 2, 20), None, date(2026, 4, 9)), ".ooo.."),
        # a pause from 20 February that still holds: gray from March on, not red
        (Course(date(2026, 1, 5), date(2026, 3, 10), None, False, ((date(2026, 2, 20), None),)), "ggooo."),
        # a pause over the end of February only
        (Course(date(2026, 2, 3), date(2026, 6, 30), None, False, ((date(2026, 2, 20), date(2026, 3, 5)),)), ".gggg."),
        # the lateness of March was wrong: March and April stay marked, struck through; the date is now 12 May
        (Course(date(2026, 1, 5), date(2026, 5, 12), date(2026, 5, 4), True, (), (STRUCK,)), "ggRRy."),
        # struck, and late again by the new date
        (Course(date(2026, 1, 5), date(2026, 4, 5), None, False, (), (STRUCK,)), "ggRrr."),
        # a limit in hours is late on the very day: the fact says so where the dates alone do not
        (
            Course(
                date(2026, 3, 2), date(2026, 3, 31), None, False, (), (Lateness(date(2026, 3, 31), date(2026, 3, 31)),)
            ),
            "..yrr.",
        ),
    ],
)
def test_what_a_month_showed_is_never_erased(course, shown):
    assert drawn(month_lamps(course, MONTHS, date(2026, 5, 20), [TENTH], PLAIN)) == shown


def test_a_struck_month_says_why_and_a_late_one_when_it_was_caught_up():
    wrong = month_lamps(
        Course(date(2026, 1, 5), date(2026, 5, 12), None, False, (), (STRUCK,)),
        MONTHS[2:3],
        date(2026, 5, 20),
        [TENTH],
        PLAIN,
    )
    assert wrong == (MonthLamp(date(2026, 3, 1), "red", struck=True, reason=STRUCK.reason),)
    course = Course(date(2026, 1, 5), date(2026, 3, 10), date(2026, 4, 2), True)
    march, april = month_lamps(course, MONTHS[2:4], date(2026, 5, 20), [TENTH], PLAIN)
    assert (march.reason, april.color, april.reason) == ("", "red", "4月2日补办完成")


def test_each_month_is_lit_by_the_rule_that_was_in_force():
    """Until 15 March one late day is red; from then on only the eleventh."""
    strict = RuleSpan(date(2019, 7, 16), date(2026, 3, 15), working_days_left, {"yellow_within": 2, "red_after": 0})
    mild = RuleSpan(date(2026, 3, 16), None, share_of_span, {"yellow_percent": 10, "red_after": 60})
    course = Course(date(2026, 1, 5), date(2026, 3, 10))
    assert drawn(month_lamps(course, MONTHS, date(2026, 5, 20), [strict, mild], PLAIN)) == "ggryr."


def test_the_worst_of_some_lamps_is_one_that_stands():
    march = MONTHS[2]
    red, struck, yellow = MonthLamp(march, "red"), MonthLamp(march, "red", struck=True), MonthLamp(march, "yellow")
    assert work.worst([struck, yellow]) == yellow
    assert work.worst([red, struck]) == red
    assert work.worst([MonthLamp(march, "green"), struck]) == struck


def test_months_are_counted_back_over_the_new_year():
    assert [f"{month:%Y-%m}" for month in work.months_before(date(2026, 2, 28), 4)] == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]


@pytest.mark.usefixtures("example_county")
def test_the_history_of_many_obligations_costs_four_queries(django_assert_max_num_queries):
    opened = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
    parts = {"kind": "work.duty", "unit": "scjgj", "by": SYSTEM}
    late = work.owe(title="报送材料", due_date=date(2026, 3, 10), at=opened, **parts)
    wrong = work.owe(title="出具意见", limit="LIC.DECIDE", at=opened, **parts)
    stopped = work.owe(title="组织评审", limit="LIC.DECIDE", at=opened, **parts)
    clock.pause(
        stopped.clock_id, on=date(2026, 1, 12), by=SYSTEM, at=datetime(2026, 1, 12, 1, tzinfo=UTC), reason="专家评审"
    )
    work.sweep_overdue(datetime(2026, 3, 12, 1, 0, tzinfo=UTC))
    fact = ObligationFact.objects.get(obligation=wrong)
    ObligationFact.objects.create(
        obligation=wrong,
        kind="struck",
        on=date(2026, 4, 2),
        due_date=date(2026, 6, 1),
        counters=fact,
        reason="核查期间不计时限，事后补录。",
        at=opened,
        by="system",
    )
    clock.Clock.objects.filter(pk=wrong.clock_id).update(due_date=date(2026, 6, 1))
    work.fulfill(obligation_id=late.pk, by=SYSTEM, at=datetime(2026, 4, 2, 2, 0, tzinfo=UTC))
    rows = list(work.Obligation.objects.filter(pk__in=[late.pk, wrong.pk, stopped.pk]))
    with django_assert_max_num_queries(6):
        found = work.lamp_history(rows, months=MONTHS, on=date(2026, 5, 20))
    assert {row.title: drawn(found[row.pk]) for row in rows} == {
        "报送材料": "ggrr..",
        "出具意见": "gRRRy.",
        "组织评审": "goooo.",
    }
    assert found[wrong.pk][2].reason == "核查期间不计时限，事后补录。"
    with django_assert_max_num_queries(4):
        work.lamp_history([row for row in rows if row.due_date], months=MONTHS, on=date(2026, 5, 20))


@pytest.mark.usefixtures("example_county")
def test_the_sentence_behind_a_duty_is_asked_of_whoever_knows_it():
    first = work.Obligation.objects.filter(unit=org.unit("ysj"), origin__startswith="plan:").first()
    other = work.owe(kind="work.duty", title="别的事", unit="ysj", by=SYSTEM, at=datetime(2026, 1, 5, 1, tzinfo=UTC))
    found = work.grounds(ANONYMOUS, [first.pk, other.pk])
    assert registry.slot("work.grounds")
    assert set(found) == {first.pk}
    assert found[first.pk].sentence
    assert found[first.pk].address.endswith(f"/{found[first.pk].task_place}/")

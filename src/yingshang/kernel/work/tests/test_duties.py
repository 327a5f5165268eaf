"""Owing, fulfilling and cancelling."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from yingshang.kernel import access, clock, events, org, web, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger import Entry
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.testing.restaurant import officer
from yingshang.kernel.work import BY_DUE_DATE, Obligation

MORNING = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)  # 2026-02-13, 09:00 in Beijing


def owe(**more):
    parts = {"kind": "work.duty", "title": "报送分工方案", "unit": "scjgj", "by": SYSTEM, "at": MORNING}
    return work.owe(**(parts | more))


def ours(rows):
    """Leave out what the example county's own plan has opened."""
    return rows.filter(title="报送分工方案")


@pytest.fixture(autouse=True)
def county(example_county):
    """Every test here runs in the example county."""


def test_a_duty_by_a_limit_is_due_when_the_clock_says():
    """The fifth working day after 2026-02-13 is 02-27: 02-14 was worked, the Spring Festival was not."""
    assert owe(limit="LIC.NOTICE").due_date == date(2026, 2, 27)


def test_a_duty_without_a_date_is_gray():
    assert work.lamp(owe(), date(2030, 1, 1)).color == "gray"


def test_opening_a_duty_records_and_tells_it():
    owed = owe(due_date=date(2026, 3, 2))
    assert Entry.objects.filter(kind="work.obligation_opened", subject=f"obligation:{owed.pk}").count() == 1
    assert events.Fact.objects.filter(name="work.obligation_opened").latest("pk")["obligation_id"] == owed.pk


def test_a_hundred_duties_cost_as_many_statements_as_two(django_assert_max_num_queries):
    parts = {"kind": "work.duty", "title": "报送分工方案", "unit": org.unit("scjgj")}
    duties = [work.Owed(**parts, limit="LIC.NOTICE"), work.Owed(**parts)] * 50
    with django_assert_max_num_queries(12):  # those of one transaction: savepoint, clocks, rows, entries, facts
        opened = work.owe_all(duties, by=SYSTEM, at=MORNING)
    assert [row.due_date for row in opened[:2]] == [date(2026, 2, 27), None]
    assert Entry.objects.filter(kind="work.obligation_opened", at=MORNING).count() >= 100


def test_a_sealed_duty_leaves_no_trace_outside_its_row():
    before = Entry.objects.count(), events.Fact.objects.count()
    owed = owe(sealed=True)
    work.fulfill(obligation_id=owed.pk, by=SYSTEM, at=MORNING)
    assert (Entry.objects.count(), events.Fact.objects.count()) == before


@pytest.mark.parametrize("parts", [{"unit": None}, {"kind": "work.dutty"}, {"unit": "nobody"}, {"limit": "LIC.NOTISE"}])
def test_what_makes_no_sense_is_not_owed(parts):
    with pytest.raises((ValueError, NotFound)), transaction.atomic():
        owe(**parts)
    assert not ours(Obligation.objects).exists()


def test_the_bearer_fulfills_with_evidence(wang_min):
    owed = owe()
    done = work.fulfill(obligation_id=owed.pk, by=wang_min, at=MORNING, evidence="document:1")
    assert (done.state, done.evidence, done.closed_by) == ("fulfilled", "document:1", wang_min.person)
    told = events.Fact.objects.filter(name="work.obligation_fulfilled", payload__obligation_id=owed.pk)
    assert told.count() == 1


def test_another_unit_can_neither_fulfill_nor_cancel(li_qiang, wang_min):
    owed = owe()
    before = Entry.objects.count()
    for deed, code in [
        (lambda: work.fulfill(obligation_id=owed.pk, by=li_qiang, at=MORNING), "work.not_the_bearer"),
        (lambda: work.cancel(obligation_id=owed.pk, by=wang_min, at=MORNING, reason="不想办"), "work.cannot_cancel"),
    ]:
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code == code
    owed.refresh_from_db()
    assert owed.state == "open"
    assert Entry.objects.count() == before


def test_what_is_closed_stays_closed():
    owed = owe()
    work.cancel(obligation_id=owed.pk, by=SYSTEM, at=MORNING, reason="重复立项")
    with pytest.raises(Refusal) as refused:
        work.fulfill(obligation_id=owed.pk, by=SYSTEM, at=MORNING)
    assert refused.value.code == "work.obligation_closed"
    assert "2026年02月13日已撤销" in refused.value.reason


def test_the_database_itself_refuses_a_duty_borne_by_nobody():
    owed = owe()
    with pytest.raises(IntegrityError, match="work_obligation_borne_by_a_unit_or_a_party"):
        Obligation.objects.filter(pk=owed.pk).update(unit=None)


def test_the_copy_of_the_due_date_follows_the_clock():
    owed = owe(limit="LIC.DECIDE")
    clock.extend(owed.clock_id, on=date(2026, 2, 24), by=SYSTEM, at=MORNING, approved_by="局长", reason="案情复杂")
    owed.refresh_from_db()
    assert owed.due_date == owed.clock.due_date
    clock.pause(owed.clock_id, on=date(2026, 2, 25), by=SYSTEM, at=MORNING, reason="专家评审")
    owed.refresh_from_db()
    assert owed.due_date is None
    assert work.lamp(owed, date(2026, 3, 2)).word == "已停止计时"


def test_lists_count_and_sort_by_due_date():
    parts = {"unit": "gsl"}
    late, undated, soon = (
        owe(**parts, due_date=date(2026, 2, 20)),
        owe(**parts),
        owe(**parts, due_date=date(2026, 3, 20)),
    )
    owe(**parts, sealed=True)
    unit = org.unit("gsl")
    assert list(ours(work.obligations_of(unit))) == [late, soon, undated]
    assert list(ours(work.overdue_on(date(2026, 2, 20)))) == []
    assert list(ours(work.overdue_on(date(2026, 2, 21)))) == [late]
    assert work.tally([unit], date(2026, 2, 21)) == [work.Tally(unit.pk, open=3, undated=1, late=1)]


def test_a_page_of_ten_thousand_obligations_costs_one_query(django_assert_num_queries):
    unit = org.unit("scjgj")
    rows = [
        Obligation(kind="work.duty", title="报送分工方案", unit=unit, opened_at=MORNING, opened_by="system")
        for _ in range(10_000)
    ]
    Obligation.objects.bulk_create(rows, batch_size=2_000)
    with django_assert_num_queries(1):
        page = list(work.obligations_of(unit)[:50])
    with django_assert_num_queries(2):
        work.lamps(page, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("who", "sees"),
    [("wang_min", ["own", "sealed"]), ("zhou", ["own"]), ("li_qiang", []), ("zheng", []), ("wu", [])],
)
def test_a_duty_is_seen_by_its_bearer_and_a_sealed_one_by_nobody_else(who, sees, request):
    rows = {"own": owe(), "sealed": owe(sealed=True)}
    actor = request.getfixturevalue(who)
    seen = set(ours(access.visible(actor, "work.see_obligation")))
    assert seen == {rows[name] for name in sees}
    for row in rows.values():
        assert (access.may(actor, "work.see_obligation", row) is None) == (row in seen)


def test_a_court_is_counted_and_never_shown_row_by_row(zhou):
    court = org.unit("fy")
    owed = owe(unit=court, due_date=date(2026, 2, 20))
    assert not ours(access.visible(zhou, "work.see_obligation")).exists()
    assert access.may(zhou, "work.see_obligation", owed).code == "work.not_yours_to_see"
    (counted,) = work.tally([court], date(2026, 3, 2))
    assert (counted.open, counted.late) == (1, 1)


def test_a_unit_sees_what_stands_under_it():
    """县司法局 sees what its own office owes; the office does not see what the bureau owes."""
    rows = [owe(unit="sfj"), owe(unit="sfj-fzg")]
    assert set(ours(access.visible(officer("sfj"), "work.see_obligation"))) == set(rows)
    assert list(ours(access.visible(officer("sfj-fzg"), "work.see_obligation"))) == rows[1:]


def test_a_list_is_read_page_by_page_the_undated_last(rf):
    """Five rows by twos: no row is lost or shown twice, whatever is without a date."""
    rows = [owe(unit="gsl", due_date=due) for due in (None, date(2026, 3, 9), None, date(2026, 3, 2), date(2026, 3, 9))]
    seen, address = [], "/?"
    while address:
        page = web.keyset(ours(work.obligations_of(org.unit("gsl"))), rf.get(address), order=BY_DUE_DATE, per_page=2)
        seen += [row.pk for row in page.rows]
        address = page.next_address
    assert seen == [rows[place].pk for place in (3, 1, 4, 0, 2)]

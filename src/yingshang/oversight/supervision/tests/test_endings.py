"""What ends a supervision otherwise: a date that was wrong, a unit that is gone, a gateway that is down."""

from datetime import date

import pytest

from yingshang.kernel import administration, clock, measures, org, work
from yingshang.kernel.errors import Refusal, Unavailable
from yingshang.kernel.ledger import Entry
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import Climb, Letter, OutsideNotice, Supervision

from .conftest import morning


def settle(month, day):
    return operations.settle(on=date(2026, month, day), by=SYSTEM, at=morning(month, day))


def move_due_date(duty, to):
    """Stand in for a pause or a calendar entered later: the clock's date moves, and the copy follows by trigger."""
    clock.Clock.objects.filter(pk=duty.clock_id).update(agreed_date=to, due_date=to)


def test_a_pause_entered_later_strikes_what_it_proves_wrong_and_counts_no_more(bureau, late):
    [reminder] = bureau.send(3, 16)
    [notice] = bureau.send(3, 20)
    march = measures.read_period("2026-03")
    counted = measures.compute("supervision.letters_sent", ["scjgj"], [march])
    assert [cell.value for cell in counted.cells] == [2]
    move_due_date(late, date(2026, 3, 18))  # on 16 March it was not late; on 20 March it was
    assert settle(3, 23).struck == 1
    assert bureau.standing(late).place == 2  # the higher rung stands by itself
    assert Letter.objects.get(pk=reminder.pk).no == reminder.no
    move_due_date(late, date(2026, 3, 31))
    assert settle(3, 24).struck == 1
    ended = Supervision.objects.get()
    assert (ended.ending, bool(ended.reason), bureau.standing(late)) == ("struck", True, None)
    assert [climb.struck_on for climb in Climb.objects.order_by("place")] == [date(2026, 3, 23), date(2026, 3, 24)]
    notice.duty.refresh_from_db()
    assert notice.duty.state == "cancelled"
    assert Entry.objects.filter(kind="supervision.rung_struck").count() == 2
    counted = measures.compute("supervision.letters_sent", ["scjgj"], [march])
    assert [cell.value for cell in counted.cells] == [0]
    waiting = Letter.objects.filter(kind="correction", state="waiting")
    assert waiting.count() == 2
    assert settle(3, 24).struck == 0
    [again] = bureau.send(4, 13)  # late after all, against the date that holds now
    assert (again.kind, Supervision.objects.count()) == ("reminder", 2)


def test_a_public_circular_that_was_wrong_is_withdrawn_with_its_correction(bureau, late):
    for month, day in [(3, 16), (3, 20), (3, 30), (4, 8)]:
        letters = bureau.send(month, day)
    bureau.approve(letters[0], 4, 8)
    [circular] = bureau.send(4, 24)
    wording = {"opening": circular.opening, "demand": circular.demand, "public_text": "县市场监管局未按期完成。"}
    operations.redraft_letter(letter_id=circular.pk, **wording, by=bureau.zhou, at=morning(4, 24))
    bureau.approve(circular, 4, 24)
    public = operations.publish_circular(letter_id=circular.pk, by=bureau.zhou, at=morning(4, 24)).disclosure
    move_due_date(late, date(2026, 5, 30))
    settle(4, 27)
    owed = work.Obligation.objects.get(kind="disclosure.withdraw")
    assert (owed.unit.code, owed.origin, owed.state) == ("ysj", f"disclosure:{public.pk}", "open")
    assert settle(4, 28).struck == 0
    correction = Letter.objects.get(kind="correction", corrects=circular)
    issued = operations.issue_correction(letter_id=correction.pk, by=bureau.zhou, at=morning(4, 28))
    public.refresh_from_db()
    owed.refresh_from_db()
    assert (public.is_withdrawn, issued.no in public.withdrawal.reason, owed.state) == (True, True, "fulfilled")
    assert not queries.public_circulars().exists()
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        operations.publish_circular(letter_id=circular.pk, by=bureau.zhou, at=morning(4, 28))
    assert (refused.value.code, Entry.objects.count()) == ("supervision.circular_corrected", entries)


def test_a_letter_on_a_yellow_lamp_is_not_struck_by_a_later_date(bureau):
    duty = bureau.owe("临期的", due=date(2026, 3, 20))
    [reminder] = bureau.send(3, 16)
    assert reminder.climbs.get().was_late is False
    move_due_date(duty, date(2026, 4, 20))
    assert settle(3, 17).struck == 0
    assert bureau.standing(duty).place == 1


def test_the_heir_of_a_merged_unit_takes_over_with_a_limit_of_its_own(bureau, late, zheng, li_qiang):
    [reminder] = bureau.send(3, 16)
    administration.merge_units(codes=["scjgj"], into="sfj", on=date(2026, 3, 18), by=zheng)
    assert settle(3, 18).inherited == 1
    standing = bureau.standing(late)
    assert (standing.unit.code, standing.place) == ("sfj", 1)
    old_duty = reminder.duty
    reminder.refresh_from_db()
    old_duty.refresh_from_db()
    assert (old_duty.state, reminder.duty.unit.code, reminder.duty.due_date) == ("cancelled", "sfj", date(2026, 3, 23))
    assert reminder.unit.code == "scjgj"  # the document stays as it went out
    assert bureau.answer(reminder, 3, 23, by=li_qiang).unit.code == "sfj"


def test_the_chase_follows_the_duty_that_the_heir_took_over(bureau, zheng):
    late = bureau.owe(origin="plan:test:1")
    bureau.send(3, 16)
    administration.merge_units(codes=["scjgj"], into="sfj", on=date(2026, 3, 18), by=zheng)
    settle(3, 18)
    heirs = bureau.owe(unit="sfj", origin="plan:test:1")
    work.cancel(obligation_id=late.pk, reason="该单位已不在分工之内。", by=SYSTEM, at=morning(3, 19))
    settle(3, 19)
    assert (bureau.standing(heirs).place, Supervision.objects.count()) == (1, 1)


def test_a_unit_abolished_without_an_heir_ends_it_with_the_reason(bureau, late, zheng):
    [reminder] = bureau.send(3, 16)
    administration.abolish_unit(code="scjgj", on=date(2026, 3, 18), by=zheng)
    settle(3, 18)
    ended = Supervision.objects.get()
    assert (ended.ending, "没有承接单位" in ended.reason) == ("no_heir", True)
    reminder.duty.refresh_from_db()
    assert reminder.duty.state == "cancelled"
    assert bureau.digest(3, 19).items.count() == 0


class Down:
    """A gateway that takes nothing."""

    is_simulated = True

    def send(self, *, channel, unit, words):
        raise Unavailable("短信网关", "网关没有应答。")


def test_a_gateway_that_is_down_is_tried_again_then_given_up_and_delays_no_clock(bureau, late):
    [reminder] = bureau.send(3, 16)
    notice = OutsideNotice.objects.get()
    tries = [morning(3, 16)]
    while notice.state == "waiting":
        assert operations.send_waiting(at=tries[-1], adapters={"simulator": Down()}) == (0, 1)
        notice.refresh_from_db()
        tries.append(notice.next_try_at)
    assert (notice.state, notice.attempts, "短信网关" in notice.error) == ("failed", 5, True)
    assert reminder.duty.due_date == date(2026, 3, 19)
    roads = bureau.owe("修路", unit="sfj")
    [other] = bureau.send(3, 17)
    assert other.climbs.get().obligation_id == roads.pk
    assert operations.send_waiting(at=morning(3, 17)) == (1, 0)
    assert (other.notices.get().state, other.notices.get().is_simulated) == ("sent", True)


@pytest.mark.parametrize("measure", ["supervision.answered_on_time_rate", "supervision.reds"])
def test_the_measures_of_the_chase(bureau, late, measure):
    [reminder] = bureau.send(3, 16)
    bureau.answer(reminder, 3, 18)
    courts = org.Unit.objects.filter(counts_only=True).first().code
    cells = measures.compute(measure, ["scjgj", "sfj", courts], [measures.read_period("2026-03")]).cells
    shown = {
        "supervision.answered_on_time_rate": [measures.Rate(1, 1), measures.Rate(0, 0), None],
        "supervision.reds": [1, 0, None],
    }
    assert [cell.value for cell in cells] == shown[measure]

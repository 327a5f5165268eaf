"""From the first yellow lamp to the circular: what goes out, what is owed, what ends it."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from yingshang.kernel import work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.events import Fact
from yingshang.kernel.ledger import Entry
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.supervision import operations
from yingshang.oversight.supervision.models import Authority, Climb, Digest, Letter, Supervision

from .conftest import morning


def test_a_late_duty_climbs_rung_by_rung_each_with_its_number_clock_and_answer(bureau, late):
    """Due 2 March; red from 13 March. Nobody answers; every rung waits for its own limit."""
    days = [(3, 16), (3, 20), (3, 30), (4, 8), (4, 24)]
    numbers, limits = [], []
    for month, day in days:
        [letter] = bureau.send(month, day)
        if letter.state == Letter.State.WAITING:
            letter = bureau.approve(letter, month, day)
            letter.refresh_from_db()
        numbers.append(letter.no)
        limits.append(letter.duty.due_date)
    assert numbers == [f"示营{kind}〔2026〕1号" for kind in ("催", "督单", "督函", "约", "通")]
    assert limits == [date(2026, 3, 19), date(2026, 3, 27), date(2026, 4, 7), date(2026, 4, 22), date(2026, 5, 19)]
    standing = bureau.standing(late)
    assert (standing.place, Supervision.objects.count()) == (5, 1)
    assert list(Climb.objects.order_by("place").values_list("place", "rule")) == [
        (1, "lamp_is_red"),
        (2, "no_answer"),
        (3, "no_answer"),
        (4, "no_answer"),
        (5, "no_answer"),
    ]
    assert Fact.objects.filter(name="supervision.rung_climbed").count() == 5
    assert Entry.objects.filter(kind="supervision.letter_issued").count() == 5
    assert bureau.send(6, 1) == []  # the top of the ladder


def test_nothing_goes_out_before_the_digest_is_confirmed_and_a_second_run_finds_it(bureau, late):
    first = bureau.digest(3, 16)
    assert bureau.digest(3, 16) == first
    assert [item.obligation_id for item in first.items.all()] == [late.pk]
    assert not Letter.objects.exists()
    assert not Supervision.objects.exists()
    [letter] = operations.confirm_digest(digest_id=first.pk, by=bureau.zhou, at=morning(3, 16))
    assert (letter.kind, letter.unit.code, letter.duty.origin) == ("reminder", "scjgj", f"supervision:{letter.pk}")
    with pytest.raises(Refusal) as again:
        operations.confirm_digest(digest_id=first.pk, by=bureau.zhou, at=morning(3, 16))
    assert again.value.code == "supervision.digest_closed"


def test_an_unconfirmed_digest_lapses_and_its_lines_come_again(bureau, late):
    monday, tuesday = bureau.digest(3, 16), bureau.digest(3, 17)
    monday.refresh_from_db()
    assert (monday.state, tuesday.state) == (Digest.State.LAPSED, Digest.State.DRAFTED)
    assert tuesday.items.count() == 1
    with pytest.raises(Refusal) as lapsed:
        operations.confirm_digest(digest_id=monday.pk, by=bureau.zhou, at=morning(3, 17))
    assert lapsed.value.code == "supervision.digest_closed"


def test_without_an_authority_nothing_starts(bureau, late):
    Authority.objects.update(ended_on=date(2026, 1, 1), ended_by="test", ended_reason="test")
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        operations.make_digest(on=date(2026, 3, 16), by=bureau.zhou, at=morning(3, 16))
    assert (refused.value.code, "第七条" in refused.value.source) == ("supervision.no_authority", True)
    assert not Digest.objects.exists()
    assert Entry.objects.count() == entries


def test_courts_sealed_duties_unwatched_ones_and_its_own_are_never_on_the_ladder(bureau, late):
    court = next(iter(work.Obligation._meta.get_field("unit").related_model.objects.filter(counts_only=True)))
    bureau.owe("报送数据", unit=court.code)
    bureau.owe("密封", sealed=True)
    bureau.owe("不纳入", watched=False)
    bureau.owe("答复", kind="supervision.answer", origin="supervision:1")
    assert [item.obligation_id for item in bureau.digest(3, 16).items.all()] == [late.pk]


def test_one_letter_lists_all_of_a_unit_on_one_rung(bureau):
    owed = [bureau.owe(f"完成第{n}项任务") for n in range(1, 4)] + [bureau.owe("修路", unit="sfj")]
    letters = bureau.send(3, 16)
    assert sorted((letter.unit.code, letter.climbs.count()) for letter in letters) == [("scjgj", 3), ("sfj", 1)]
    assert Supervision.objects.filter(ended_on=None).count() == len(owed)


def test_what_is_taken_out_stays_out_for_that_rule_and_what_is_postponed_comes_back_on_its_day(bureau):
    out, later = bureau.owe("移出的"), bureau.owe("暂缓的")
    items = {item.obligation_id: item for item in bureau.digest(3, 16).items.all()}
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as unreasoned:
        operations.take_out(item_id=items[out.pk].pk, reason=" ", by=bureau.zhou, at=morning(3, 16))
    assert (unreasoned.value.code, Entry.objects.count()) == ("supervision.reason_missing", entries)
    operations.take_out(item_id=items[out.pk].pk, reason="省里已经叫停", by=bureau.zhou, at=morning(3, 16))
    until = date(2026, 3, 19)
    postponed = {"item_id": items[later.pk].pk, "reason": "本周验收", "by": bureau.zhou, "at": morning(3, 16)}
    with pytest.raises(Refusal) as past:
        operations.postpone(until=date(2026, 3, 16), **postponed)
    assert past.value.code == "supervision.postponed_to_the_past"
    operations.postpone(until=until, **postponed)
    assert bureau.send(3, 16) == []  # the digest of the day, confirmed with nothing in it
    assert bureau.digest(3, 18).items.count() == 0
    assert [item.obligation_id for item in bureau.digest(3, 19).items.all()] == [later.pk]
    assert operations.put_back(item_id=bureau.digest(3, 19).items.get().pk, by=bureau.zhou, at=morning(3, 19))


def test_an_officer_of_the_late_unit_confirms_nothing(bureau, late):
    digest = bureau.digest(3, 16)
    with pytest.raises(Refusal) as refused:
        operations.confirm_digest(digest_id=digest.pk, by=bureau.wang_min, at=morning(3, 16))
    assert refused.value.code == "supervision.not_your_post"
    assert not Letter.objects.exists()


def test_an_answer_in_time_holds_the_ladder_until_the_promised_day_has_passed(bureau, late):
    [reminder] = bureau.send(3, 16)
    given = bureau.answer(reminder, 3, 18, promised=date(2026, 3, 31))
    assert (given.is_late, given.had_climbed) == (False, False)
    assert bureau.send(3, 25) == []  # not yet reviewed
    operations.accept_answer(answer_id=given.pk, by=bureau.zhou, at=morning(3, 25))
    assert bureau.send(3, 31) == []  # the promised day itself
    [notice] = bureau.send(4, 1)
    assert (notice.kind, notice.climbs.get().rule) == ("notice", "promise_broken")


def test_a_returned_answer_is_owed_again_by_the_limit_of_the_rung(bureau, late):
    [reminder] = bureau.send(3, 16)
    given = bureau.answer(reminder, 3, 18)
    with pytest.raises(Refusal) as unreasoned:
        operations.return_answer(answer_id=given.pk, reason="", by=bureau.zhou, at=morning(3, 19))
    assert unreasoned.value.code == "supervision.reason_missing"
    operations.return_answer(answer_id=given.pk, reason="没有写完成时间", by=bureau.zhou, at=morning(3, 19))
    reminder.refresh_from_db()
    assert (reminder.duty.state, reminder.duty.due_date) == ("open", date(2026, 3, 24))
    assert bureau.answer(reminder, 3, 24).duty_id == reminder.duty_id


def test_an_answer_after_the_rung_was_climbed_is_taken_and_the_higher_one_is_still_owed(bureau, late):
    [reminder] = bureau.send(3, 16)
    [notice] = bureau.send(3, 20)
    given = bureau.answer(reminder, 3, 23)
    assert (given.is_late, given.had_climbed) == (True, True)
    operations.accept_answer(answer_id=given.pk, by=bureau.zhou, at=morning(3, 23))
    notice.duty.refresh_from_db()
    assert (notice.duty.state, bureau.standing(late).place) == ("open", 2)
    with pytest.raises(Refusal) as twice:
        bureau.answer(reminder, 3, 23)
    assert twice.value.code == "supervision.nothing_to_answer"


def test_who_answers_what(bureau, late, li_qiang):
    [reminder] = bureau.send(3, 16)
    with pytest.raises(Refusal) as other_unit:
        bureau.answer(reminder, 3, 17, by=li_qiang)
    assert other_unit.value.code == "supervision.not_the_addressee"
    with pytest.raises(Refusal) as past:
        bureau.answer(reminder, 3, 17, promised=date(2026, 3, 16))
    assert past.value.code == "supervision.promise_in_the_past"
    bureau.send(3, 20)
    [letter] = bureau.send(3, 30)
    with pytest.raises(Refusal) as bare:
        bureau.answer(letter, 3, 31)
    assert bare.value.code == "supervision.evidence_missing"
    evidence = operations.Upload(io.BytesIO("已完成。".encode()), "说明.txt", "text/plain")
    assert bureau.answer(letter, 3, 31, evidence=evidence).document is not None


def test_doing_the_work_ends_the_supervision_and_nobody_has_to_answer_any_more(bureau, late):
    [reminder] = bureau.send(3, 16)
    work.fulfill(obligation_id=late.pk, by=SYSTEM, at=morning(3, 18), evidence="完成")
    assert operations.settle(on=date(2026, 3, 18), by=SYSTEM, at=morning(3, 18)).ended == 1
    ended = Supervision.objects.get()
    assert (ended.ending, ended.ended_on) == ("fulfilled", date(2026, 3, 18))
    reminder.duty.refresh_from_db()
    assert reminder.duty.state == "cancelled"
    assert operations.settle(on=date(2026, 3, 18), by=SYSTEM, at=morning(3, 18)).ended == 0


def test_talk_and_circular_need_two_people_and_the_head(bureau, late):
    for month, day in [(3, 16), (3, 20), (3, 30)]:
        bureau.send(month, day)
    [talk] = bureau.send(4, 8)
    assert (talk.state, talk.no, bureau.standing(late).place) == ("waiting", None, 3)
    assert bureau.send(4, 9) == []  # what waits does not come again
    with pytest.raises(Refusal) as unarranged:
        operations.decide_letter(letter_id=talk.pk, agrees=True, by=bureau.chu, at=morning(4, 9))
    assert unarranged.value.code == "supervision.talk_not_arranged"
    with pytest.raises(Refusal) as supervisor:
        operations.decide_letter(letter_id=talk.pk, agrees=True, by=bureau.zhou, at=morning(4, 9))
    assert supervisor.value.code == "supervision.not_your_post"
    bureau.approve(talk, 4, 9)
    assert bureau.standing(late).place == 4
    [circular] = bureau.send(4, 24)
    operations.decide_letter(letter_id=circular.pk, agrees=False, reason="已在整改", by=bureau.qin, at=morning(4, 24))
    circular.refresh_from_db()
    assert (circular.state, bureau.standing(late).place) == ("refused", 4)
    [again] = bureau.send(4, 27)
    assert (again.kind, again.state) == ("circular", "waiting")


def test_a_review_is_decided_by_somebody_who_took_no_part_and_corrects_what_was_wrong(bureau, late):
    [reminder] = bureau.send(3, 16)
    asked = {"letter_id": reminder.pk, "text": "这件事已经在2月办结。", "evidence": None}
    objection = operations.object_to_letter(**asked, by=bureau.wang_min, at=morning(3, 17))
    assert (objection.duty.due_date, objection.duty.is_watched) == (date(2026, 4, 16), False)
    with pytest.raises(Refusal) as twice:
        operations.object_to_letter(**asked, by=bureau.wang_min, at=morning(3, 17))
    assert twice.value.code == "supervision.objected_before"
    decision = {"objection_id": objection.pk, "upheld": True, "reason": "经查属实", "at": morning(3, 20)}
    with pytest.raises(Refusal) as author:
        operations.decide_objection(**decision, by=bureau.zhou)
    assert author.value.code == "supervision.own_letter"
    operations.decide_objection(**decision, by=bureau.qin)
    assert bureau.standing(late) is None
    correction = Letter.objects.get(kind="correction")
    issued = operations.issue_correction(letter_id=correction.pk, by=bureau.zhou, at=morning(3, 20))
    assert (issued.no, issued.corrects_id, issued.duty) == ("示营更〔2026〕1号", reminder.pk, None)


def test_an_objection_after_thirty_days_is_too_late(bureau, late):
    [reminder] = bureau.send(3, 16)
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        operations.object_to_letter(
            letter_id=reminder.pk, text="有误", evidence=None, by=bureau.wang_min, at=morning(4, 16)
        )
    assert (refused.value.code, Entry.objects.count()) == ("supervision.objection_too_late", entries)


def test_the_database_itself_refuses_a_second_supervision_and_a_rung_climbed_twice(bureau, late):
    [letter] = bureau.send(3, 16)
    standing = bureau.standing(late)
    with pytest.raises(IntegrityError, match="supervision_one_open_per_obligation"), transaction.atomic():
        standing.pk = None
        standing.save()
    line = letter.climbs.get()
    with pytest.raises(IntegrityError, match="supervision_climb_each_rung_once"), transaction.atomic():
        Climb.objects.create(
            letter=letter,
            supervision=line.supervision,
            obligation=bureau.owe("另一件"),
            line=2,
            place=1,
            rule="x",
            why="x",
            title="x",
            color="red",
            days_late=1,
            due_date=date(2026, 3, 2),
            was_late=True,
            climbed_on=date(2026, 3, 16),
        )

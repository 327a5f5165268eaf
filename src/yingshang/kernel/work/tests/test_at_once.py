"""Deeds at the same moment, on real connections."""

import pytest
from django.db import connection, transaction

from yingshang.kernel import events, org, work
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.testing import at_once
from yingshang.kernel.testing.restaurant import CLERK, FIRE, RECEIVED, WASTE, Desk, open_restaurant
from yingshang.kernel.work import Dossier, Move, Obligation, ObligationFact, Step

pytestmark = pytest.mark.usefixtures("committed_db")
ROUNDS = 5


def move(dossier, do, by, **more):
    return lambda: work.move(dossier_id=dossier.pk, do=do, by=by, at=RECEIVED, **more)


def test_two_branches_that_end_at_once_never_lose_the_join():
    for _ in range(ROUNDS):
        dossier = open_restaurant()
        Desk(dossier).to_review()
        done = at_once(move(dossier, "pass_fire", FIRE), move(dossier, "pass_waste", WASTE))
        assert [type(answer) for answer in done] == [Move, Move]
        dossier.refresh_from_db()
        assert dossier.state == "in_consultation"
        assert Move.objects.filter(dossier=dossier, kind="join").count() == 1


def test_a_withdrawal_and_an_ending_branch_never_wait_for_each_other(zhao):
    for _ in range(ROUNDS):
        dossier = open_restaurant(zhao)
        Desk(dossier).to_review().move("pass_waste", WASTE)
        done = at_once(move(dossier, "pass_fire", FIRE), move(dossier, "withdraw", zhao))
        assert all(isinstance(answer, Move | Stale | Refusal) for answer in done), done
        assert any(isinstance(answer, Move) for answer in done)
        dossier.refresh_from_db()
        open_steps = Step.objects.filter(dossier=dossier, closed_at=None)
        assert (dossier.state, open_steps.count()) in {("withdrawn", 0), ("in_consultation", 1)}


def test_two_people_who_make_the_same_move_make_it_once():
    for _ in range(ROUNDS):
        dossier = open_restaurant()
        seen = Step.objects.get(dossier=dossier).version
        done = at_once(*[move(dossier, "accept", CLERK, expected_version=seen)] * 3)
        assert sorted(type(answer).__name__ for answer in done) == ["Move", "Stale", "Stale"]
        assert Move.objects.filter(dossier=dossier, do="accept").count() == 1
        assert Obligation.objects.filter(dossier=dossier, key="decision").count() == 1


def test_a_form_sent_twice_at_once_is_one_move_and_both_see_it():
    dossier = open_restaurant()
    first, second = at_once(*[move(dossier, "accept", CLERK, retry_key="form-7")] * 2)
    assert first.pk == second.pk
    assert Move.objects.filter(dossier=dossier, do="accept").count() == 1


def test_a_move_cut_off_before_its_commit_can_be_sent_again():
    dossier = open_restaurant()
    attempt = move(dossier, "accept", CLERK, retry_key="form-9")

    def cut_off():
        with transaction.atomic():
            attempt()
            connection.connection.close()

    assert isinstance(at_once(cut_off)[0], Exception)
    assert not Move.objects.filter(dossier=dossier, do="accept").exists()
    assert attempt().pk == attempt().pk
    assert Move.objects.filter(dossier=dossier, do="accept").count() == 1


def test_numbers_have_no_gap_though_deeds_fail():
    def numbered(fails):
        def deed():
            with transaction.atomic():
                number = work.next_number("supervision", 2026)
                if fails:
                    raise ZeroDivisionError
                return number

        return deed

    given = at_once(*[numbered(fails=place % 3 == 0) for place in range(12)])
    numbers = {answer for answer in given if isinstance(answer, str)}
    assert numbers == {f"示营督〔2026〕{n}号" for n in range(1, 9)}


def test_two_sweeps_note_each_first_day_late_once():
    unit = org.unit("ysj")
    for _ in range(40):
        work.owe(
            kind="work.duty", title="甲", unit=unit, due_date=RECEIVED.date(), by=SYSTEM, at=RECEIVED.replace(day=1)
        )
    later = RECEIVED.replace(month=3)
    at_once(lambda: work.sweep_overdue(later), lambda: work.sweep_overdue(later))
    work.sweep_overdue(later)
    assert ObligationFact.objects.count() == 40
    assert events.Fact.objects.filter(name="work.obligation_overdue").count() == 40


def test_two_deliverers_hand_over_each_fact_once():
    dossier = open_restaurant()
    move(dossier, "accept", CLERK)()
    waiting = events.Delivery.objects.filter(state="waiting").count()
    first, second = at_once(events.deliver, events.deliver)
    assert first.heard + second.heard == waiting


def test_a_deed_outside_any_transaction_is_refused_its_facts():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        events.tell("work.dossier_moved", dossier_id=1, move="x")
    assert not Dossier.objects.exists()

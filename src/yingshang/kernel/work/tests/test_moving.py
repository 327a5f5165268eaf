"""A dossier moves as its procedure says, and not otherwise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from yingshang.kernel import events, work
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.ledger import Entry
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.registry.table import _by_package
from yingshang.kernel.testing.restaurant import (
    CHIEF,
    CLERK,
    FIRE,
    HEAD,
    RECEIVED,
    WASTE,
    officer,
    open_restaurant,
    publish_ping_pong,
)
from yingshang.kernel.work import CheckResult, Move, Obligation, ObligationFact, Step


def footprint():
    """Everything a refused deed must leave as it was."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (work.Dossier, Step, Move, Obligation, work.Opinion, Entry, events.Fact)
    ]


def refuses(code, deed):
    before = footprint()
    with pytest.raises(Refusal) as refused:
        deed()
    assert refused.value.code == code
    assert refused.value.remedy
    assert footprint() == before


def test_opening_begins_the_limits_of_the_first_state(desk):
    assert desk.dossier.state == "submitted"
    assert desk.owes() == {"correction_notice"}
    assert Obligation.objects.get(dossier=desk.dossier).due_date == date(2026, 2, 27)


def test_acceptance_fulfills_one_limit_and_begins_two(desk):
    desk.move("accept", CLERK)
    assert desk.dossier.state == "accepted"
    assert desk.owes() == {"decision", "committed"}
    assert Obligation.objects.get(key="correction_notice").state == "fulfilled"
    told = set(events.Fact.objects.values_list("name", flat=True))
    assert {"work.dossier_moved", "work.obligation_fulfilled", "work.obligation_opened"} <= told
    assert Entry.objects.filter(kind="work.moved", subject=f"dossier:{desk.dossier.pk}").count() == 1


def test_branches_run_in_parallel_and_join_by_themselves(desk):
    desk.to_review()
    assert (desk.step("fire").unit.code, desk.step("waste").unit.code) == ("zjj", "dhz")
    desk.move("pass_waste", WASTE)
    assert desk.dossier.state == "in_review"
    desk.move("fail_fire", FIRE, facts={"reason": "安全出口堵塞"})
    assert desk.dossier.state == "in_consultation"
    assert desk.owes() == {"decision", "committed"}
    assert list(Move.objects.filter(kind="join").values_list("do", "from_state", "to_state")) == [
        ("reviews_in", "in_review", "in_consultation")
    ]


def test_a_branch_taken_out_counts_as_arrived(desk):
    desk.to_review()
    desk.move("pass_fire", FIRE)
    work.withdraw_branch(
        dossier_id=desk.dossier.pk, step_id=desk.step("waste").pk, by=CLERK, at=desk.at, reason="不产生油烟"
    )
    desk.dossier.refresh_from_db()
    assert desk.dossier.state == "in_consultation"
    assert Obligation.objects.get(key="waste_opinion").state == "cancelled"


def test_a_main_line_that_moves_on_closes_its_branches_and_what_they_owe(desk, zhao):
    desk.to_review()
    desk.move("pass_fire", FIRE)
    desk.move("withdraw", zhao)
    assert (desk.dossier.state, desk.dossier.outcome) == ("withdrawn", "withdrawn")
    assert not Step.objects.filter(dossier=desk.dossier, closed_at=None).exists()
    assert desk.owes() == set()
    assert Obligation.objects.get(key="decision").evidence == "所属事项已经结束"


def test_a_joint_step_waits_for_every_opinion_and_follows_them(desk):
    desk.to_consultation()
    refuses("work.opinions_missing", lambda: desk.move("conclude", CHIEF))
    desk.say("scjgj", "zjj")
    refuses("work.opinions_missing", lambda: desk.move("conclude", CHIEF))
    desk.say("dhz", agrees=False)
    refuses("work.opinions_differ", lambda: desk.move("conclude", CHIEF))
    desk.move("review_again", CHIEF)
    assert desk.dossier.state == "accepted"


def test_a_new_round_of_opinions_starts_from_nothing(desk):
    desk.to_consultation()
    desk.say("dhz", agrees=False)
    desk.move("review_again", CHIEF)
    desk.move("start_review", CLERK)
    desk.move("pass_fire", FIRE)
    desk.move("pass_waste", WASTE)
    desk.say("scjgj", "zjj", "dhz")
    desk.move("conclude", CHIEF)
    desk.move("grant", CHIEF)
    assert (desk.dossier.state, desk.dossier.outcome) == ("granted", "granted")
    assert set(CheckResult.objects.values_list("condition", "passed")) == {
        ("all_materials_in", True),
        ("no_open_pause", True),
    }


def test_one_unit_says_its_opinion_once_and_gives_reasons_for_a_no(desk):
    desk.to_consultation()
    desk.say("zjj")
    refuses("work.already_said", lambda: desk.say("zjj"))
    refuses("work.not_asked", lambda: desk.say("sfj"))
    step = desk.step()
    silent = {"step_id": step.pk, "by": WASTE, "at": desk.at, "agrees": False}
    refuses("work.reason_missing", lambda: work.give_opinion(**silent))
    refuses("work.not_asked", lambda: work.give_opinion(**silent | {"by": SYSTEM}))


def test_opinions_are_given_in_a_joint_step_only(desk):
    refuses("work.no_joint_step", lambda: desk.say("zjj"))


def test_a_late_material_is_owed_by_the_applicant_and_blocks_the_license(desk, zhao):
    desk.move("accept_tolerantly", CLERK)
    owed = Obligation.objects.get(key="supply_floor_plan")
    assert (str(owed.party.public_id), owed.due_date) == (zhao.party, date(2026, 3, 5))
    desk.move("start_review", CLERK)
    desk.move("pass_fire", FIRE)
    desk.move("pass_waste", WASTE)
    desk.say("scjgj", "zjj", "dhz")
    desk.move("conclude", CHIEF)
    refuses("work.materials_missing", lambda: desk.move("grant", CHIEF))
    desk.move("supply", CLERK)
    assert "supply_floor_plan" not in desk.owes()


def test_a_state_entered_again_does_not_begin_a_running_limit_anew(desk):
    desk.move("accept_tolerantly", CLERK)
    due = Obligation.objects.get(key="decision").due_date
    desk.move("supply", CLERK)
    assert Obligation.objects.get(key="decision").due_date == due


@pytest.mark.parametrize(
    ("do", "by", "code"),
    [
        ("grant", CHIEF, "work.not_possible_now"),
        ("accept", officer("sfj", "window-clerk"), "work.not_holding_unit"),
        ("accept", officer("scjgj", "publisher"), "work.post_missing"),
        ("accept", SYSTEM, "work.not_holding_unit"),
        ("withdraw", CLERK, "work.not_the_applicant"),
        ("deem_accepted", CLERK, "work.only_the_clock"),
        ("deem_accepted", SYSTEM, "work.only_the_clock"),
        ("decline", CLERK, "work.fact_missing"),
        ("levitate", CLERK, "work.not_possible_now"),
    ],
)
def test_a_refused_move_changes_nothing_and_records_nothing(desk, do, by, code):
    refuses(code, lambda: desk.move(do, by))


def test_another_party_cannot_withdraw_it(desk, wu):
    refuses("work.not_the_applicant", lambda: desk.move("withdraw", wu))


def test_a_duty_of_the_applicant_needs_an_applicant(example_county):
    dossier = open_restaurant()
    refuses(
        "work.no_applicant", lambda: work.move(dossier_id=dossier.pk, do="accept_tolerantly", by=CLERK, at=RECEIVED)
    )


def test_a_closed_dossier_moves_no_more(desk, zhao):
    desk.move("withdraw", zhao)
    refuses("work.dossier_closed", lambda: desk.move("accept", CLERK))


def test_a_check_nobody_installed_is_never_passed(desk, monkeypatch):
    desk.to_consultation()
    desk.say("scjgj", "zjj", "dhz")
    desk.move("conclude", CHIEF)
    manifest = _by_package["yingshang.kernel.work"]
    monkeypatch.setitem(_by_package, "yingshang.kernel.work", replace(manifest, conditions={}))
    refuses("work.check_not_installed", lambda: desk.move("grant", CHIEF))


def test_a_retry_does_nothing_twice(desk):
    first = desk.move("accept", CLERK, retry_key="form-1")
    before = footprint()
    assert desk.move("accept", CLERK, retry_key="form-1").pk == first.pk
    assert footprint() == before


def test_who_saw_an_older_version_is_told_so(desk):
    seen = desk.step().version
    desk.move("ask_to_correct", CLERK, facts={"materials": "申请书缺签名"})
    before = footprint()
    with pytest.raises(Stale):
        desk.move("correct", CLERK, expected_version=seen)
    assert footprint() == before


def test_what_does_not_exist_is_not_found(desk):
    with pytest.raises(NotFound):
        work.move(dossier_id=0, do="accept", by=CLERK, at=RECEIVED)
    with pytest.raises(NotFound):
        desk.move("accept", CLERK, step_id=0)


def test_one_move_with_an_obligation_fulfilled_and_one_begun_takes_twelve_statements(
    example_county, django_assert_num_queries
):
    publish_ping_pong()
    dossier = open_restaurant(procedure="ping-pong")
    work.move(dossier_id=dossier.pk, do="ping", by=CLERK, at=RECEIVED)
    # The transaction of a test adds a savepoint and its release to the twelve.
    with django_assert_num_queries(14):
        work.move(dossier_id=dossier.pk, do="pong", by=CLERK, at=RECEIVED, retry_key="form-1", expected_version=2)


def test_silence_is_acceptance_as_of_the_day_of_receipt(desk):
    """No notice by 2026-02-27, the fifth working day: from 02-28 on accepted as of 02-13 (行政许可法第三十二条)."""
    eve = RECEIVED.replace(day=27)
    assert work.sweep_overdue(eve) == work.Swept(0, 0)
    assert work.sweep_overdue(eve + timedelta(days=1)) == work.Swept(overdue=1, answered=1)
    desk.dossier.refresh_from_db()
    assert desk.dossier.state == "accepted"
    made = Move.objects.get(kind="clock")
    assert (made.do, made.counts_as_of) == ("deem_accepted", date(2026, 2, 13))
    assert Obligation.objects.get(key="committed").due_date == date(2026, 3, 3)
    assert ObligationFact.objects.get(obligation__key="correction_notice").on == date(2026, 2, 28)
    assert work.sweep_overdue(eve + timedelta(days=1)) == work.Swept(0, 0)


def test_a_material_that_never_comes_ends_the_matter(desk):
    desk.move("accept_tolerantly", CLERK)
    work.sweep_overdue(RECEIVED + timedelta(days=60))
    desk.dossier.refresh_from_db()
    assert (desk.dossier.state, desk.dossier.outcome) == ("lapsed", "lapsed")


def test_a_sealed_dossier_moves_without_a_word(example_county):
    before = Entry.objects.count(), events.Fact.objects.count()
    dossier = open_restaurant(sealed=True)
    work.move(dossier_id=dossier.pk, do="accept", by=CLERK, at=RECEIVED)
    assert (Entry.objects.count(), events.Fact.objects.count()) == before
    assert not work.overdue_on(date(2030, 1, 1)).filter(dossier=dossier).exists()


def test_the_page_shows_each_move_with_the_reason_why_not(desk):
    shown = {rule.do: refusal and refusal.code for _, rule, refusal in work.possible_moves(desk.dossier, CLERK)}
    assert shown["accept"] is None
    assert shown["withdraw"] == "work.not_the_applicant"
    assert {rule.do for _, rule, refusal in work.possible_moves(desk.dossier, HEAD) if refusal is None} == set()

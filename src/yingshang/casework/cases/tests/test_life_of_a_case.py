"""From the application to the license and beyond, by the dates of the law."""

from datetime import UTC, date, datetime

import pytest

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.models import Case, Commitment, Explanation
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.rules import Given
from yingshang.casework.cases.tests.factories import (
    ANSWERS,
    CHIEF,
    CLERK,
    HEAD,
    PUBLISHER,
    RECEIVED,
    REVIEWER,
    hand_in,
    party_of,
)
from yingshang.kernel import disclosure, events, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger import Entry
from yingshang.kernel.testing import actor_of


def on(year, month, day, hour=9):
    return datetime(year, month, day, hour - 8, tzinfo=UTC)


def owed(case):
    rows = work.Obligation.objects.filter(dossier=case.dossier_id, state="open").exclude(key="")
    return dict(rows.values_list("key", "due_date"))


def to_the_decision(case, at):
    operations.accept(case_id=case.pk, by=CLERK, at=at)
    for _ in range(3):  # into two steps, and out of the last one
        operations.advance(case_id=case.pk, by=REVIEWER, at=at)
    return case


def granted(case, at=RECEIVED, **more):
    to_the_decision(case, at)
    return operations.decide(case_id=case.pk, granted=True, by=CHIEF, at=at, **more)


def codes(case):
    return [int(code) for code in queries.official_codes([case])[case.pk]]


def refused_without_a_trace(code, deed):
    before = (Entry.objects.count(), work.Move.objects.count(), Case.objects.values_list("state", "visits").first())
    with pytest.raises(Refusal) as refused:
        deed()
    assert refused.value.code == code
    after = (Entry.objects.count(), work.Move.objects.count(), Case.objects.values_list("state", "visits").first())
    assert after == before
    return refused.value


def test_a_food_license_is_corrected_once_accepted_decided_sealed_delivered_and_revoked(sun):
    fan = actor_of("fan")
    case = hand_in(fan, answers={**ANSWERS, "format": "食品销售经营者"})
    assert queries.case_by_number(case.number, queries.secret_of(case.number)) == case
    told = [{"material": "floor-plan", "what": "没有标明卫生间", "remedy": "补画卫生间位置"}]
    operations.ask_to_correct(case_id=case.pk, defects=told, by=CLERK, at=on(2026, 2, 14))
    assert owed(case) == {}
    better = [Paper(key="floor-plan", given=Given.PAPER)]
    operations.correct(case_id=case.pk, papers=better, by=fan, at=on(2026, 2, 24))
    assert owed(case) == {"correction_notice": date(2026, 3, 2)}
    again = refused_without_a_trace(
        "cases.corrected_before",
        lambda: operations.ask_to_correct(case_id=case.pk, defects=told, by=CLERK, at=on(2026, 2, 25)),
    )
    assert again.source == "《行政许可法》第三十二条第一款第四项"
    to_the_decision(case, on(2026, 2, 25))
    assert owed(case) == {"decision": date(2026, 3, 24), "committed": date(2026, 3, 6)}
    done = operations.decide(
        case_id=case.pk, granted=True, by=sun, at=on(2026, 3, 4), valid_from=date(2026, 3, 4), content="预包装食品销售"
    )
    figures = done.decision
    assert (figures.accepted_on, figures.due_on, figures.working_days) == (date(2026, 2, 25), date(2026, 3, 6), 6)
    assert Case.objects.get(pk=case.pk).due_date == date(2026, 3, 18)  # ten working days to deliver
    refused_without_a_trace(
        "cases.credential_missing",
        lambda: operations.deliver(case_id=case.pk, how="post", by=CLERK, at=on(2026, 3, 5)),
    )
    issued = operations.issue_credential(case_id=case.pk, by=sun, at=on(2026, 3, 4))
    assert (issued.fields["scope"], issued.valid_to) == ("预包装食品销售", date(2031, 3, 3))
    operations.deliver(case_id=case.pk, how="post", tracking_no="SF001", by=CLERK, at=on(2026, 3, 5))
    assert codes(case) == [1, 6, 7, 3, 8, 8, 8, 11]
    shown = operations.publish_decision(case_id=case.pk, by=PUBLISHER, at=on(2026, 3, 6))
    assert ["许可编号", issued.number] in shown.shown
    operations.revoke(case_id=case.pk, reason="以欺骗手段取得", remedy="可以复议", by=HEAD, at=on(2026, 9, 1))
    issued.refresh_from_db()
    assert (issued.state, issued.ended_on) == ("revoked", date(2026, 9, 1))
    end = Case.objects.select_related("dossier").get(pk=case.pk)
    assert (end.state, end.is_open, end.dossier.outcome, codes(end)[-1]) == ("revoked", False, "revoked", 15)


def test_an_application_nobody_answered_counts_as_accepted_on_the_day_it_came_in(zhao):
    case = hand_in(zhao)
    work.sweep_overdue(on(2026, 2, 27))
    assert Case.objects.get(pk=case.pk).state == "submitted"
    work.sweep_overdue(on(2026, 2, 28))
    deemed = Case.objects.get(pk=case.pk)
    assert (deemed.state, deemed.due_date, codes(deemed)) == ("accepted", date(2026, 3, 3), [1, 3])
    told = [{"material": "floor-plan", "what": "看不清"}]
    refused_without_a_trace(
        "work.not_possible_now",
        lambda: operations.ask_to_correct(case_id=case.pk, defects=told, by=CLERK, at=on(2026, 2, 28)),
    )


def test_a_tolerant_acceptance_is_supplied_or_lapses(zhao):
    later = [Paper(key="floor-plan", given=Given.LATER, promise="五个工作日内补交")]
    kept, lapsed = hand_in(zhao, papers=later), hand_in(zhao, papers=later)
    for case in (kept, lapsed):
        operations.accept_tolerantly(
            case_id=case.pk, missing=["floor-plan"], promise="五个工作日内补交", by=CLERK, at=RECEIVED
        )
        assert owed(case)["supply-floor-plan"] == date(2026, 2, 27)
    refused_without_a_trace(
        "cases.not_tolerable",
        lambda: operations.accept_tolerantly(case_id=kept.pk, missing=["form"], promise="…", by=CLERK, at=RECEIVED),
    )
    for _ in range(3):
        operations.advance(case_id=kept.pk, by=REVIEWER, at=on(2026, 2, 14))
    waits = refused_without_a_trace(
        "work.materials_missing",
        lambda: operations.decide(case_id=kept.pk, granted=True, by=CHIEF, at=on(2026, 2, 14)),
    )
    assert "平面图" in waits.reason
    plan = [Paper(key="floor-plan", given=Given.PAPER)]
    operations.supply(case_id=kept.pk, papers=plan, by=zhao, at=on(2026, 2, 26))
    refused_without_a_trace(
        "cases.nothing_owed", lambda: operations.supply(case_id=kept.pk, papers=plan, by=zhao, at=on(2026, 2, 26))
    )
    operations.decide(case_id=kept.pk, granted=True, by=CHIEF, at=on(2026, 2, 26))
    assert codes(kept)[-1] == 12
    work.sweep_overdue(on(2026, 2, 28))
    ended = Case.objects.select_related("dossier").get(pk=lapsed.pk)
    assert (ended.state, ended.dossier.outcome) == ("lapsed", "lapsed")


def test_a_promise_found_false_owes_the_revocation_and_closes_the_way_of_promises(zhao):
    promised = [
        Paper(key="floor-plan", given=Given.PAPER),
        Paper(key="health-certificate", given=Given.COMMITTED),
    ]
    situation = {"business": "restaurant", "cold-dishes": "no"}
    case = hand_in(zhao, situation=situation, papers=promised)
    granted(case)
    promise = Commitment.objects.select_related("duty").get(case=case)
    assert promise.text.startswith("本人承诺从事直接入口食品") and promise.duty.due_date == date(2026, 4, 17)
    operations.check_commitment(
        commitment_id=promise.pk, kept=False, finding="两人无健康证明", by=REVIEWER, at=on(2026, 3, 2)
    )
    assert work.Obligation.objects.get(kind="cases.revoke", state="open").due_date == date(2026, 3, 16)
    no = refused_without_a_trace(
        "cases.no_promises_now", lambda: hand_in(zhao, situation=situation, papers=promised, at=on(2026, 3, 3))
    )
    assert "信用修复" in no.remedy
    operations.revoke(case_id=case.pk, reason="承诺不实", remedy="可以复议", by=HEAD, at=on(2026, 3, 4))
    assert not work.Obligation.objects.filter(kind="cases.revoke", state="open").exists()
    operations.repair_promise(commitment_id=promise.pk, on=date(2026, 3, 5), by=REVIEWER, at=on(2026, 3, 5))
    hand_in(zhao, situation=situation, papers=promised, at=on(2026, 3, 6))


def test_a_special_procedure_and_one_extension_move_the_last_day(zhao):
    case = hand_in(zhao, at=on(2026, 9, 24))
    operations.accept(case_id=case.pk, by=CLERK, at=on(2026, 9, 24))
    assert owed(case)["committed"] == date(2026, 10, 13)
    operations.stop_clock(
        case_id=case.pk,
        key="testing",
        notice="检验需要四个工作日",
        by=REVIEWER,
        at=on(2026, 9, 28),
        until=date(2026, 10, 8),
    )
    assert Case.objects.get(pk=case.pk).due_date == date(2026, 10, 17 + 2)
    request = operations.ask_extension(case_id=case.pk, reason="样品需要复检", by=REVIEWER, at=on(2026, 10, 9))
    refused_without_a_trace(
        "cases.not_your_post",
        lambda: operations.approve_extension(request_id=request.pk, by=CHIEF, at=on(2026, 10, 9)),
    )
    operations.approve_extension(request_id=request.pk, by=HEAD, at=on(2026, 10, 9))
    assert owed(case)["committed"] == date(2026, 11, 2)
    refused_without_a_trace(
        "cases.extended_before",
        lambda: operations.ask_extension(case_id=case.pk, reason="还要更久", by=REVIEWER, at=on(2026, 10, 12)),
    )
    assert codes(case) == [1, 3, 9, 9, 10, 9, 10]


def test_a_late_case_owes_its_reason_in_public_once(zhao):
    case = hand_in(zhao)
    operations.accept(case_id=case.pk, by=CLERK, at=RECEIVED)
    work.sweep_overdue(on(2026, 3, 4))
    work.sweep_overdue(on(2026, 4, 1))  # the statutory limit, too
    events.deliver()
    explanation = Explanation.objects.select_related("duty").get(case=case)
    assert explanation.duty.due_date == date(2026, 3, 9)
    refused_without_a_trace(
        "cases.reasons_missing",
        lambda: operations.explain_overdue(explanation_id=explanation.pk, reason=" ", by=HEAD, at=on(2026, 3, 5)),
    )
    operations.explain_overdue(
        explanation_id=explanation.pk, reason="核查人员生病", expected_on=date(2026, 3, 10), by=HEAD, at=on(2026, 3, 5)
    )
    shown = dict(disclosure.Disclosure.objects.get(kind="overdue_reason").shown)
    assert shown["原因"] == "核查人员生病" and "赵" not in str(shown)
    assert work.Obligation.objects.get(pk=explanation.duty_id).state == "fulfilled"


def test_what_came_in_on_paper_runs_from_the_day_it_came_in(zhao):
    late = {"because": "停电，先登记在纸上", "paper_no": "窗口〔2026〕3号", "received_at": RECEIVED}
    enter = {"channel": "window", "at": on(2026, 2, 26), "papers": [], "applicant": party_of(zhao)}
    case = hand_in(CLERK, deed=operations.enter_paper, **enter, **late)
    assert (case.due_date, case.entered_by) == (None, CLERK.person)
    assert owed(case) == {"correction_notice": date(2026, 2, 27)}
    operations.accept(case_id=case.pk, by=CLERK, at=on(2026, 2, 26), accepted_on=date(2026, 2, 14))
    assert owed(case)["committed"] == date(2026, 3, 4)
    taken = refused_without_a_trace(
        "cases.paper_number_taken", lambda: hand_in(CLERK, deed=operations.enter_paper, **enter, **late)
    )
    assert "窗口〔2026〕3号" in taken.reason


def test_sent_twice_it_is_one_case_and_a_key_is_not_used_for_something_else(zhao):
    first = hand_in(zhao, idempotency_key="page-1")
    assert hand_in(zhao, idempotency_key="page-1").pk == first.pk
    other = refused_without_a_trace(
        "cases.attempt_used_before",
        lambda: hand_in(zhao, idempotency_key="page-1", answers={"shop_name": "西山小馆", "address": "x", "area": 9}),
    )
    assert first.number in other.reason


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"papers": []}, "cases.papers_do_not_fit"),
        ({"papers": [Paper(key="photo", given=Given.PAPER)]}, "cases.papers_do_not_fit"),
        ({"papers": [Paper(key="floor-plan", given=Given.COMMITTED)]}, "cases.papers_do_not_fit"),
        ({"answers": {"shop_name": "x"}}, "cases.answers_do_not_fit"),
        ({"at": on(2025, 12, 31)}, "catalogue.no_version_in_force"),
    ],
)
def test_an_application_that_does_not_fit_is_told_so_and_nothing_is_kept(zhao, change, code):
    refused_without_a_trace(code, lambda: hand_in(zhao, **change))
    assert not Case.objects.exists() and not work.Dossier.objects.filter(kind="cases.case").exists()


def test_nobody_else_finds_a_case(zhao, wu, li_qiang, zhou, zheng):
    case = hand_in(zhao)
    for stranger in (wu, li_qiang, zheng):
        with pytest.raises(NotFound):
            queries.one_case(case.pk, stranger)
    for number, secret in ((case.number, "0000-0000"), ("20260213-0000-0000", queries.secret_of(case.number))):
        with pytest.raises(NotFound):
            queries.case_by_number(number, secret)
    assert queries.one_case(case.pk, CLERK) == queries.one_case(case.pk, zhou) == queries.one_case(case.pk, zhao)
    refused_without_a_trace("cases.not_the_applicant", lambda: hand_in(wu, applicant=case.applicant))


def test_the_course_of_a_case_calls_each_step_by_its_own_name(zhao):
    case = to_the_decision(hand_in(zhao), on(2026, 2, 14))
    titles = [row["title"] for row in queries.history_of(case)]
    assert titles == ["提交申请", "受理", "转入“书面审查”", "转入“现场核查”", "提请决定"]
    recorded = "".join(bytes(entry.content).decode() for entry in Entry.objects.filter(kind="work.moved"))
    assert all(f'"title":"{title}"' in recorded for title in titles[1:])

"""Supervision checks: planned first, secret until made, put right with evidence, open to review by others."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from yingshang.kernel import documents, draws, events, ledger, org, search, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.testing import actor_of, ceremony, twins_disagree
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import Authority, Check, CheckPlan, Finding

AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 3, 30)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def authority(example_county):
    approval = {"approval_no": "示政函〔2026〕1号", "text": "授权", "issuer": "县政府", "approved_on": date(2026, 1, 1)}
    Authority.objects.create(
        unit=org.unit("ysj"),
        **approval,
        valid_from=date(2026, 1, 1),
        is_demo=True,
        todo="演示",
        entered_by="p",
        entered_at=AT,
    )


@pytest.fixture
def qin(example_county):
    return actor_of("qin", unit="ysj")


@pytest.fixture
def chu(example_county):
    return actor_of("chu", unit="ysj")


@pytest.fixture
def plan(zhou, qin, sun):
    def draft(kind="unannounced", *, by=zhou, team=(zhou, qin), days=None, **changed):
        given = {"title": "大厅暗访", "area": "windows", "content": "在岗情况", "scope": "大厅窗口", "at": AT} | changed
        return operations.plan_checks(
            kind=kind, days=days or {"scjgj": TODAY}, team=[each.person for each in team], by=by, **given
        )

    return draft


@pytest.fixture
def secret(plan, chu):
    return operations.approve_plan(plan_id=plan().pk, by=chu, at=AT).checks.get()


@pytest.fixture
def made(secret, zhou):
    return operations.make_check(check_id=secret.pk, by=zhou, at=AT)


@pytest.fixture
def finding(made, zhou):
    papers = [(io.BytesIO(PDF), "现场笔录.pdf", "application/pdf")]
    return operations.add_finding(check_id=made.pk, what="3号窗口无人在岗。", papers=papers, by=zhou, at=AT)


def everything():
    return (
        ledger.Entry.objects.count(),
        list(Check.objects.order_by("pk").values()),
        list(Finding.objects.order_by("pk").values()),
        CheckPlan.objects.filter(approved_at=None).count(),
        list(work.Obligation.objects.order_by("pk").values("pk", "state", "due_date")),
    )


def refused(code, deed, error=Refusal):
    before = everything()
    with pytest.raises(error) as raised:
        deed()
    if code:
        assert raised.value.code == code
    assert everything() == before


class TestPlanning:
    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("supervision.drawn_not_chosen", {"kind": "random"}),
            ("supervision.area_unknown", {"area": "nothing"}),
            ("supervision.plan_incomplete", {"scope": " "}),
            ("supervision.day_is_past", {"days": {"scjgj": date(2026, 3, 29)}}),
            ("supervision.only_counts_of_unit", {"days": {"fy": TODAY}}),
            ("supervision.unit_closed", {"days": {"wqb": TODAY}}),
        ],
    )
    def test_a_plan_names_content_objects_and_scope_and_draws_what_is_random(self, plan, code, changed):
        refused(code, lambda: plan(**changed))

    def test_two_people_at_least_and_nobody_of_the_unit_checked(self, plan, zhou, qin, sun):
        refused("supervision.team_too_small", lambda: plan(team=[zhou]))
        refused("supervision.own_unit", lambda: plan(team=[zhou, sun]))
        refused("", lambda: plan(team=[zhou, replace(qin, person="nobody")]), NotFound)

    def test_without_authority_nobody_is_checked(self, plan):
        Authority.objects.update(ended_on=date(2026, 3, 1), ended_reason="到期", ended_by="p")
        refused("supervision.no_authority", plan)

    def test_a_unit_cannot_plan_and_nobody_approves_their_own(self, plan, wang_min, chu, zhou):
        refused("supervision.not_your_post", lambda: plan(by=wang_min))
        both = replace(chu, actions=chu.actions | zhou.actions)
        own = plan(by=both)
        refused("supervision.own_draft", lambda: operations.approve_plan(plan_id=own.pk, by=both, at=AT))
        refused("supervision.not_your_post", lambda: operations.approve_plan(plan_id=own.pk, by=zhou, at=AT))

    def test_no_two_heads_and_no_repeats(self, plan, secret, made, zhou):
        again = {"days": {"scjgj": date(2026, 6, 27)}}
        refused("supervision.checked_too_soon", lambda: plan(**again))
        assert plan(days={"scjgj": date(2026, 6, 28)}).checks.count() == 1
        assert plan("regular", days={"sfj": TODAY}).checks.count() == 1
        refused("supervision.check_waits_already", lambda: plan("regular", days={"sfj": TODAY}, area="conduct"))

    def test_what_is_not_approved_or_not_yet_due_is_not_made(self, plan, chu, zhou):
        drafted = plan("regular", days={"sfj": date(2026, 4, 1)})
        check = drafted.checks.get()
        refused("supervision.plan_not_approved", lambda: operations.make_check(check_id=check.pk, by=zhou, at=AT))
        operations.approve_plan(plan_id=drafted.pk, by=chu, at=AT)
        refused("supervision.too_early_to_check", lambda: operations.make_check(check_id=check.pk, by=zhou, at=AT))


class TestSecrecy:
    def test_nobody_of_the_unit_learns_of_it_before_it_is_made(self, secret, wang_min, sun, zhou, qin, li_qiang, wu):
        assert twins_disagree("supervision.see_check", [wang_min, sun, zhou, qin, li_qiang, wu], [secret]) == []
        for actor in (wang_min, sun, li_qiang, wu):
            assert not queries.checks_running(actor).exists()
            with pytest.raises(NotFound):
                queries.check_seen(secret.pk, actor)
            assert [row for row in search.find(actor, "大厅暗访").rows if "check" in row.subject] == []
        assert queries.check_seen(secret.pk, zhou).pk == secret.pk

    def test_not_even_through_a_post_that_watches_checks(self, plan, zhou, chu, secret, qin):
        own = replace(zhou, unit="scjgj")
        assert not queries.checks_running(own).exists()
        assert queries.plans_to_approve(own) == []
        refused("", lambda: operations.make_check(check_id=secret.pk, by=own, at=AT), NotFound)

    def test_ledger_numbers_obligations_and_events_say_nothing_of_whom(self, secret):
        events.deliver()
        for entry in ledger.Entry.objects.filter(kind__startswith="supervision.check"):
            content = bytes(entry.content).decode()
            assert not any(word in content for word in ("scjgj", str(secret.pk), str(secret.plan_id), "unannounced"))
        assert secret.number == ""
        assert not work.Obligation.objects.filter(origin__contains=str(secret.pk)).exists()

    def test_one_called_off_is_never_known_of(self, secret, zhou, wang_min):
        operations.call_off_check(check_id=secret.pk, reason="天气。", by=zhou, at=AT)
        assert not queries.checks_running(wang_min).exists()

    def test_numbers_have_no_gap_that_tells_of_one_to_come(self, plan, secret, chu, zhou):
        other = plan("regular", days={"sfj": TODAY})
        operations.approve_plan(plan_id=other.pk, by=chu, at=AT)
        first = operations.make_check(check_id=other.checks.get().pk, by=zhou, at=AT)
        assert first.number == "示营检〔2026〕1号"
        assert operations.make_check(check_id=secret.pk, by=zhou, at=AT).number == "示营检〔2026〕2号"

    def test_an_announced_one_is_seen_once_approved(self, plan, chu, wang_min):
        drafted = plan("announced")
        assert not queries.checks_running(wang_min).exists()
        operations.approve_plan(plan_id=drafted.pk, by=chu, at=AT)
        assert queries.checks_running(wang_min).count() == 1


class TestPuttingRight:
    def test_the_unit_owes_it_by_the_countys_limit_and_opens_the_evidence(self, finding, wang_min, li_qiang, qin):
        # Fifteen working days from Monday 30 March, without the Qingming holiday.
        assert (finding.duty.unit.code, finding.duty.due_date) == ("scjgj", date(2026, 4, 21))
        check = queries.check_seen(finding.of_id, wang_min)
        papers = queries.papers_of(check, wang_min)
        assert [paper.name for paper in papers[queries.finding_subject(finding)]] == ["现场笔录.pdf"]
        assert not documents.openable(li_qiang).filter(subject=queries.finding_subject(finding)).exists()

    def test_answered_returned_answered_accepted(self, finding, wang_min, qin):
        answer = operations.answer_finding(finding_id=finding.pk, text="已排班。", by=wang_min, at=AT)
        finding.duty.refresh_from_db()
        assert (finding.duty.state, finding.duty.due_date, answer.judging.unit.code) == ("open", None, "ysj")
        operations.return_rectification(finding_id=finding.pk, reason="没有排班表。", by=qin, at=AT)
        finding.duty.refresh_from_db()
        assert finding.duty.due_date == date(2026, 4, 21)  # the day it began does not count anyway
        operations.answer_finding(finding_id=finding.pk, text="附排班表。", by=wang_min, at=AT)
        closed = operations.accept_rectification(finding_id=finding.pk, seen="看了排班表和现场。", by=qin, at=AT)
        closed.duty.refresh_from_db()
        assert (closed.state, closed.duty.state) == ("closed", "fulfilled")
        assert not work.Obligation.objects.filter(kind="supervision.recheck_finding", state="open").exists()

    def test_others_cannot_answer_judge_or_add(self, finding, made, wang_min, li_qiang, qin, zhou, chu):
        at = {"finding_id": finding.pk, "at": AT}
        refused("", lambda: operations.answer_finding(text="好", by=li_qiang, **at), NotFound)
        refused("supervision.check_of_another_unit", lambda: operations.answer_finding(text="好", by=qin, **at))
        operations.answer_finding(text="好", by=wang_min, **at)
        refused("supervision.own_unit", lambda: operations.accept_rectification(seen="好", by=wang_min, **at))
        refused("supervision.check_stands_elsewhere", lambda: operations.answer_finding(text="好", by=wang_min, **at))
        refused("supervision.reason_missing", lambda: operations.return_rectification(reason=" ", by=qin, **at))
        outside = {"check_id": made.pk, "what": "x", "by": chu, "at": AT}
        refused("supervision.not_in_the_team", lambda: operations.add_finding(**outside))


class TestConclusion:
    @pytest.fixture
    def concluded(self, finding, zhou):
        return operations.conclude_check(check_id=finding.of_id, conclusion="值守制度没有落实。", by=zhou, at=AT)

    def test_it_goes_to_the_unit_and_is_told(self, concluded, wang_min):
        assert queries.check_seen(concluded.pk, wang_min).conclusion == "值守制度没有落实。"
        fact = events.Fact.objects.get(name="supervision.check_concluded")
        assert (fact["unit"], fact["findings"]) == ("scjgj", 1)

    @pytest.mark.parametrize(
        ("day", "is_taken"),
        [(datetime(2026, 4, 29, 1, tzinfo=UTC), True), (datetime(2026, 4, 30, 1, tzinfo=UTC), False)],
    )
    def test_a_review_is_asked_for_within_thirty_days(self, concluded, wang_min, day, is_taken):
        deed = partial(operations.object_to_conclusion, check_id=concluded.pk, text="当天停电。", by=wang_min, at=day)
        if is_taken:
            assert deed().duty.due_date == date(2026, 5, 29)
            refused("supervision.conclusion_objected_before", deed)
        else:
            refused("supervision.conclusion_stands", deed)

    def test_it_is_decided_by_somebody_who_took_no_part(self, concluded, finding, wang_min, zhou, qin, chu):
        operations.object_to_conclusion(check_id=concluded.pk, text="当天停电。", by=wang_min, at=AT)
        given = {"check_id": concluded.pk, "is_upheld": True, "reason": "停电属实。", "at": AT}
        for took_part in (zhou, qin, chu):
            refused("supervision.took_part", lambda by=took_part: operations.decide_conclusion_review(by=by, **given))
        other = replace(qin, person="p-other")
        decided = operations.decide_conclusion_review(by=other, **given)
        finding.refresh_from_db()
        finding.duty.refresh_from_db()
        assert (decided.outcome, finding.state, finding.duty.state) == ("upheld", "closed", "cancelled")
        refused("supervision.conclusion_review_decided", lambda: operations.decide_conclusion_review(by=other, **given))


def test_whom_a_random_check_meets_and_who_goes_the_dice_say(zhou, qin, chu, wang_min, li_qiang, example_county):
    host = replace(qin, actions=qin.actions | {"draws.seal", "draws.host", "draws.see_result"})
    team = [actor.person for actor in (zhou, qin, chu, wang_min)]
    given = {"title": "窗口抽查", "area": "windows", "content": "在岗", "scope": "大厅", "by": host, "at": AT}
    refused(
        "supervision.nothing_to_draw",
        lambda: operations.seal_random_checks(units=["scjgj", "fy"], count=2, team=team, **given),
    )
    plan = operations.seal_random_checks(units=["scjgj", "sfj", "fgj", "fy"], count=2, team=team, **given)
    day = {"plan_id": plan.pk, "day": TODAY, "by": host, "at": AT}
    refused("draws.no_result", lambda: operations.arrange_drawn_checks(**day))
    ceremony.sign()
    witness = replace(li_qiang, actions=frozenset({"draws.witness"}))
    moment = {"serial": plan.draw_serial, "at": AT}
    draws.add_dice(digits=ceremony.DIGITS, by=host, **moment)
    draws.confirm_dice(digits=ceremony.DIGITS, by=witness, **moment)
    draws.run(by=host, **moment)
    checks = operations.arrange_drawn_checks(**day)
    assert len(checks) == 2
    for check in checks:
        members = list(check.members.select_related("unit"))
        assert len(members) == 2
        assert check.unit.code in {"scjgj", "sfj", "fgj"}
        assert check.unit.code not in {member.unit.code for member in members}
    refused("supervision.arranged_already", lambda: operations.arrange_drawn_checks(**day))
    for actor in (wang_min, li_qiang):
        assert not queries.checks_running(actor).filter(unit__code=actor.unit).exists()


def test_a_check_costs_the_same_however_many_findings(made, zhou, wang_min, django_assert_max_num_queries):
    for place in range(3):
        operations.add_finding(check_id=made.pk, what=f"问题{place}", by=zhou, at=AT)
    with django_assert_max_num_queries(7):
        check = queries.check_seen(made.pk, wang_min)
        assert len(check.findings.all()) == 3
        queries.papers_of(check, wang_min)

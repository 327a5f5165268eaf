"""A report of a problem: taken in once, known to nobody by itself, closed by nobody but its asker."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from yingshang.kernel import access, documents, ledger, search, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import ANONYMOUS
from yingshang.kernel.testing import actor_of, twins_disagree
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import ProblemReport, ReportStep
from yingshang.oversight.supervision.rules import reports as rules

AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)  # Monday, 09:00 in Beijing
PHOTO = b"\xff\xd8\xff\xdb\x00\x03\x00\xff\xda\x00\x02\x12\xff\xd9"
CONTACT = "吴桐 13912345678"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path


@pytest.fixture
def qin(example_county):
    return actor_of("qin", unit="ysj")


def file(key="0" * 32, at=AT, **changed):
    form = {"text": "窗口两点还没有人，电话13912345678", "place": "政务大厅3号窗口", "unit": "", "contact": CONTACT}
    form |= {"photos": [PHOTO], "sent_today": 0} | changed
    return operations.file_report(key=key, at=at, **form)


def assign(report, by, at=AT, unit="scjgj", photos=True):
    told = rules.extract(report.text)
    return operations.assign_report(
        report_id=report.pk, unit=unit, area="windows", told=told, pass_on_photos=photos, by=by, at=at
    )


@pytest.fixture
def filed(example_county):
    return file()


@pytest.fixture
def assigned(filed, zhou):
    return assign(filed.report, zhou)


@pytest.fixture
def asked(assigned, wang_min):
    operations.sign_for_report(report_id=assigned.pk, by=wang_min, at=AT)
    return operations.ask_to_close_report(report_id=assigned.pk, done="已安排专人值守。", by=wang_min, at=AT)


def everything():
    return (
        ledger.Entry.objects.count(),
        list(ProblemReport.objects.order_by("pk").values()),
        ReportStep.objects.count(),
        list(work.Obligation.objects.order_by("pk").values("pk", "state", "due_date")),
        documents.Document.objects.count(),
    )


def refused(code, deed, error=Refusal):
    before = everything()
    with pytest.raises(error) as raised:
        deed()
    if code:
        assert raised.value.code == code
    assert everything() == before


class TestTakingIn:
    def test_the_bureau_owes_triage_and_nothing_says_who_reported(self, filed, zhou, wang_min, sun):
        report = filed.report
        assert (report.state, report.triage.unit.code, report.triage.due_date) == ("waiting", "ysj", date(2026, 3, 31))
        entry = ledger.Entry.objects.get(kind="supervision.report_received")
        assert (entry.subject, entry.actor, entry.unit) == ("reports", "system", "")
        assert report.public_no not in bytes(entry.content).decode()
        photo = documents.documents_of(queries.subject_of(report), zhou)[0]
        assert (photo.name, photo.kept_by, photo.unit) == ("照片1.jpg", "anonymous", None)
        assert documents.documents_of(queries.subject_of(report), wang_min) == []

    def test_only_those_who_triage_can_open_the_contact(self, filed, zhou, qin, wang_min, sun, chen):
        subject = queries.contact_subject_of(filed.report)
        for keeper in (zhou, qin):
            (kept,) = documents.sealed_documents_of(subject, by=keeper)
            assert documents.open_sealed(kept.public_no, by=keeper, at=AT).read().decode() == CONTACT
        for other in (wang_min, sun, chen, ANONYMOUS):
            assert documents.sealed_documents_of(subject, by=other) == []

    def test_the_same_form_sent_again_gets_the_same_receipt_and_stores_nothing(self, filed):
        before = everything()
        again = file(at=AT + timedelta(minutes=1))
        assert (again.report.pk, again.code) == (filed.report.pk, filed.code)
        assert everything() == before

    def test_number_or_code_alone_open_nothing_and_both_open_it_however_written(self, filed):
        number, code = filed.report.public_no, filed.code
        assert queries.report_behind(number.lower(), code.replace("-", " ")).pk == filed.report.pk
        for wrong in ((number, ""), ("", code), (number, number), (number, code[:-1] + "?"), (code, number)):
            with pytest.raises(NotFound):
                queries.report_behind(*wrong)
        with connection.cursor() as cursor:
            cursor.execute("SELECT t::text FROM supervision_problemreport t")
            (row,) = cursor.fetchone()
        assert code not in row

    def test_search_finds_nothing_of_it(self, filed, zhou, wang_min):
        for actor in (zhou, wang_min, ANONYMOUS):
            for question in (filed.report.public_no, "窗口两点还没有人"):
                assert [row for row in search.find(actor, question).rows if "report" in row.subject] == []

    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("supervision.report_form_too_old", {"key": "x"}),
            ("supervision.report_too_short", {"key": "9" * 32, "text": "  坏了 "}),
            ("supervision.too_many_reports", {"key": "9" * 32, "sent_today": 5}),
            ("supervision.too_many_photos", {"photos": [PHOTO] * 6}),
            ("supervision.photo_too_large", {"photos": [PHOTO[:-2] + bytes(10 << 20) + PHOTO[-2:]]}),
            ("supervision.not_a_photo", {"photos": [b"<script>"]}),
            ("supervision.report_sent_already", {"text": "另一件事情，不一样"}),
        ],
    )
    def test_what_does_not_fit_is_refused_whole(self, filed, code, changed):
        refused(code, lambda: file(**changed))

    def test_an_unknown_unit_is_not_found_and_nothing_is_stored(self, filed):
        refused("", lambda: file(key="1" * 32, unit="nowhere"), NotFound)

    def test_danger_is_seen_through_spaces_and_goes_first(self, filed):
        grave = file(key="2" * 32, text="大厅配电箱漏 电，很危险")
        assert grave.report.risk_word == "漏电"
        assert queries.reports_waiting().order_by(*queries.WAITING_FIRST).first() == grave.report


class TestTheUnit:
    def test_it_owes_signing_and_settling_and_reads_the_extract_only(self, assigned, wang_min, li_qiang, zhou, wu):
        assert assigned.signing.due_date == date(2026, 3, 31)
        # Seven working days over the Qingming holiday of 4 to 6 April.
        assert assigned.settling.due_date == date(2026, 4, 9)
        assert "13912345678" not in assigned.told
        assert twins_disagree("supervision.see_report", [wang_min, li_qiang, zhou, wu], [assigned]) == []
        assert access.may(li_qiang, "supervision.see_report", assigned).code == "supervision.report_not_yours"
        assert [photo.name for photo in queries.photos_of(assigned, wang_min)] == ["照片1.jpg"]

    def test_photos_that_are_not_passed_on_stay_with_the_bureau(self, filed, zhou, wang_min):
        report = assign(filed.report, zhou, photos=False)
        assert queries.photos_of(report, wang_min) == []

    def test_another_unit_does_nothing_with_it(self, assigned, li_qiang):
        deed = partial(operations.sign_for_report, report_id=assigned.pk, by=li_qiang, at=AT)
        refused("supervision.report_of_another_unit", deed)

    def test_it_cannot_close_what_it_did(self, asked, wang_min):
        with pytest.raises(NotFound):
            operations.confirm_report(number=asked.public_no, code="", at=AT)
        late = AT + timedelta(days=30)
        deed = partial(operations.close_unanswered_report, report_id=asked.pk, seen="好", by=wang_min, at=late)
        refused("supervision.not_your_post", deed)

    def test_what_is_not_its_own_goes_back_and_is_triaged_anew(self, assigned, wang_min, li_qiang, zhou):
        back = operations.return_report(report_id=assigned.pk, reason="这是司法局的窗口。", by=wang_min, at=AT)
        assert (back.state, back.unit) == ("waiting", None)
        assert set(work.Obligation.objects.filter(origin=f"report:{back.pk}").values_list("state", flat=True)) == {
            "cancelled"
        }
        again = assign(back, zhou, unit="sfj")
        assert access.may(li_qiang, "supervision.see_report", again) is None
        assert access.may(wang_min, "supervision.see_report", again) is not None

    def test_its_clock_stands_while_the_asker_has_the_word_and_goes_on_after(self, asked, filed):
        asked.settling.refresh_from_db()
        assert (asked.settling.state, asked.settling.due_date) == ("open", None)
        later = AT + timedelta(days=3)
        again = operations.reopen_report(number=asked.public_no, code=filed.code, reason="还是没人。", at=later)
        again.settling.refresh_from_db()
        # Monday 30 March to Thursday 2 April stand; seven working days from then on, without 6 April.
        assert (again.state, again.settling.due_date) == ("signed", date(2026, 4, 14))


class TestTurningAway:
    def test_what_is_not_ours_is_told_with_whose_it_is(self, filed, zhou):
        report = operations.turn_away_report(
            report_id=filed.report.pk, to="elsewhere", where="12315", reason="这是消费纠纷。", by=zhou, at=AT
        )
        report.triage.refresh_from_db()
        assert (report.state, report.triage.state) == ("elsewhere", "fulfilled")
        assert "12315" in report.steps.last().text

    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("supervision.whose_is_missing", {"where": ""}),
            ("supervision.reason_missing", {"reason": " "}),
            ("supervision.report_stands_elsewhere", {"to": "confirmed"}),
        ],
    )
    def test_it_needs_whose_and_why(self, filed, zhou, code, changed):
        given = {"to": "elsewhere", "where": "12315", "reason": "消费纠纷"} | changed
        refused(code, lambda: operations.turn_away_report(report_id=filed.report.pk, by=zhou, at=AT, **given))

    def test_two_about_the_same_are_answered_together(self, assigned, zhou):
        other = file(key="3" * 32).report
        merged = operations.merge_report(report_id=other.pk, into=assigned.pk, reason="", by=zhou, at=AT)
        assert (merged.state, merged.merged_into_id) == ("merged", assigned.pk)
        third = file(key="4" * 32).report
        deed = partial(operations.merge_report, report_id=third.pk, into=third.pk, reason="", by=zhou, at=AT)
        refused("supervision.merged_into_itself", deed)

    @pytest.mark.parametrize(
        ("code", "unit", "area"),
        [
            ("supervision.only_counts_of_unit", "fy", "windows"),
            ("supervision.unit_closed", "wqb", "windows"),
            ("supervision.area_unknown", "scjgj", "nothing"),
        ],
    )
    def test_courts_closed_units_and_unknown_areas_get_none(self, filed, zhou, code, unit, area):
        def deed():
            operations.assign_report(
                report_id=filed.report.pk, unit=unit, area=area, told="x", pass_on_photos=False, by=zhou, at=AT
            )

        refused(code, deed)

    def test_a_unit_cannot_triage(self, filed, wang_min):
        refused("supervision.not_your_post", lambda: assign(filed.report, wang_min))


class TestTheAsker:
    def test_confirming_fulfills_the_units_duty(self, asked, filed):
        done = operations.confirm_report(number=asked.public_no, code=filed.code, at=AT)
        done.settling.refresh_from_db()
        assert (done.state, done.settling.state, done.settling.evidence) == (
            "confirmed",
            "fulfilled",
            "反映人确认已解决",
        )
        refused(
            "supervision.report_stands_elsewhere",
            lambda: operations.confirm_report(number=asked.public_no, code=filed.code, at=AT),
        )

    def test_silence_is_waited_for_then_a_second_person_closes_it_and_says_so(self, asked, zhou, qin):
        # Five working days from Monday 30 March, without the Qingming holiday.
        assert asked.answer_until == date(2026, 4, 7)
        late = datetime(2026, 4, 8, 1, tzinfo=UTC)

        def close(by, at):
            return operations.close_unanswered_report(report_id=asked.pk, seen="到窗口看了，有人值守。", by=by, at=at)

        refused("supervision.asker_has_time", lambda: close(qin, datetime(2026, 4, 7, 1, tzinfo=UTC)))
        refused("supervision.second_person_needed", lambda: close(zhou, late))
        assert list(queries.reports_unanswered(date(2026, 4, 8))) == [asked]
        closed = close(qin, late)
        assert closed.get_state_display() == "办结，未经反映人确认"
        figures = queries.public_figures(date(2026, 1, 1), date(2026, 12, 31))
        assert (figures.received, figures.confirmed, figures.unconfirmed) == (1, 0, 1)


def test_a_report_lives_by_its_rules_whatever_people_try(example_county, zhou, wang_min, qin):
    """Whatever order deeds are tried in, only the asker or a second person after the wait ends a report."""

    class Life(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.day = 0
            self.asker_spoke = self.second_looked = False
            key = f"{ProblemReport.objects.count():032x}"
            self.filed = file(key=key, contact="", photos=[])

        @property
        def at(self):
            return AT + timedelta(days=self.day)

        def tried(self, deed):
            try:
                deed()
            except Refusal:
                return False
            finally:
                self.filed.report.refresh_from_db()
            return True

        @rule(days=st.integers(1, 12))
        def wait(self, days):
            self.day += days

        @rule(unit=st.sampled_from(["scjgj", "scjgj", "fy"]))
        def bureau_assigns(self, unit):
            self.tried(lambda: assign(self.filed.report, zhou, self.at, unit, photos=False))

        @rule(kind=st.sampled_from(["sign", "ask", "return"]))
        def unit_acts(self, kind):
            given = {"report_id": self.filed.report.pk, "by": wang_min, "at": self.at}
            self.tried(
                {
                    "sign": lambda: operations.sign_for_report(**given),
                    "ask": lambda: operations.ask_to_close_report(done="好了", **given),
                    "return": lambda: operations.return_report(reason="不是我们的", **given),
                }[kind]
            )

        @rule(solved=st.booleans())
        def asker_speaks(self, solved):
            door = {"number": self.filed.report.public_no, "code": self.filed.code, "at": self.at}
            if solved:
                self.asker_spoke |= self.tried(lambda: operations.confirm_report(**door))
            else:
                self.tried(lambda: operations.reopen_report(reason="没有", **door))

        @rule(by=st.sampled_from([zhou, qin, wang_min]))
        def somebody_closes(self, by):
            given = {"report_id": self.filed.report.pk, "seen": "看了", "by": by, "at": self.at}
            self.second_looked |= self.tried(lambda: operations.close_unanswered_report(**given)) and by is qin

        @invariant()
        def it_ended_only_by_its_asker_or_a_second_person(self):
            assert (self.filed.report.state == "confirmed") == self.asker_spoke
            assert (self.filed.report.state == "unconfirmed") == self.second_looked

        @invariant()
        def its_duty_is_open_exactly_while_the_unit_has_it(self):
            duties = work.Obligation.objects.filter(origin=f"report:{self.filed.report.pk}", state="open")
            settling = duties.filter(kind="supervision.settle_report").count()
            assert settling == (self.filed.report.state in rules.WITH_THE_UNIT)

        @precondition(lambda self: self.filed.report.state == "asked")
        @invariant()
        def the_asker_has_a_last_day(self):
            assert self.filed.report.answer_until >= self.filed.report.asked_at.date()

    bounded = settings(
        max_examples=20,
        stateful_step_count=10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=bounded)

"""Reading, settling, publishing: what is refused changes nothing and records nothing."""

import io
from datetime import UTC, date, datetime

import pytest

from yingshang.kernel import ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.kernel.testing import actor_of
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import Assignment, Duty, Edition, Nomination, Reading

AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 30)  # a Monday
NOTICE = """示例县2026年营商环境专项行动方案

一、办事
1.公布办事指南。（牵头单位：县司法局；责任单位：县发改局、县林业总站）
2.清理证明事项，6月底前完成。（责任单位：各乡镇政府）
"""


@pytest.fixture
def read(tmp_path, zhou):
    def read_text(text: str = NOTICE, by=zhou) -> Reading:
        path = tmp_path / "notice.txt"
        path.write_text(text, encoding="utf-8")
        return operations.read_notice(path=path, file_name="专项行动方案.txt", by=by, at=AT)

    return read_text


@pytest.fixture
def confirmed(read, zhou):
    reading = read()
    for question in reading.questions.all():
        operations.answer_question(question_id=question.pk, answer="nobody", by=zhou, at=AT)
    return operations.confirm_reading(reading_id=reading.pk, by=zhou, at=AT)


@pytest.fixture
def published(confirmed, zhou):
    return publish(confirmed, zhou)


def publish(reading: Reading, by, code: str = "special-2026") -> Edition:
    return operations.publish_edition(reading_id=reading.pk, plan_code=code, by=by, on=ON, at=AT)


def recorded() -> int:
    return ledger.Entry.objects.count()


def refused(code: str, deed) -> None:
    before = (recorded(), Reading.objects.count(), Edition.objects.count(), Duty.objects.count())
    with pytest.raises(Refusal) as refusal:
        deed()
    assert refusal.value.code == code
    assert (recorded(), Reading.objects.count(), Edition.objects.count(), Duty.objects.count()) == before


def test_a_reading_asks_about_the_unit_that_nobody_knows(read):
    reading = read()
    assert [(each.kind, each.printed) for each in reading.questions.all()] == [("unknown_unit", "县林业总站")]
    question = reading.questions.get()
    assert reading.text[question.start : question.end] == "县林业总站"


def test_the_same_text_is_read_once(read):
    assert read().pk == read().pk


def test_a_citizen_cannot_import(read, wu):
    refused("plan_tasks.not_your_post", lambda: read(by=wu))


def test_a_text_without_tasks_is_refused_with_the_reason(read):
    refused("plan_tasks.no_task_found", lambda: read("今天天气很好。\n"))


def test_a_broken_document_is_refused(tmp_path, zhou):
    path = tmp_path / "notice.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    refused(
        "plan_tasks.unreadable_document",
        lambda: operations.read_notice(path=path, file_name="notice.docx", by=zhou, at=AT),
    )


def test_nothing_is_confirmed_while_a_question_is_open(read, zhou):
    reading = read()
    refused("plan_tasks.questions_open", lambda: operations.confirm_reading(reading_id=reading.pk, by=zhou, at=AT))
    reading.refresh_from_db()
    assert reading.state == Reading.State.WAITING


@pytest.mark.parametrize(("answer", "unit"), [("keep", ""), ("unit", ""), ("maybe", "")])
def test_an_unknown_unit_takes_a_unit_or_nobody(read, zhou, answer, unit):
    question = read().questions.get()
    refused(
        "plan_tasks.answer_does_not_fit",
        lambda: operations.answer_question(question_id=question.pk, answer=answer, unit_code=unit, by=zhou, at=AT),
    )


def test_a_question_that_does_not_exist_is_not_found(zhou, db):
    with pytest.raises(NotFound):
        operations.answer_question(question_id=10**9, answer="keep", by=zhou, at=AT)


def test_nothing_is_published_before_it_is_confirmed(read, zhou):
    reading = read()
    refused("plan_tasks.not_confirmed", lambda: publish(reading, zhou))


def test_nothing_is_published_twice(published, confirmed, zhou):
    refused("plan_tasks.reading_closed", lambda: publish(confirmed, zhou))


def test_a_confirmed_reading_takes_no_answer(confirmed, zhou):
    question = confirmed.questions.first()
    refused(
        "plan_tasks.reading_closed",
        lambda: operations.answer_question(question_id=question.pk, answer="nobody", by=zhou, at=AT),
    )


def test_publishing_opens_one_obligation_for_each_unit_and_task(published):
    owed = {
        (duty.task.number, duty.unit.code, duty.obligation.kind)
        for duty in Duty.objects.filter(task__edition=published)
    }
    assert owed == {
        ("1", "sfj", "plan_tasks.file_sub_plan"),
        ("1", "fgj", "plan_tasks.file_sub_plan"),
        ("2", "dhz", "plan_tasks.carry_out"),
        ("2", "xsz", "plan_tasks.carry_out"),
        ("2", "nhx", "plan_tasks.carry_out"),
    }


def test_a_task_with_a_date_is_due_on_it_and_one_without_by_the_countys_limit(published):
    due = {duty.obligation.kind: duty.obligation.due_date for duty in Duty.objects.filter(task__edition=published)}
    # 20 working days from Monday 30 March 2026, over the Qingming holiday of 4 to 6 April.
    assert due == {"plan_tasks.carry_out": date(2026, 6, 30), "plan_tasks.file_sub_plan": date(2026, 4, 28)}


def test_the_unit_a_person_chose_owes_what_the_unknown_name_stood_for(read, zhou):
    reading = read()
    question = reading.questions.get()
    operations.answer_question(question_id=question.pk, answer="unit", unit_code="gxj", by=zhou, at=AT)
    operations.confirm_reading(reading_id=reading.pk, by=zhou, at=AT)
    edition = publish(reading, zhou)
    assert Assignment.objects.get(task__edition=edition, printed="县林业总站").unit.code == "gxj"
    assert Duty.objects.filter(task__edition=edition, unit__code="gxj").count() == 1


def test_a_corrected_notice_makes_a_new_edition_and_takes_over_what_still_stands(published, read, zhou):
    corrected = NOTICE.replace("县发改局、县林业总站", "县工信科技局").replace("专项行动方案", "专项行动方案（更正）")
    reading = read(corrected)
    operations.confirm_reading(reading_id=reading.pk, by=zhou, at=AT)
    second = publish(reading, zhou)
    published.refresh_from_db()
    assert (second.number, published.superseded_on) == (2, ON)
    kept = Duty.objects.get(task__edition=second, unit__code="sfj").obligation_id
    assert kept == Duty.objects.get(task__edition=published, unit__code="sfj").obligation_id
    gone = Duty.objects.get(task__edition=published, unit__code="fgj").obligation
    assert (gone.state, gone.evidence) == ("cancelled", "新版方案不再要求。")
    assert Duty.objects.filter(task__edition=second, unit__code="gxj").exists()


def test_a_unit_that_joins_a_group_owes_from_its_date_and_one_that_leaves_no_more(published, zhou):
    group = Assignment.objects.get(task__edition=published, printed="各乡镇政府").group
    joined, left = org.unit("gyyq"), org.unit("nhx")
    org.GroupMember.objects.create(group=group, unit=joined, valid_from=ON)
    org.GroupMember.objects.create(group=group, unit=left, valid_from=ON, is_excluded=True, source="示例")
    opened = operations.follow_groups(by=zhou, on=ON, at=AT)
    assert opened >= 1
    assert Duty.objects.filter(task__edition=published, unit=joined, obligation__state="open").count() == 1
    assert Duty.objects.get(task__edition=published, unit=left).obligation.state == "cancelled"
    assert operations.follow_groups(by=zhou, on=ON, at=AT) == 0


class TestNamingTheUnitsConcerned:
    """The example county's own plan leaves “县直有关部门” in its second task to the lead, 县发改局."""

    @pytest.fixture
    def assignment(self, example_county):
        return Assignment.objects.get(task__edition__plan__code="example-2026-1", printed="县直有关部门")

    @pytest.fixture
    def lead(self, example_county):
        return Actor(person="p:lead", name="县发改局联络员", unit="fgj", actions=frozenset({"plan_tasks.name_units"}))

    def name(self, assignment, units, by):
        return operations.name_units(assignment_id=assignment.pk, unit_codes=units, by=by, on=ON, at=AT)

    def test_the_named_unit_owes_and_the_naming_is_done(self, assignment, lead):
        self.name(assignment, ["zjj"], lead)
        duties = Duty.objects.filter(task=assignment.task)
        assert duties.get(unit__code="zjj").obligation.state == "open"
        naming = duties.get(obligation__kind="plan_tasks.name_units").obligation
        assert naming.state == work.Obligation.State.FULFILLED

    def test_one_of_several_leads_names_for_all(self, read, zhou, lead):
        text = NOTICE.replace("牵头单位：县司法局", "牵头单位：县发改局、县司法局").replace(
            "县林业总站", "县直有关部门"
        )
        reading = read(text)
        for question in reading.questions.all():
            operations.answer_question(question_id=question.pk, answer="keep", by=zhou, at=AT)
        operations.confirm_reading(reading_id=reading.pk, by=zhou, at=AT)
        task = publish(reading, zhou).tasks.get(place=1)
        naming = Duty.objects.filter(task=task, obligation__kind="plan_tasks.name_units")
        assert sorted(naming.values_list("unit__code", flat=True)) == ["fgj", "sfj"]
        self.name(task.assignments.get(printed="县直有关部门"), ["zjj"], lead)
        assert set(naming.values_list("obligation__state", flat=True)) == {work.Obligation.State.FULFILLED}
        closers = {duty.unit.code: duty.obligation.closed_by for duty in naming.select_related("unit", "obligation")}
        assert closers == {"fgj": lead.person, "sfj": SYSTEM.person}

    def test_another_unit_cannot_name(self, assignment, li_qiang):
        refused("plan_tasks.not_lead_unit", lambda: self.name(assignment, ["zjj"], li_qiang))

    @pytest.mark.parametrize("units", [[], ["dhz"], ["nowhere"]])
    def test_only_units_the_group_may_mean_can_be_named(self, assignment, lead, units):
        refused("plan_tasks.unit_not_in_group", lambda: self.name(assignment, units, lead))
        assert not Nomination.objects.exists()


def test_a_task_page_costs_the_same_however_many_units_owe(published, django_assert_max_num_queries):
    task = queries.task_at("special-2026", 2)
    with django_assert_max_num_queries(4):
        assert len(queries.duty_rows(task, ON)) == 3


class TestHandingIn:
    """What a unit owes is fulfilled by the document that it hands in."""

    @pytest.fixture
    def owed(self, published):
        return Duty.objects.get(task__edition=published, unit__code="dhz").obligation

    @pytest.fixture
    def yang(self, example_county):
        return actor_of("yang", unit="dhz")

    def give(self, obligation, by, content=b"%PDF-1.4\n%%EOF\n"):
        stream = io.BytesIO(content)
        return operations.hand_in(
            obligation_id=obligation.pk, stream=stream, name="子方案.pdf", media_type="application/pdf", by=by, at=AT
        )

    def test_the_document_fulfills_the_duty_and_stands_as_evidence(self, owed, yang):
        done = self.give(owed, yang)
        assert done.state == work.Obligation.State.FULFILLED
        assert done.evidence.startswith("document:")

    def test_another_unit_cannot_hand_it_in(self, owed, wang_min):
        refused("plan_tasks.not_your_duty", lambda: self.give(owed, wang_min))

    def test_it_is_handed_in_once(self, owed, yang):
        self.give(owed, yang)
        refused("work.obligation_closed", lambda: self.give(owed, yang))

    def test_a_sub_plan_is_not_a_document_that_is_handed_in(self, published, li_qiang):
        sub_plan = Duty.objects.get(task__edition=published, unit__code="sfj").obligation
        refused("plan_tasks.handed_in_otherwise", lambda: self.give(sub_plan, li_qiang))

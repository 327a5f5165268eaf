"""A unit's own plan from the first draft to the last stage; what is refused changes nothing and records nothing."""

import io
from datetime import date
from decimal import Decimal

import pytest

from yingshang.kernel import documents, events, ledger, measures, org, work
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import SYSTEM
from yingshang.kernel.testing import at_once
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import (
    Filing,
    FilingDecision,
    Letter,
    Progress,
    Stage,
    TypingDay,
    WorkPlan,
    WorkPlanEdition,
    YearlyDuty,
)
from yingshang.oversight.plan_tasks.operations import Told
from yingshang.oversight.plan_tasks.tests.factories import NUMBER, ON, PLAN, Desk, at, planned, publish

TABLES = (WorkPlan, WorkPlanEdition, Stage, Filing, FilingDecision, Letter, Progress, work.Obligation, ledger.Entry)
MAY, JUNE = date(2026, 5, 6), date(2026, 6, 1)


def refused(code: str, deed) -> Refusal:
    before = [model.objects.count() for model in TABLES]
    with pytest.raises(Refusal) as refusal:
        deed()
    assert refusal.value.code == f"plan_tasks.{code}"
    assert [model.objects.count() for model in TABLES] == before
    return refusal.value


@pytest.fixture
def desk(example_county, tmp_path):
    publish(tmp_path)
    return Desk()


def obligation_of(edition, place=1) -> work.Obligation:
    return work.Obligation.objects.get(pk=edition.stages.get(place=place).obligation_id)


def test_filing_and_acceptance_fulfill_the_duty_and_make_each_stage_owed(desk):
    edition = desk.draft(planned(), planned("压减时限", date(2026, 5, 1), date(2026, 6, 30), **NUMBER))
    duty = edition.work_plan.obligation
    filing = desk.file(edition, on=date(2026, 4, 20))
    duty.refresh_from_db()
    assert (duty.state, duty.due_date) == ("open", None)  # the unit's clock stands while the desk looks
    refused("already_filed", lambda: desk.file(edition))
    refused("not_in_hand", lambda: desk.draft())
    desk.accept(filing, on=JUNE)
    duty.refresh_from_db()
    assert (duty.state, duty.closed_at) == ("fulfilled", at(date(2026, 4, 20)))
    assert duty.due_date >= date(2026, 4, 28)
    owed = [stage.obligation for stage in queries.stages_of(edition)]
    assert [(each.due_date, each.origin, each.unit.code) for each in owed] == [
        (date(2026, 4, 30), "plan:special-2026:1", "fgj"),
        (date(2026, 6, 30), "plan:special-2026:1", "fgj"),
    ]
    told = set(events.Fact.objects.values_list("name", flat=True))
    assert {"plan_tasks.work_plan_filed", "plan_tasks.work_plan_accepted"} <= told
    refused("filing_decided", lambda: desk.accept(filing))
    refused("filing_decided", lambda: desk.give_back(filing))


def test_a_returned_plan_is_owed_again_with_a_clock_of_its_own_and_nothing_that_was_filed_is_lost(desk):
    edition = desk.draft()
    filing = desk.file(edition, on=date(2026, 4, 27))  # one working day before the last
    refused("reasons_missing", lambda: desk.give_back(filing, reasons=" "))
    desk.give_back(filing, on=date(2026, 4, 30))
    plan = queries.work_plan(edition.work_plan_id)
    old = work.Obligation.objects.get(pk=first_duty(plan))
    assert (old.state, old.evidence) == ("cancelled", "退回修改，另行计算期限。")
    # 5 working days from Thursday 30 April 2026, over the holiday of 1 to 5 May, with Saturday 9 May worked.
    assert (plan.obligation.state, plan.obligation.due_date) == ("open", date(2026, 5, 11))
    operations.write_stage(edition_id=edition.pk, stage=planned("公布清单", MAY, JUNE), by=desk.writer, at=at(MAY))
    second = desk.file(queries.edition_with(edition.pk), on=MAY)
    assert [len(each.content["stages"]) for each in queries.filings_of(edition)] == [1, 2]
    assert second.digest != filing.digest
    desk.accept(second, on=JUNE)
    plan.obligation.refresh_from_db()
    assert plan.obligation.state == "fulfilled"
    operations.follow_groups(by=SYSTEM, on=JUNE, at=at(JUNE))
    assert desk.duty.obligation_id == plan.obligation_id


def first_duty(plan) -> int:
    rows = work.Obligation.objects.filter(kind="plan_tasks.file_sub_plan", unit=plan.unit, origin="plan:special-2026:1")
    return rows.order_by("pk").first().pk


def test_a_plan_that_was_late_when_filed_stays_late_while_the_desk_looks(desk):
    edition = desk.draft()
    desk.file(edition, on=JUNE)
    duty = work.Obligation.objects.get(pk=edition.work_plan.obligation_id)
    assert duty.due_date == date(2026, 4, 28)
    desk.give_back(Filing.objects.get(edition=edition), on=JUNE)
    duty.refresh_from_db()
    assert (duty.state, duty.due_date) == ("open", date(2026, 4, 28))


def test_bad_stages_are_refused_when_written_and_when_filed(desk):
    edition = queries.edition_in_hand(desk.begin())
    write = {"edition_id": edition.pk, "by": desk.writer, "at": at(ON)}
    refused("no_stage", lambda: desk.file(edition))
    backwards = planned(start=MAY, finish=ON)
    refused("stage_ends_before_it_starts", lambda: operations.write_stage(stage=backwards, **write))
    refused("goal_not_measurable", lambda: operations.write_stage(stage=planned(source=""), **write))
    unknown = planned(**NUMBER | {"measure": "nobody.counts_this"})
    refused("unknown_measure", lambda: operations.write_stage(stage=unknown, **write))
    first = operations.write_stage(stage=planned(), **write)
    later = operations.write_stage(stage=planned("公布", MAY, JUNE), **write)
    deed = {"by": desk.writer, "at": at(ON)}
    operations.set_dependencies(stage_id=later.pk, follows=[first.pk], **deed)
    said = refused(
        "stages_in_a_cycle", lambda: operations.set_dependencies(stage_id=first.pk, follows=[later.pk], **deed)
    )
    assert "“梳理清单”" in said.reason
    assert "“公布”" in said.reason
    operations.set_dependencies(stage_id=later.pk, follows=[], **deed)
    refused(
        "stage_before_its_dependency",
        lambda: operations.set_dependencies(stage_id=first.pk, follows=[later.pk], **deed),
    )
    with pytest.raises(Stale):
        operations.write_stage(stage=planned(), expected_version=1, **write)
    dated = Desk(unit="dhz", person="yang", task=2)
    dated_edition = queries.edition_in_hand(dated.begin())
    too_late = planned("收尾", MAY, date(2026, 7, 1))
    refused(
        "stage_after_task_end",
        lambda: operations.write_stage(edition_id=dated_edition.pk, stage=too_late, by=dated.writer, at=at(ON)),
    )


def test_another_unit_and_the_person_who_filed_are_kept_out(desk, wang_min):
    edition = desk.draft()
    stranger = {"edition_id": edition.pk, "by": wang_min, "at": at(ON)}
    refused("not_your_work_plan", lambda: operations.write_stage(stage=planned(), **stranger))
    refused("not_your_work_plan", lambda: operations.file_edition(on=ON, **stranger))
    filing = desk.file(edition)
    refused("not_your_post", lambda: operations.accept_filing(filing_id=filing.pk, by=wang_min, on=ON, at=at(ON)))
    bureau = Desk(unit="ysj", person="zhou", task=3)
    mine = bureau.file(bureau.draft())
    refused("own_filing", lambda: bureau.accept(mine))


def test_a_change_is_a_new_edition_with_a_reason_that_moves_cancels_and_opens(desk):
    edition = desk.accepted(planned("甲"), planned("乙", MAY, JUNE), planned("丙", MAY, JUNE))
    revise = {"work_plan_id": edition.work_plan_id, "by": desk.writer, "on": MAY, "at": at(MAY)}
    refused("change_needs_reason", lambda: operations.revise_work_plan(reason=" ", **revise))
    fresh = operations.revise_work_plan(reason="上级调整了验收时间。", **revise)
    refused("edition_in_hand", lambda: operations.revise_work_plan(reason="再改。", **revise))
    deed = {"by": desk.writer, "at": at(MAY)}
    _, two, three = fresh.stages.order_by("place")
    moved = planned("乙", MAY, date(2026, 7, 31))
    operations.write_stage(edition_id=fresh.pk, stage_id=two.pk, stage=moved, **deed)
    operations.remove_stage(stage_id=three.pk, **deed)
    operations.write_stage(edition_id=fresh.pk, stage=planned("丁", MAY, JUNE), **deed)
    assert obligation_of(edition, 3).state == "open"  # a draft moves nothing
    desk.accept(desk.file(queries.edition_with(fresh.pk), on=MAY), on=MAY)
    edition.refresh_from_db()
    assert (edition.state, edition.replaced_on) == ("replaced", MAY)
    assert [obligation_of(edition, place).state for place in (1, 2, 3)] == ["open", "cancelled", "cancelled"]
    assert obligation_of(fresh, 1).pk == obligation_of(edition, 1).pk
    assert obligation_of(fresh, 2).due_date == date(2026, 7, 31)
    assert fresh.stages.get(place=3).title == "丁"


def test_a_stage_is_asked_for_with_evidence_and_confirmed_by_the_bureau(desk, wang_min):
    edition = desk.accepted(planned(), planned("压减时限", MAY, JUNE, **NUMBER))
    first, second = edition.stages.order_by("place")
    deed = {"by": desk.writer, "on": MAY, "at": at(MAY)}
    refused("nothing_said", lambda: operations.report_progress(stage_id=second.pk, told=Told(), **deed))
    operations.report_progress(stage_id=second.pk, told=Told(value=Decimal(12), problem="人手不够"), **deed)
    not_yet = Told(words="压减了", value=Decimal(12))
    refused("goal_not_reached", lambda: operations.ask_sign_off(stage_id=second.pk, told=not_yet, **deed))
    reached = Told(value=Decimal(8))
    refused("evidence_missing", lambda: operations.ask_sign_off(stage_id=second.pk, told=reached, **deed))
    upload = operations.Upload(stream=io.BytesIO(b"%PDF-1.4\n%%EOF\n"), name="证明.pdf", media_type="application/pdf")
    told = Told(words="办件系统记录", value=Decimal(8), upload=upload)
    asked = operations.ask_sign_off(stage_id=second.pk, told=told, **deed)
    assert documents.openable(desk.desk).filter(pk=asked.document_id).exists()
    assert not documents.openable(wang_min).filter(pk=asked.document_id).exists()
    assert obligation_of(edition, 2).due_date is None  # its clock stands
    refused("already_asked", lambda: operations.ask_sign_off(stage_id=second.pk, told=told, **deed))
    late = {"by": desk.desk, "on": date(2026, 7, 1), "at": at(date(2026, 7, 1))}
    refused("reasons_missing", lambda: operations.return_sign_off(stage_id=second.pk, reasons="", **late))
    operations.return_sign_off(stage_id=second.pk, reasons="少了5月的记录。", **late)
    assert obligation_of(edition, 2).due_date == JUNE  # back as it was, and late now
    refused("not_asked", lambda: operations.sign_off_stage(stage_id=second.pk, **late))
    operations.ask_sign_off(stage_id=first.pk, told=Told(words="纪要第3号"), by=desk.writer, on=ON, at=at(ON))
    operations.sign_off_stage(stage_id=first.pk, **late)
    done = obligation_of(edition, 1)
    assert (done.state, done.closed_at) == ("fulfilled", at(ON))  # not when it was looked at
    refused("stage_signed_off", lambda: operations.report_progress(stage_id=first.pk, told=Told(words="又"), **deed))
    april, june = measures.month(2026, 4), measures.month(2026, 6)
    rates = measures.compute("plan_tasks.stages_on_time_rate", ["fgj"], [april, june])
    assert [rates.at("fgj", month).value for month in (april, june)] == [measures.Rate(1, 1), measures.Rate(0, 1)]


def test_what_depends_on_an_open_stage_is_not_signed_off_before_it(desk):
    edition = desk.draft(planned("甲"), planned("乙", MAY, JUNE))
    first, second = edition.stages.order_by("place")
    operations.set_dependencies(stage_id=second.pk, follows=[first.pk], by=desk.writer, at=at(ON))
    desk.accept(desk.file(queries.edition_with(edition.pk)))
    ask = {"told": Told(words="办成了"), "by": desk.writer, "on": MAY, "at": at(MAY)}
    said = refused("dependency_open", lambda: operations.ask_sign_off(stage_id=second.pk, **ask))
    assert "“甲”" in said.reason


def test_where_a_stage_names_a_measure_nobody_types_the_value(desk):
    goal = {"kind": "number", "words": "备案率", "baseline": Decimal(0), "target": Decimal(100), "unit": "%"}
    edition = desk.accepted(planned(**goal | {"measure": "plan_tasks.filed_rate", "source": ""}))
    stage, deed = edition.stages.get(), {"by": desk.writer, "on": MAY, "at": at(MAY)}
    typed = Told(value=Decimal(100))
    refused("measured_by_platform", lambda: operations.report_progress(stage_id=stage.pk, told=typed, **deed))
    said = operations.report_progress(stage_id=stage.pk, told=Told(), **deed)
    assert said.is_measured
    assert said.value == queries.measured_value(queries.stage_with(stage.pk), MAY).value
    assert "子方案和年度方案备案率" in said.words


def test_the_last_stage_of_a_dated_task_fulfills_the_task(desk):
    town = Desk(unit="dhz", person="yang", task=2)
    edition = town.accepted(planned(finish=date(2026, 6, 30)))
    task = edition.work_plan.obligation
    task.refresh_from_db()
    assert (task.kind, task.state, task.due_date) == ("plan_tasks.carry_out", "open", date(2026, 6, 30))
    stream = io.BytesIO(b"%PDF-1.4\n%%EOF\n")
    by_hand = {"stream": stream, "name": "总结.pdf", "media_type": "application/pdf", "by": town.writer, "at": at(MAY)}
    refused("done_by_stages", lambda: operations.hand_in(obligation_id=task.pk, **by_hand))
    stage = edition.stages.get()
    operations.ask_sign_off(stage_id=stage.pk, told=Told(words="办成了"), by=town.writer, on=MAY, at=at(MAY))
    operations.sign_off_stage(stage_id=stage.pk, by=desk.desk, on=JUNE, at=at(JUNE))
    task.refresh_from_db()
    assert (task.state, task.closed_at) == ("fulfilled", at(MAY))


def test_the_head_signs_the_letter_once_and_who_has_not_is_visible(desk, li_qiang):
    edition = desk.accepted()
    unsigned = [row for row in queries.letter_rows(ON) if row.unit_code == "fgj" and not row.number]
    assert [row.state for row in unsigned if row.accepted_on == ON] == ["未签署"]
    deed = {"edition_id": edition.pk, "on": MAY, "at": at(MAY)}
    refused("not_your_work_plan", lambda: operations.sign_letter(by=li_qiang, **deed))
    letter = operations.sign_letter(by=desk.writer, **deed)
    assert letter.number == "示营责〔2026〕1号"
    with documents.open_document(letter.document, desk.desk) as file:
        assert documents.check_seals(file)
    assert edition.letter_obligation.__class__.objects.get(pk=edition.letter_obligation_id).state == "fulfilled"
    refused("letter_signed", lambda: operations.sign_letter(by=desk.writer, **deed))


def test_every_unit_bound_owes_a_yearly_plan_once_a_year_and_who_has_not_filed_is_listed(desk):
    YearlyDuty.objects.create(plan_code=PLAN, task_number="3", effective_from=ON)
    assert operations.open_yearly_plans(by=SYSTEM, on=ON, at=at(ON)) >= 3
    assert operations.open_yearly_plans(by=SYSTEM, on=ON, at=at(ON)) == 0
    mine = WorkPlan.objects.filter(plan__code=PLAN, year=2026).select_related("obligation")
    # 40 working days from Monday 30 March 2026, the day of publication, over Qingming and Labor Day.
    assert {each.obligation.due_date for each in mine} == {date(2026, 5, 28)}
    rows = queries.plan_rows(queries.yearly_plans(2026).filter(plan__code=PLAN), date(2026, 7, 1))
    assert {(row.state, row.lamp.color) for row in rows} == {("未编制", "red")}
    assert operations.open_yearly_plans(by=SYSTEM, on=date(2027, 1, 1), at=at(date(2027, 1, 1))) >= 3


def test_a_merged_units_plan_goes_on_with_its_heir_and_an_abolished_ones_ends(desk):
    edition = desk.accepted(planned("甲"), planned("乙", MAY, JUNE))
    sfj = Desk(unit="sfj", person="li_qiang")
    gone = sfj.accepted()
    org.Unit.objects.filter(code="fgj").update(valid_to=MAY, successor=org.unit("gxj"))
    org.Unit.objects.filter(code="sfj").update(valid_to=MAY)
    operations.follow_groups(by=SYSTEM, on=MAY, at=at(MAY))
    assert operations.follow_units(by=SYSTEM, on=MAY, at=at(MAY)) >= 2
    plan = queries.work_plan(edition.work_plan_id)
    assert (plan.unit.code, plan.holder.code) == ("fgj", "gxj")
    heirs = [stage.obligation for stage in queries.stages_of(edition)]
    assert {(each.unit.code, each.state) for each in heirs} == {("gxj", "open")}
    assert [each.due_date for each in heirs] == [date(2026, 4, 30), JUNE]
    own = work.Obligation.objects.filter(unit__code="gxj", kind="plan_tasks.file_sub_plan", state="open")
    assert not own.filter(origin="plan:special-2026:1").exists()
    assert queries.work_plan(gone.work_plan_id).ended_on == MAY
    assert obligation_of(gone).state == "cancelled"
    assert operations.follow_units(by=SYSTEM, on=MAY, at=at(MAY)) == 0


def test_typing_counts_at_most_the_countys_seconds_and_only_our_own_marks(example_county):
    opened = operations.opened_token(at(ON))
    note = {"unit_code": "zjj", "fields": 3}
    assert operations.note_typing(token="made up", at=at(ON), **note) is None
    operations.note_typing(token=opened, at=at(ON).replace(minute=2), **note)
    row = operations.note_typing(token=opened, at=at(ON).replace(hour=9), **note)
    assert (row.forms, row.fields, row.seconds) == (2, 6, 120 + 1800)
    march = measures.month(2026, 3)
    assert measures.compute("plan_tasks.typing_hours", ["zjj"], [march]).at("zjj", march).value == Decimal("0.53")
    assert {field.name for field in TypingDay._meta.fields} == {"id", "unit", "day", "forms", "fields", "seconds"}


@pytest.mark.usefixtures("committed_db")
def test_two_people_who_file_at_once_file_once(tmp_path):
    publish(tmp_path)
    desk = Desk()
    edition = desk.draft()
    done = at_once(*[lambda: desk.file(edition, expected_version=edition.version)] * 2)
    assert sorted(type(each).__name__ for each in done) == ["Filing", "Refusal"]
    assert Filing.objects.filter(edition=edition).count() == 1

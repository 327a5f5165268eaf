"""The county's own notice goes in without one error, and every unit that owes something owes it."""

from collections import Counter

import pytest
import yaml
from django.conf import settings

from yingshang.kernel import org, work
from yingshang.oversight.plan_tasks import queries
from yingshang.oversight.plan_tasks.models import Assignment, Duty, Reading
from yingshang.site.commands.mission import all_rows
from yingshang.site.county import load_county

pytestmark = pytest.mark.mission("main")


@pytest.fixture
def edition(mulan):
    return queries.edition_in_force("mulan-2019-1")


def test_the_notice_of_mulan_is_published_with_its_39_tasks(edition):
    assert edition.document_no == "木环组发〔2019〕1号"
    assert str(edition.issue_date) == "2019-07-16"
    assert edition.sections.count() == 7
    assert edition.tasks.count() == 39


def test_every_unit_of_mulan_is_resolved_but_the_one_that_does_not_exist(edition):
    unresolved = Assignment.objects.filter(task__edition=edition, unit=None, group=None)
    assert {each.printed for each in unresolved} == {"县银监会"}


def test_every_unit_that_owes_something_has_its_first_obligation(edition):
    townships = org.members_on("xzzf", edition.published_on)
    assert len(townships) == 8
    once = {"plan_tasks.sign_for": 1, "plan_tasks.file_yearly_plan": 1}
    for unit in townships:
        kinds = Counter(work.obligations_of(unit).values_list("kind", flat=True))
        assert kinds == {"plan_tasks.file_sub_plan": 36} | once
    leads = {each.unit for each in Assignment.objects.filter(task__edition=edition, role="lead")}
    for unit in leads:
        assert Duty.objects.filter(unit=unit, role="lead", obligation__state="open").exists()


def test_the_lead_owes_the_naming_of_the_units_concerned(edition):
    naming = Duty.objects.filter(obligation__kind="plan_tasks.name_units").values_list("task__place", flat=True)
    assert set(naming) == {15, 16, 17, 18, 20, 26, 32}


def test_loading_the_county_again_publishes_nothing_twice(edition):
    before = work.Obligation.objects.count()
    load_county("mulan")
    assert work.Obligation.objects.count() == before
    assert Reading.objects.count() == 1


@pytest.mark.mission("main-b")
def test_the_notice_is_delivered_to_every_unit_with_a_task_and_to_those_its_head_names(edition):
    delivered = {each.unit.code: each.reason for each in queries.deliveries_of(edition)}
    assert set(Duty.objects.filter(task__edition=edition).values_list("unit__code", flat=True)) <= set(delivered)
    assert len(delivered) == queries.signed_of(edition).unsigned
    assert queries.addressees_on(edition, edition.published_on).unnamed == [
        "县委、县政府各有关部门",
        "中省直各有关单位",
    ]


@pytest.mark.mission("2d")
def test_the_notice_orders_61_things_to_be_set_up_in_30_tasks_and_each_stands_in_its_words(edition):
    rows = list(queries.deliverables_of("mulan-2019-1"))
    assert len(rows) == 61
    assert len({row.task_number for row in rows}) == 30
    tasks = {task.place: task for task in edition.tasks.all()}
    for row in rows:
        assert edition.reading.text[row.start : row.end] == row.words
        assert tasks[row.task_place].start <= row.start < row.end <= tasks[row.task_place].end
        assert row.words in tasks[row.task_place].text
    owed = [row for row in rows if row.obligation and row.obligation.state == "open"]
    assert len(owed) == 61
    assert {row.obligation.due_date for row in owed} == {None}  # the notice names no date: gray


@pytest.mark.mission("2d")
def test_every_thing_to_set_up_names_rows_of_the_mission_map_that_its_package_serves():
    served = {row.id: row.packages for row in all_rows()}
    for county in ("mulan", "example"):
        file = settings.YS_COUNTIES_DIR / county / "plan" / "deliverables.yaml"
        for row in yaml.safe_load(file.read_text(encoding="utf-8"))["deliverables"]:
            assert any(row["capability"] in served[each] for each in row["rows"]), row["title"]

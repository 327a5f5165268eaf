"""The register of what the plan orders to set up: suggested, confirmed, issued, and whether anything ever ran."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from yingshang.kernel import ledger, measures, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.measures import month
from yingshang.kernel.parties import SYSTEM
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import Deliverable, Enactment
from yingshang.oversight.plan_tasks.rules import Known, standing_on

pytestmark = pytest.mark.mission("2d")

PLAN = "example-2026-1"
ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
RUN = "clock.calendar_published"
PDF = b"%PDF-1.4\n%%EOF\n"
IN_FORCE = {"is_confirmed": True, "is_issued": True, "in_force_on": date(2026, 3, 2), "idle_until": date(2026, 5, 31)}


@pytest.mark.parametrize(
    ("known", "on", "state", "color"),
    [
        ({"is_confirmed": False}, ON, "suggested", "gray"),
        ({"is_confirmed": True, "duty_color": "red"}, ON, "to_make", "red"),
        (IN_FORCE, date(2026, 3, 1), "issued", "green"),
        (IN_FORCE, date(2026, 3, 2), "in_force", "yellow"),
        (IN_FORCE, date(2026, 5, 31), "in_force", "yellow"),  # the last day on which it may be silent
        (IN_FORCE, date(2026, 6, 1), "in_force", "red"),  # issued, and nothing ever ran through it
        (IN_FORCE | {"last_run_on": date(2026, 3, 1)}, date(2026, 6, 1), "in_force", "red"),  # ran before only
        (IN_FORCE | {"last_run_on": date(2026, 3, 2)}, date(2026, 6, 1), "running", "green"),
        (IN_FORCE | {"is_connected": False}, date(2026, 6, 1), "in_force", "gray"),
        (IN_FORCE | {"idle_until": None}, date(2030, 1, 1), "in_force", "yellow"),
        (IN_FORCE | {"is_stopped": True}, date(2026, 6, 1), "stopped", "gray"),
    ],
)
def test_the_lamp_of_a_thing_to_set_up(known, on, state, color):
    found = standing_on(Known(**known), on)
    assert (found.state, found.color) == (state, color)


@pytest.fixture
def third(example_county):
    """The third row of the example county's register, of 县市场监管局; here published calendars show it at work."""
    Deliverable.objects.filter(plan__code=PLAN, number=3).update(capability="clock", runs=[RUN])
    return Deliverable.objects.get(plan__code=PLAN, number=3)


def row_of(number, on=ON):
    return queries.deliverable_rows([queries.deliverable(PLAN, number)], on)[0]


def issue(row, by, **more):
    parts = {
        "stream": io.BytesIO(PDF),
        "name": "办法.pdf",
        "media_type": "application/pdf",
        "document_no": "示市监发〔2026〕9号",
        "issued_on": date(2026, 7, 1),
        "in_force_on": date(2026, 7, 10),
        "is_public": False,
    }
    return operations.issue_deliverable(deliverable_id=row.pk, by=by, on=ON, at=AT, **(parts | more))


def refused(code, deed):
    def everything():
        return ledger.Entry.objects.count(), Enactment.objects.count(), work.Obligation.objects.count()

    before = everything()
    with pytest.raises(Refusal) as refusal:
        deed()
    assert refusal.value.code == code
    assert everything() == before


def test_the_example_county_loads_its_register_as_a_person_confirmed_it(third):
    rows = queries.deliverable_rows(queries.deliverables_of(PLAN), ON)
    owed = [(row.number, row.owner_code, row.state, row.due_date) for row in rows]
    assert owed == [
        (1, "ysj", "待制定", date(2026, 6, 30)),
        (2, "fgj", "待制定", None),
        (3, "scjgj", "待制定", None),
    ]
    assert (third.obligation.kind, third.obligation.origin) == ("plan_tasks.set_up", "plan:example-2026-1:3")
    text = queries.edition_in_force(PLAN).reading.text
    assert [text[row.start : row.end] == row.words for row in queries.deliverables_of(PLAN)] == [True] * 3


def test_the_owner_hands_in_the_document_and_silence_turns_red(third, wang_min, li_qiang):
    refused("plan_tasks.not_the_owner", lambda: issue(third, li_qiang))
    refused("plan_tasks.in_force_before_issue", lambda: issue(third, wang_min, in_force_on=date(2026, 6, 30)))
    refused("plan_tasks.issued_in_the_future", lambda: issue(third, wang_min, issued_on=date(2026, 11, 3)))
    refused("plan_tasks.document_no_missing", lambda: issue(third, wang_min, document_no=" "))
    issue(third, wang_min, is_public=True)
    third.refresh_from_db()
    assert third.obligation.state == work.Obligation.State.FULFILLED
    assert [(row_of(3, day).state, row_of(3, day).lamp) for day in (date(2026, 7, 5), date(2026, 10, 8), ON)] == [
        ("已印发", "green"),
        ("已施行", "yellow"),
        ("已施行", "red"),
    ]
    (cell,) = queries.set_up_rate(["scjgj"], [month(2026, 12)])
    assert cell.value == measures.Rate(1, 1)


def test_one_record_of_its_package_since_that_day_makes_it_green(third, wang_min):
    issue(third, wang_min)
    ledger.Entry.objects.create(kind=RUN, subject="test", at=AT, actor="system", content=b"{}", is_strict=False)
    row = row_of(3)
    assert (row.state, row.lamp, row.last_run_on) == ("运行中", "green", ON)
    assert queries.runs_since(queries.kinds_of(third), row.in_force_on) == 1


def test_what_is_not_installed_is_not_connected_and_never_red(wang_min, zhou):
    Deliverable.objects.filter(plan__code=PLAN, number=2).update(capability="nowhere_installed")
    second = Deliverable.objects.get(plan__code=PLAN, number=2)
    operations.assign_deliverable(
        deliverable_id=second.pk, owner_code="scjgj", due_date=date(2026, 12, 31), by=zhou, on=ON, at=AT
    )
    second.refresh_from_db()
    assert (second.obligation.unit.code, second.obligation.due_date) == ("scjgj", date(2026, 12, 31))
    issue(second, wang_min)
    row = row_of(2)
    assert (row.is_connected, row.lamp, row.standing.why[:3]) == (False, "gray", "未接入")


def test_a_later_document_replaces_the_earlier_and_a_stop_ends_it(third, wang_min):
    refused("plan_tasks.not_issued", lambda: stop(third, wang_min))
    issue(third, wang_min)
    issue(third, wang_min, document_no="示市监发〔2026〕12号", issued_on=ON, in_force_on=ON)
    assert (row_of(3).document_no, row_of(3).in_force_on) == ("示市监发〔2026〕12号", ON)
    refused("plan_tasks.reason_missing", lambda: stop(third, wang_min, reason=" "))
    stop(third, wang_min)
    assert row_of(3).state == "已停用"
    assert Enactment.objects.filter(deliverable=third).count() == 3
    refused("plan_tasks.not_issued", lambda: stop(third, wang_min))


def stop(row, by, reason="上级规定改变"):
    return operations.stop_deliverable(deliverable_id=row.pk, reason=reason, stopped_on=ON, by=by, at=AT)


class TestSuggestions:
    @pytest.fixture
    def suggestion(self, third):
        return Deliverable.objects.create(
            plan=third.plan,
            number=4,
            task_place=2,
            task_number="2",
            words="按规定及时清退保证金",
            start=1,
            end=11,
            title="保证金清退办法",
            kind="rule",
            capability="fees",
            suggested_at=AT,
            suggested_by=SYSTEM.person,
        )

    def confirm(self, numbers, by):
        return operations.confirm_deliverables(plan_code=PLAN, numbers=numbers, by=by, on=ON, at=AT)

    def test_a_confirmed_suggestion_is_owed_by_the_lead_of_its_task(self, suggestion, zhou, li_qiang):
        refused("plan_tasks.not_your_post", lambda: self.confirm([4], li_qiang))
        refused("plan_tasks.nothing_to_confirm", lambda: self.confirm([1, 99], zhou))
        refused("plan_tasks.not_the_owner", lambda: issue(suggestion, li_qiang))
        (confirmed,) = self.confirm([4, 1], zhou)
        assert (confirmed.owner.code, confirmed.obligation.state, confirmed.obligation.due_date) == (
            "fgj",
            "open",
            None,
        )
        refused("plan_tasks.confirmed_already", lambda: self.decline(suggestion, zhou))

    def test_a_declined_one_leaves_the_register_and_its_reason_stays(self, suggestion, zhou):
        refused("plan_tasks.reason_missing", lambda: self.decline(suggestion, zhou, " "))
        self.decline(suggestion, zhou)
        assert [row.number for row in queries.deliverables_of(PLAN)] == [1, 2, 3]
        assert queries.deliverable(PLAN, 4).decline_reason == "不是制度"

    def decline(self, row, by, reason="不是制度"):
        return operations.decline_deliverable(deliverable_id=row.pk, reason=reason, by=by, at=AT)

    def test_who_is_closed_or_too_late_gets_nothing_assigned(self, suggestion, zhou):
        def assign(owner, due=None):
            return operations.assign_deliverable(
                deliverable_id=suggestion.pk, owner_code=owner, due_date=due, by=zhou, on=ON, at=AT
            )

        refused("plan_tasks.owner_closed", lambda: assign("wqb"))
        refused("plan_tasks.due_before_today", lambda: assign("fgj", date(2026, 11, 1)))
        with pytest.raises(NotFound):
            assign("nobody")

    def test_the_pages_of_the_bureau(self, suggestion, log_in):
        client = log_in("zhou")
        assert "配套制度待确认" in client.get("/workbench/").content.decode()
        page = client.get(f"/plans/{PLAN}/deliverables/suggestions/").content.decode()
        assert "按规定及时清退保证金" in page
        done = client.post(f"/plans/{PLAN}/deliverables/suggestions/", {"numbers": ["4"]}, follow=True)
        assert "已确认1项" in done.content.decode()
        head = "方案代号,序号,承担单位,制定期限\n"
        sheet = SimpleUploadedFile("台账.csv", f"{head}{PLAN},4,县财政局,2026-13-01\n".encode())
        answer = client.post("/workbench/deliverables/import/", {"sheet": sheet})
        assert answer.status_code == 422
        sheet = SimpleUploadedFile("台账.csv", f"{head}{PLAN},4,县住建局,2099-12-31\n{PLAN},2,县发改局,\n".encode())
        answer = client.post("/workbench/deliverables/import/", {"sheet": sheet})
        assert Deliverable.objects.get(plan__code=PLAN, number=4).owner.code == "fgj"  # looked at, nothing stored
        client.post(f"{answer.url}confirm/")
        assert Deliverable.objects.get(plan__code=PLAN, number=4).obligation.unit == org.unit("zjj")


def test_the_owner_registers_on_the_page_and_everybody_opens_the_public_document(third, log_in, client):
    official = log_in("wang_min")
    address = f"/plans/{PLAN}/deliverables/3/"
    assert address in official.get("/workbench/units/scjgj/").content.decode()
    form = {"document_no": "示市监发〔2026〕9号", "issued_on": "2026-03-02", "in_force_on": "2026-03-05"}
    assert "请选择文件" in official.post(f"{address}issue/", form).content.decode()
    file = SimpleUploadedFile("办法.pdf", PDF, content_type="application/pdf")
    page = official.post(f"{address}issue/", form | {"is_public": "on", "file": file}, follow=True).content.decode()
    assert "已登记印发" in page
    assert "从未运行过" in page
    sheet = official.get(f"/plans/{PLAN}/deliverables/?lamp=red&format=xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert "双随机抽查办法" in {row[2] for row in rows}
    client.logout()
    listed = client.get(f"/plans/{PLAN}/deliverables/").content.decode()
    assert "双随机抽查办法" in listed
    assert "办事指南汇编" not in listed
    assert b"".join(client.get(row_of(3).document_href).streaming_content) == PDF
    assert client.get(f"/plans/{PLAN}/deliverables/1/").status_code == 404


def test_the_register_costs_the_same_for_every_number_of_rows(third, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        assert len(queries.deliverable_rows(queries.deliverables_of(PLAN), ON)) == 3

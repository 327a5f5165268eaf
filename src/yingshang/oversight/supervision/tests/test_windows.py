"""Windows that look at themselves, and units that name their own problems."""

import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from yingshang.kernel import clock, documents, ledger, measures, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.testing import actor_of
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import ProblemList, SelfCheck, SelfCheckItem

pytestmark = pytest.mark.mission("33b", "33c")

AT = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)  # Monday of week 14
TODAY = date(2026, 3, 30)
WEEK, HALF = "2026-W14", "2026H1"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path


@pytest.fixture
def opened(example_county):
    operations.open_periods(on=TODAY, at=AT)


@pytest.fixture
def han(example_county):
    return actor_of("han", unit="scjgj")


def everything():
    duties = list(work.Obligation.objects.order_by("pk").values("pk", "state"))
    return (ledger.Entry.objects.count(), SelfCheck.objects.count(), ProblemList.objects.count(), duties)


def refused(code, deed, error=Refusal):
    before = everything()
    with pytest.raises(error) as raised:
        deed()
    if code:
        assert raised.value.code == code
    assert everything() == before


def problem(**changed):
    given = {"what": "窗口排队久", "area": "windows", "cause": "人手少", "measure": "加一个窗口"}
    return operations.Problem(**{**given, "due_date": date(2026, 6, 30), **changed})


def test_each_window_owes_a_sheet_a_week_and_opening_twice_opens_once(opened):
    sheets = work.Obligation.objects.filter(kind="supervision.fill_self_check", origin="self-check:2026-W14")
    assert sorted(sheets.values_list("unit__code", flat=True)) == ["dhz", "scjgj", "sfj"]
    assert set(sheets.values_list("due_date", flat=True)) == {date(2026, 4, 5)}  # the Sunday
    assert operations.open_periods(on=date(2026, 4, 2), at=AT) == 0
    assert operations.open_periods(on=date(2026, 4, 6), at=AT) == 3
    listing = work.Obligation.objects.filter(kind="supervision.file_problem_list")
    assert not listing.filter(unit__counts_only=True).exists()


def test_a_clerk_fills_the_sheet_and_puts_right_what_was_wrong(opened, han, zhou, li_qiang):
    photo = (io.BytesIO(b"\xff\xd8\xff\xe0"), "a.jpg", "image/jpeg")
    filled = operations.fill_self_check(period=WEEK, wrong={"guide": "指南少两页"}, photos=[photo], by=han, at=AT)
    assert filled.duty.unit.code == "scjgj"
    assert filled.items.filter(in_order=True).count() == 6
    assert len(documents.documents_of(queries.self_check_subject(filled), zhou)) == 1
    assert documents.documents_of(queries.self_check_subject(filled), li_qiang) == []
    rows = {row.unit.code: row for row in queries.self_checks_of(WEEK, TODAY)}
    assert (rows["scjgj"].wrong, rows["scjgj"].unfixed, rows["scjgj"].lamp) == (1, 1, None)
    assert rows["sfj"].lamp is not None
    item = SelfCheckItem.objects.get(in_order=False)
    refused(
        "supervision.not_your_unit", lambda: operations.fix_item(item_id=item.pk, on=TODAY, how="x", by=li_qiang, at=AT)
    )
    fix = {"item_id": item.pk, "how": "补齐了", "by": han, "at": AT}
    refused("supervision.fixed_in_the_future", lambda: operations.fix_item(on=date(2026, 3, 31), **fix))
    assert operations.fix_item(on=TODAY, **fix).fixed_on == TODAY
    refused("supervision.nothing_to_fix", lambda: operations.fix_item(on=TODAY, **fix))


@pytest.mark.parametrize(
    ("code", "wrong"), [("supervision.item_unknown", {"roof": "漏"}), ("supervision.reason_missing", {"guide": " "})]
)
def test_a_sheet_that_does_not_fit_is_refused(opened, han, code, wrong):
    refused(code, lambda: operations.fill_self_check(period=WEEK, wrong=wrong, by=han, at=AT))


def test_a_sheet_is_filled_once_and_by_those_who_owe_it(opened, han, sun, zhou):
    refused("supervision.not_your_post", lambda: operations.fill_self_check(period=WEEK, wrong={}, by=sun, at=AT))
    refused("", lambda: operations.fill_self_check(period=WEEK, wrong={}, by=zhou, at=AT), NotFound)
    operations.fill_self_check(period=WEEK, wrong={}, by=han, at=AT)
    refused("supervision.self_check_filled", lambda: operations.fill_self_check(period=WEEK, wrong={}, by=han, at=AT))


@pytest.mark.parametrize(
    ("code", "problems"),
    [
        ("supervision.problems_missing", []),
        ("supervision.area_unknown", [problem(area="weather")]),
        ("supervision.reason_missing", [problem(cause=" ")]),
        ("supervision.day_is_past", [problem(due_date=date(2026, 3, 29))]),
    ],
)
def test_a_list_names_problems_with_cause_measure_and_day(opened, wang_min, code, problems):
    refused(code, lambda: operations.file_problem_list(period=HALF, problems=problems, by=wang_min, at=AT))


def test_what_a_unit_names_stands_beside_what_the_records_say(opened, wang_min, han, django_assert_max_num_queries):
    operations.file_problem_list(
        period=HALF, problems=[problem(), problem(area="charges", what="收费公示不清")], by=wang_min, at=AT
    )
    refused(
        "supervision.problem_list_filed",
        lambda: operations.file_problem_list(period=HALF, problems=[problem()], by=wang_min, at=AT),
    )
    operations.fill_self_check(period=WEEK, wrong={"guide": "少两页"}, by=han, at=AT)
    work.owe(kind="plan_tasks.carry_out", title="完成任务", unit="scjgj", due_date=date(2026, 3, 2), by=wang_min, at=AT)
    with django_assert_max_num_queries(10):
        rows = queries.comparison(org.unit("scjgj"), HALF, date(2026, 1, 1), TODAY)
    verdicts = {row.area: row.verdict for row in rows}
    assert (verdicts["plan"], verdicts["windows"], verdicts["charges"]) == ("seen_only", "both", "named_only")
    plan = next(row for row in rows if row.area == "plan")
    assert {each.sort: each.count for each in plan.seen}["已经超期的应办事项"] == 1


def test_measures_count_what_was_due_in_the_period(opened, han):
    operations.fill_self_check(period=WEEK, wrong={}, by=han, at=AT)
    april = measures.month(2026, 4)
    table = measures.compute("supervision.self_check_rate", ["scjgj", "sfj"], [april])
    assert (table.at("scjgj", april).value, table.at("sfj", april).value) == (measures.Rate(1, 1), measures.Rate(0, 1))
    for name in ("supervision.findings_rectified_rate", "supervision.reports_confirmed_rate"):
        assert measures.compute(name, ["scjgj"], [april]).at("scjgj", april).value == measures.Rate(0, 0)


class TestPages:
    """What a clerk, a unit and the bureau see."""

    @pytest.fixture
    def face(self, example_county):
        operations.open_periods(on=clock.today(), at=clock.now())

        def choose(key: str) -> Client:
            client = Client()
            client.post(f"/demo/{org.demo_pseudonym(key)}/")
            return client

        return choose

    def test_a_clerk_fills_the_sheet_from_the_workbench(self, face):
        clerk = face("han")
        assert "窗口自查表" in clerk.get("/workbench/").content.decode()
        board = clerk.get("/workbench/self-checks/").content.decode()
        address = board.split('class="govuk-button" href="')[1].split('"')[0]
        assert "办事指南摆放齐全" in clerk.get(address).content.decode()
        filled = clerk.post(address, {"wrong_guide": "指南少两页"}, follow=True).content.decode()
        assert "登记整改" in filled
        item = SelfCheckItem.objects.get(in_order=False)
        fix = f"/workbench/self-checks/items/{item.pk}/fix/"
        assert (
            "已整改" in clerk.post(fix, {"on": clock.today().isoformat(), "how": "补齐"}, follow=True).content.decode()
        )
        sheet = f"/workbench/self-checks/sheets/{item.sheet_id}/"
        assert face("li_qiang").get(sheet).status_code == 404
        assert "县司法局" in face("zhou").get("/workbench/self-checks/").content.decode()
        assert "县司法局" not in face("wang_min").get("/workbench/self-checks/").content.decode().split("<main")[1]

    def test_a_unit_files_its_list_and_the_bureau_compares(self, face):
        unit, bureau = face("wang_min"), face("zhou")
        page = unit.get("/workbench/problem-lists/", follow=True).content.decode()
        assert "报送清单" in page
        half = {"p1-what": "排队久", "p1-area": "windows", "p1-cause": "人手少"}
        asked = unit.post("/workbench/problem-lists/file/", half)
        assert asked.status_code == 422
        assert "请填写措施" in asked.content.decode()
        whole = half | {"p1-measure": "加窗口", "p1-due_date": clock.today().replace(month=12, day=31).isoformat()}
        filed = unit.post("/workbench/problem-lists/file/", whole, follow=True).content.decode()
        assert "单位列了，记录里没有" in filed
        assert "排队久" in bureau.get("/workbench/problem-lists/units/scjgj/").content.decode()
        assert face("li_qiang").get("/workbench/problem-lists/units/scjgj/").status_code == 404
        assert "还没有报" in bureau.get("/workbench/problem-lists/").content.decode()
        for address in ("/workbench/problem-lists/?format=xlsx", "/workbench/problem-lists/units/scjgj/?format=xlsx"):
            assert bureau.get(address)["Content-Type"].startswith("application/vnd.openxml")

"""What people see, and that every number is as long as the list behind it."""

import io
import re
from datetime import date, timedelta

import pytest
from python_calamine import CalamineWorkbook

from yingshang.kernel import clock, ledger, org, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.dashboards import operations, queries
from yingshang.oversight.dashboards.models import Call
from yingshang.oversight.dashboards.rules import Slice, Tense, headline_of
from yingshang.oversight.dashboards.tests.factories import a_busy_county, at, owed

COCKPIT = "/workbench/cockpit/"
NUMBER = re.compile(
    r'<a class="([^"]*)" href="(/workbench/cockpit/duties/[^"]*)"[^>]*>(?:<span[^>]*>.</span>)?(?:办结)?(\d+)'
)


TODAY = date(2026, 4, 15)  # a Wednesday; the duties of the example county's own plan are not late yet


@pytest.fixture(autouse=True)
def spring(example_county):
    with clock.shifted(at(TODAY, 10) - clock.now()):
        yield


@pytest.fixture
def busy(spring):
    a_busy_county(TODAY)


@pytest.fixture
def log_in(client):
    def choose(key: str):
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.mission("main")
def test_every_number_of_the_cockpit_is_as_long_as_the_list_behind_it(busy, log_in):
    leader = log_in("tang")
    page = text_of(leader.get(COCKPIT))
    numbers = {(address.replace("&amp;", "&"), int(count)) for _, address, count in NUMBER.findall(page)}
    assert len(numbers) > 15
    for address, count in numbers:
        assert f"共{count}件" in text_of(leader.get(address)), address


def test_the_leader_sees_the_worst_first_with_shapes_words_and_a_sentence(busy, log_in):
    page = text_of(log_in("tang").get(COCKPIT))
    assert "最久的已迟40天：县市场监管局“报送办事指南目录”" in page
    rows = re.findall(r'<tr><th scope="row"><a[^>]*>([^<]+)</a>', page)
    assert rows[0] == "县市场监管局"
    assert "■" in page
    assert 'aria-label="县市场监管局，一、优化政务服务：超期1件' in page
    court = page[page.index("只收数量和状态的单位") :]
    assert "县法院" in court
    assert "县法院" not in rows
    assert "有事项过了期限" in court


def test_the_cockpit_costs_the_same_statements_whatever_it_shows(busy, zhou, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        picture = queries.picture(zhou, TODAY)
        queries.counted_units(picture.seen.units.values(), TODAY)


def test_a_matter_past_a_limit_is_counted_once_and_said_on_top(busy, log_in, zhou):
    begun = TODAY - timedelta(days=30)
    for title, unit, days_late in (("甲件", "scjgj", 9), ("乙件", "scjgj", -3), ("丙件", "sfj", -1), ("丁件", "fy", 5)):
        dossier = work.open_dossier(kind="cases.case", title=title, lead_unit=unit, by=SYSTEM, at=at(begun))
        for limit in ("受理", "办结"):
            due = TODAY - timedelta(days=days_late)
            work.owe(kind="work.duty", title=limit, unit=unit, dossier=dossier, due_date=due, by=SYSTEM, at=at(begun))
    assert [(row.name, row.open, row.late, row.days_late) for row in queries.running(zhou, TODAY)] == [
        ("县市场监管局", 2, 1, 9),
        ("县司法局", 1, 0, 0),
    ]
    page = text_of(log_in("tang").get(COCKPIT))
    assert "另有1件办件过了时限，最久的已迟9天（县市场监管局）。" in page
    assert "甲件" not in page


def test_the_order_and_the_filters_of_the_cockpit(busy, log_in):
    leader = log_in("tang")
    listed = re.findall(r'<tr><th scope="row"><a[^>]*>([^<]+)</a>', text_of(leader.get(f"{COCKPIT}?sort=unit")))
    assert listed == [unit.short_name for unit in org.Unit.objects.filter(short_name__in=listed).order_by("path")]
    only = text_of(leader.get(f"{COCKPIT}?kind=township"))
    assert "东湖镇政府" in only
    assert "县市场监管局</a></th>" not in only
    book = leader.get(f"{COCKPIT}?format=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["县市场监管局", "■ 超期", 3]


def test_the_numbers_on_top_are_the_slices_they_lead_to(busy, zhou):
    seen = queries.read(zhou, TODAY)
    head = headline_of(seen.duties, seen.months[-1], seen.months[-2])
    this, before = (f"{month:%Y-%m}" for month in (seen.months[-1], seen.months[-2]))
    slices = {
        "open": Slice(), "red": Slice(lamp="red"), "yellow": Slice(lamp="yellow"),
        "open_before": Slice(month=before), "red_before": Slice(month=before, lamp="red"),
        "yellow_before": Slice(month=before, lamp="yellow"),
        "done": Slice(month=this, tense=Tense.DONE), "done_before": Slice(month=before, tense=Tense.DONE),
        "on_time": Slice(month=this, tense=Tense.ON_TIME), "on_time_before": Slice(month=before, tense=Tense.ON_TIME),
    }  # fmt: skip
    assert {name: len(each.of(seen.duties)) for name, each in slices.items()} == {
        name: getattr(head, name) for name in slices
    }
    assert not any(seen.units[duty.unit].counts_only for duty in seen.duties)


def test_one_duty_says_which_sentence_is_behind_it_and_why_its_lamp_burns(busy, log_in):
    leader = log_in("tang")
    late = next(
        row for row in text_of(leader.get(f"{COCKPIT}duties/?lamp=red")).split("<tr>") if "报送办事指南目录" in row
    )
    page = text_of(leader.get(re.search(r'href="([^"]+)"', late)[1]))
    assert "编制办事指南，在政务大厅和网上同时发布" in page
    assert "超过10天亮红灯" in page
    assert "首次超期" in page
    assert "查看数据表" in page


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("wang_min", COCKPIT, 409),
        ("wu", COCKPIT, 409),
        ("wang_min", "/workbench/calls/", 409),
        ("tang", "/workbench/calls/", 409),
        ("zhou", "/workbench/calls/", 200),
        ("tang", "/workbench/unit/scjgj/", 200),
        ("wang_min", "/workbench/unit/scjgj/", 200),
        ("wang_min", "/workbench/unit/sfj/", 404),
        ("tang", "/workbench/unit/fy/", 404),
        ("wang_min", f"{COCKPIT}duties/", 409),
        ("wang_min", f"{COCKPIT}duties/?unit=scjgj", 200),
        ("tang", f"{COCKPIT}duties/?unit=fy", 409),
        ("wu", "/workbench/unit/scjgj/", 404),
    ],
)
def test_each_page_is_for_those_it_is_for(example_county, log_in, who, address, status):
    assert log_in(who).get(address).status_code == status


def test_the_monday_page_says_whom_to_call_why_and_what_was_said_last(busy, log_in, zhou):
    bureau = log_in("zhou")
    page = text_of(bureau.get("/workbench/calls/"))
    assert "县市场监管局</a>：红灯3件，最久的已迟40天" in page
    assert "主要负责人　卫国（演示）" in page
    assert "编制办事指南" in page
    assert "平台上没有记录" in page
    answer = bureau.post(
        "/workbench/calls/scjgj/", {"answer": "材料已备齐，周四报送。", "promised_on": ""}, follow=True
    )
    assert "县市场监管局</a>：红灯3件" not in text_of(answer)  # called today: left alone for three days
    assert Call.objects.get().answer == "材料已备齐，周四报送。"
    assert ledger.Entry.objects.filter(kind="dashboards.call_noted").count() == 1


@pytest.mark.parametrize(
    ("who", "parts", "code"),
    [
        ("zhou", {"answer": " "}, "dashboards.answer_missing"),
        ("zhou", {"promised_on": TODAY - timedelta(days=1)}, "dashboards.promised_in_the_past"),
        ("zhou", {"unit_code": "fy"}, "dashboards.not_to_be_called"),
        ("wang_min", {}, "dashboards.not_your_post"),
    ],
)
def test_a_call_that_cannot_be_noted_is_not(who, parts, code, request):
    actor = request.getfixturevalue(who)
    before = ledger.Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        operations.note_call(**({"unit_code": "scjgj", "answer": "好", "by": actor, "at": clock.now()} | parts))
    assert refused.value.code == code
    assert (Call.objects.count(), ledger.Entry.objects.count()) == (0, before)


def test_a_unit_sees_what_is_due_first_and_compares_itself_with_itself_only(busy, log_in):
    page = text_of(log_in("wang_min").get("/workbench/unit/", follow=True))
    assert page.index("报送办事指南目录") < page.index("公示抽查结果")
    assert "答复合法性审核意见" not in page
    assert "和自己比" in page
    assert "查看数据表" in page


def test_a_court_sees_its_own_duties_without_a_lamp(busy):
    court = org.unit("fy")
    clerk = Actor(person="clerk", name="书记员", unit="fy")
    seen = queries.read_unit(clerk, court, TODAY)
    late = next(duty for duty in seen.duties if duty.title == "报送涉企案件数量")
    assert (late.lamp, {month.color for month in late.months}) == ("gray", {""})
    assert Slice(unit="fy", month="2026-03").holds(late)
    assert not Slice(unit="fy", month="2026-03", lamp="red", tense=Tense.LIT).holds(late)


def test_everybody_sees_how_far_the_plan_is_in_plain_words_and_nobody_by_name(busy, client):
    page = text_of(client.get("/progress/"))
    assert "一、优化政务服务" in page
    assert "过了期限还没办完" in page
    for secret in ("县市场监管局</a>", "报送办事指南目录", "王敏", "县法院"):
        assert secret not in page
    sheet = client.get("/progress/?format=csv")
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("section,task_no,sentence,state")
    assert len(lines) == 1 + page.count("ml-entries__entry")


def test_a_court_that_is_late_does_not_show_in_public(example_county, client):
    before = [(task.number, task.late) for part in queries.progress(clock.today()) for task in part.tasks]
    today = clock.today()
    owed(
        "fy",
        "报送数据",
        opened=today - timedelta(days=60),
        due=today - timedelta(days=9),
        origin="plan:example-2026-1:4",
    )
    after = [(task.number, task.late) for part in queries.progress(today) for task in part.tasks]
    assert after == before
    assert at(today).date() == today

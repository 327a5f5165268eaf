"""County files with a fault are refused with file and line, and nothing of them is loaded."""

import shutil
from datetime import date

import pytest

from yingshang.kernel import clock
from yingshang.kernel.clock.county import read_limits
from yingshang.kernel.clock.models import Loading
from yingshang.kernel.parties import Actor
from yingshang.methods.county_files import DataProblem

GOOD = """schema: limits/1
limits:
  - code: PARK.OPEN
    title: 开放公园
    amount: 3
    unit: wd
    start_event: 降雪
    on_expiry: alarm
    source: null
    todo: 县里还没有规定
    effective: {from: 2026-01-01, to: null}
"""


@pytest.fixture
def counties(tmp_path, loaded):
    """A copy of the example county beside the national folder, and a way to write a limits file into it."""
    for name in ("_national", "example"):
        for part in ("limits", "calendars"):
            if (loaded / name / part).exists():
                shutil.copytree(loaded / name / part, tmp_path / "counties" / name / part)
        shutil.copy(loaded / name / "sources.yaml", tmp_path / "counties" / name)
    return tmp_path / "counties"


def write(counties, text):
    (counties / "example" / "limits" / "park.yaml").write_text(text, encoding="utf-8")
    return counties / "example"


def test_loading_again_changes_nothing(counties):
    loadings = Loading.objects.count()
    assert clock.load(counties / "example") == 0
    assert Loading.objects.count() == loadings


def test_a_new_limit_is_in_force_at_once_in_every_process(counties):
    clock.calendar()
    assert clock.load(write(counties, GOOD)) == 1
    assert clock.limit_on("PARK.OPEN", date(2026, 5, 1)).amount == 3


def test_a_note_may_change_and_an_edition_may_end(counties):
    clock.load(write(counties, GOOD))
    ended = GOOD.replace("to: null", "to: 2026-06-30").replace("todo: 县里还没有规定", "todo: 已请示")
    successor = GOOD[GOOD.index("  - code") :].replace("amount: 3", "amount: 5").replace("2026-01-01", "2026-07-01")
    assert clock.load(write(counties, ended + successor)) == 1
    assert clock.limit_on("PARK.OPEN", date(2026, 6, 30)).amount == 3
    assert clock.limit_on("PARK.OPEN", date(2026, 6, 30)).todo == "已请示"
    assert clock.limit_on("PARK.OPEN", date(2026, 7, 1)).amount == 5


@pytest.mark.parametrize(
    "edit",
    [("amount: 3", "amount: 4"), ("开放公园", "关闭公园"), ("on_expiry: alarm", "on_expiry: block"), ("降雪", "降雨")],
)
def test_a_published_edition_is_never_edited(counties, edit):
    clock.load(write(counties, GOOD))
    with pytest.raises(DataProblem) as problem:
        clock.load(write(counties, GOOD.replace(*edit)))
    assert str(problem.value).startswith("counties/example/limits/park.yaml:3\n  limits[0]: the edition of PARK.OPEN")
    assert clock.limit_on("PARK.OPEN", date(2026, 5, 1)).amount == 3


def test_an_ended_edition_is_not_opened_again(counties):
    clock.load(write(counties, GOOD.replace("to: null", "to: 2026-06-30")))
    with pytest.raises(DataProblem, match="published and says something else"):
        clock.load(write(counties, GOOD))


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ("on_expiry: alarm", "on_expiry: alarms", 8, "Did you mean alarm?"),
        ("unit: wd", "unit: w", 6, "“w” is not allowed here"),
        ("start_event: 降雪", "start_event: 降雪\n    starts: 降雪", 8, "“starts” is not a known key here"),
        ("start_event", "start", 3, "the key “start_event” is missing"),
        ("    amount: 3\n", "", 3, "every other one has an amount"),
        ("unit: wd", "unit: yearly", 3, "a yearly limit has month and day and no amount"),
        ("amount: 3", "amount: 3\n    minimum: 4", 3, "outside its own range"),
        ("    todo: 县里还没有规定\n", "", 3, "says in “todo” what has to be found"),
        (
            "source: null",
            "source: {text: park-law, article: 第一条, edition: 2020-01-01}",
            9,
            "“park-law” is not a known",
        ),
        (
            "source: null",
            "source: {text: licensing-law, article: 第一条, edition: 2003-08-27}",
            9,
            "2003-08-27 is no edition",
        ),
        ("to: null", "to: 2025-01-01", 11, "before it begins"),
        (
            "on_expiry: alarm",
            "on_expiry: alarm\n    extends: {limit: PARK.SHUT, times: 1, approval: 县长}",
            9,
            "PARK.SHUT",
        ),
        (
            "on_expiry: alarm",
            "on_expiry: alarm\n    extends: {limit: PEN.DECIDE, times: 1, approval: 县长}",
            9,
            "is not counted in the unit",
        ),
        ("PARK.OPEN", "LIC.DECIDE", 3, "two editions of LIC.DECIDE are in force on 2026-01-01"),
        ("2026-01-01", "2026-02-31", 11, "is not a value that YAML can read"),
        ("schema: limits/1", "schema: limits/2", 1, "limits/1"),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_is_loaded(counties, old, new, line, found):
    before = clock.Limit.objects.count()
    with pytest.raises(DataProblem) as problem:
        clock.load(write(counties, GOOD.replace(old, new)))
    assert found in str(problem.value)
    assert problem.value.line == line
    assert clock.Limit.objects.count() == before


def test_a_day_that_a_month_never_has_is_refused(counties):
    yearly = GOOD.replace("amount: 3", "month: 2\n    day: 30").replace("unit: wd", "unit: yearly")
    with pytest.raises(DataProblem, match="never has a day 30"):
        read_limits(write(counties, yearly))


def test_a_text_is_listed_once(counties):
    national = (counties / "_national" / "sources.yaml").read_text(encoding="utf-8")
    (counties / "example" / "sources.yaml").write_text(national, encoding="utf-8")
    with pytest.raises(DataProblem, match="already in another"):
        read_limits(counties / "example")


def test_a_published_calendar_is_never_edited(counties):
    path = counties / "_national" / "calendars" / "2026.yaml"
    text = path.read_text(encoding="utf-8").replace("  - 2026-10-10\n", "")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataProblem, match="write “edition: 2”"):
        clock.load(counties / "example")
    path.write_text(text.replace("year: 2026", "year: 2026\nedition: 2"), encoding="utf-8")
    assert clock.load(counties / "example") == 1
    assert not clock.calendar().is_working_day(date(2026, 10, 10))


def test_a_calendar_that_contradicts_itself_is_refused(counties):
    path = counties / "_national" / "calendars" / "2026.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  - 2026-10-01\n", encoding="utf-8")
    with pytest.raises(DataProblem, match="既列为放假"):
        clock.load(counties / "example")


def test_a_compared_notice_is_noted_without_a_new_edition(counties):
    path = counties / "_national" / "calendars" / "2026.yaml"
    text = path.read_text(encoding="utf-8").replace("confirmed: false", "confirmed: true")
    path.write_text("\n".join(line for line in text.split("\n") if "todo:" not in line), encoding="utf-8")
    assert clock.load(counties / "example") == 1
    year = clock.CalendarYear.objects.get(year=2026)
    assert (year.edition, year.is_confirmed, year.todo) == (1, True, "")


def test_a_file_leaves_alone_what_a_person_has_published(counties):
    holiday = {"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 3)}
    notice = {"year": 2027, "notices": [{"number": "国办发明电〔2026〕99号", "confirmed": True}], "make_up_days": []}
    keeper = Actor(person="p-zheng", name="郑", actions=frozenset({"clock.publish_calendar"}))
    clock.publish_calendar(notice={**notice, "days_off": [holiday]}, by=keeper, at=clock.now())
    text = (counties / "_national" / "calendars" / "2026.yaml").read_text(encoding="utf-8").replace("2026", "2027")
    weekends = "make_up_days: []"
    shipped = text[: text.index("make_up_days")] + weekends
    path = counties / "_national" / "calendars" / "2027.yaml"
    path.write_text(shipped, encoding="utf-8")
    assert clock.load(counties / "example") == 0
    path.write_text(shipped.replace("year: 2027", "year: 2027\nedition: 2"), encoding="utf-8")
    assert clock.load(counties / "example") == 1

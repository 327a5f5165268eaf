"""The pages of limits and calendars, and the way a year's notice comes in through them."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from yingshang.kernel import clock
from yingshang.kernel.clock import slots
from yingshang.kernel.clock.models import CalendarYear
from yingshang.kernel.parties import ANONYMOUS, Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

KEEPER = Actor(person="p-zheng", name="郑", actions=frozenset({"clock.publish_calendar"}))
PUBLIC = ["/law/limits/", "/law/limits/LIC.DECIDE/", "/law/unsourced/", "/law/calendar/", "/law/calendar/2020/"]


@pytest.fixture
def keeper(client, zheng):
    """A client of 郑, the system administrator, who publishes calendars."""
    client.post(f"/demo/{zheng.person}/")
    return client


@pytest.mark.parametrize("address", PUBLIC)
def test_anybody_may_read_the_rules(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/law/limits/NO.SUCH/", "/law/calendar/1999/", "/law/calendar/99999999999/"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_limit_shows_its_source_and_every_edition(client):
    page = client.get("/law/limits/").content.decode()
    assert "《行政许可法》第四十二条第一款" in page
    editions = client.get("/law/limits/FOOD.COMMITTED/").content.decode()
    assert "2024-01-01至2025-12-31有效" in editions
    assert "2026-01-01起有效" in editions


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("q=听证", "LIC.HEAR.HOLD", "REG.DECIDE"),
        ("q=hear", "PEN.HEAR.ASK", "REG.DECIDE"),
        ("q=第六十条", "PEN.DECIDE", "LIC.DECIDE"),
        ("own=yes", "CMP.REVIEW", "LIC.DECIDE"),
        ("own=no", "LIC.DECIDE", "CMP.REVIEW"),
        ("own=maybe", "LIC.DECIDE", "no such text"),
    ],
)
def test_the_list_of_limits_can_be_narrowed(client, query, inside, outside):
    page = client.get(f"/law/limits/?{query}").content.decode()
    assert inside in page
    assert outside not in page


def test_the_list_of_limits_goes_into_a_workbook(client):
    book = load_workbook(BytesIO(client.get("/law/limits/?format=xlsx&q=LIC.DECIDE").content))
    rows = list(book.active.values)
    assert [row[1] for row in rows[1:]] == ["LIC.DECIDE", "LIC.DECIDE.EXTENSION"]


@pytest.mark.parametrize(("address", "most"), [("/law/limits/", 6), ("/law/unsourced/", 32), ("/law/calendar/", 6)])
def test_pages_take_few_queries_whatever_the_size(client, address, most, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(most):  # other packages add rows to the page of weak sources
        client.get(address)


def test_what_has_no_source_or_was_never_compared_is_listed():
    rows = {row.title: row for row in slots.unsourced(ANONYMOUS, None)}
    assert rows["2026年"].source == "国办发明电〔2025〕7号"
    assert rows["列入经营异常名录（ABN.LIST，10个工作日）"].source == ""
    assert not any("LIC.DECIDE" in title for title in rows)


def workbook(*rows):
    book = Workbook()
    book.active.append(["日期", "休/班", "通知文号"])
    for row in rows:
        book.active.append([*row, "国办发明电〔2026〕99号"])
    content = BytesIO()
    book.save(content)
    content.seek(0)
    content.name = "2027.xlsx"
    return content


def test_a_notice_is_uploaded_looked_at_and_published(keeper):
    sheet = workbook((date(2027, 1, 1), "休"), (date(2027, 1, 4), "休"), (date(2027, 1, 9), "班"))
    page = keeper.post("/law/calendar/import/", {"file": sheet, "compared": "on"})
    assert "2027年工作日历，第1版" in page.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()
    notice = page.context["form"].initial["notice"]
    done = keeper.post("/law/calendar/publish/", {"notice": notice}, follow=True)
    assert done.redirect_chain == [("/law/calendar/2027/", 302)]
    assert CalendarYear.objects.get(year=2027).is_confirmed
    assert not clock.calendar().is_working_day(date(2027, 1, 4))


def test_an_unreadable_file_is_answered_line_by_line(keeper):
    page = keeper.post("/law/calendar/import/", {"file": workbook(("2027-02-30", "休"), ("2027-01-01", "半天"))})
    text = page.content.decode()
    assert "第2行：“2027-02-30”不是日期" in text
    assert "第3行：“半天”应为“休”或“班”。" in text
    assert keeper.post("/law/calendar/import/", {}).status_code == 200


def test_an_altered_preview_publishes_nothing(keeper):
    done = keeper.post("/law/calendar/publish/", {"notice": "altered"}, follow=True)
    assert done.redirect_chain == [("/law/calendar/import/", 302)]
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_nobody_else_comes_near_the_import(client):
    assert client.get("/law/calendar/import/").status_code in {302, 409}
    assert client.post("/law/calendar/import/", {"file": workbook((date(2027, 1, 1), "休"))}).status_code in {302, 409}


@pytest.mark.parametrize(
    ("actor", "moment", "cards"),
    [
        (KEEPER, datetime(2026, 12, 1, tzinfo=UTC), 1),
        (KEEPER, datetime(2026, 11, 30, tzinfo=UTC), 0),
        (ANONYMOUS, datetime(2026, 12, 1, tzinfo=UTC), 0),
    ],
)
def test_the_workbench_asks_for_the_coming_year_from_december_on(actor, moment, cards):
    with clock.shifted(moment - clock.now()):
        assert len(slots.missing_calendar(actor, None)) == cards


def test_the_story_may_move_the_time_for_itself_only():
    before = clock.today()
    with clock.shifted(timedelta(days=400)):
        assert clock.today() > before
    assert clock.today() == before


def test_a_moment_without_a_zone_has_no_beijing_date():
    with pytest.raises(ValueError, match="time zone"):
        clock.beijing_date(datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))
    assert clock.beijing_date(datetime(2026, 1, 1, 16, tzinfo=UTC)) == date(2026, 1, 2)

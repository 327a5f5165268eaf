"""A year's notice comes in, and every clock that it concerns is counted again."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import ProgrammingError, transaction
from openpyxl import Workbook

from yingshang.kernel import clock, ledger
from yingshang.kernel.clock import publishing
from yingshang.kernel.clock.models import CalendarDay, CalendarYear
from yingshang.kernel.clock.notice_files import UnreadableNotice, read_notice
from yingshang.kernel.errors import Refusal
from yingshang.kernel.events import Fact
from yingshang.kernel.parties import SYSTEM, Actor

AT = datetime(2026, 11, 25, 2, tzinfo=UTC)
KEEPER = Actor(person="p-zheng", name="郑", actions=frozenset({"clock.publish_calendar"}))
NOBODY = Actor(person="p-wu", name="吴")

# Made up: the real notice for 2027 is not out.
NOTICE_2027 = {
    "schema": "calendar/1",
    "year": 2027,
    "notices": [{"number": "国办发明电〔2026〕99号", "confirmed": True}],
    "days_off": [
        {"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 3)},
        {"name": "春节", "first": date(2027, 2, 5), "last": date(2027, 2, 12)},
    ],
    "make_up_days": [date(2027, 1, 30)],
}


@pytest.fixture
def december(loaded):
    """Three clocks: one into January, one that ends in December, one that stands."""
    into = clock.start(limit="LIC.DECIDE", on=date(2026, 12, 14), by=SYSTEM)
    inside = clock.start(limit="LIC.NOTICE", on=date(2026, 12, 14), by=SYSTEM)
    standing = clock.start(limit="LIC.DECIDE", on=date(2026, 12, 14), by=SYSTEM)
    clock.pause(standing.pk, on=date(2026, 12, 21), by=SYSTEM, at=AT, reason="专家评审")
    return into, inside, standing


def ours(recounts, *clocks):
    """Leave out what the example county's own duties add."""
    return [recount for recount in recounts if recount.clock.pk in {each.pk for each in clocks}]


def test_the_notice_settles_what_was_provisional(december):
    into, _, standing = december
    assert (into.due_date, into.provisional) == (date(2027, 1, 11), True)
    kept = clock.publish_calendar(notice=NOTICE_2027, by=KEEPER, at=AT)
    mine = ours(kept.recounts, *december)
    assert [(r.clock.pk, r.before, r.after) for r in mine] == [(into.pk, date(2027, 1, 11), date(2027, 1, 12))]
    into.refresh_from_db()
    assert (into.due_date, into.provisional) == (date(2027, 1, 12), False)
    told = {(fact.name, *fact.payload.values()) for fact in Fact.objects.filter(at=AT)}
    recounted = {("clock.recounted", recount.clock.pk) for recount in kept.recounts}
    assert told == {("clock.calendar_loaded", 2027)} | recounted
    assert ledger.Entry.objects.filter(kind="clock.calendar_published", subject="calendar:2027-1").count() == 1
    assert clock.resume(standing.pk, on=date(2027, 1, 4), by=SYSTEM, at=AT).clock.provisional is False


def test_a_second_edition_counts_every_clock_of_the_year_again(december):
    clock.publish_calendar(notice=NOTICE_2027, by=KEEPER, at=AT)
    longer = {**NOTICE_2027, "days_off": [{"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 5)}]}
    kept = clock.publish_calendar(notice=longer, by=KEEPER, at=AT)
    assert kept.calendar_year.edition == 2
    assert [recount.after for recount in ours(kept.recounts, *december)] == [date(2027, 1, 14)]
    assert CalendarYear.objects.filter(year=2027).count() == 2, "the first edition stays"
    assert not clock.calendar().is_working_day(date(2027, 1, 5))


def test_a_second_edition_counts_notices_before_an_event_again(loaded):
    clock.publish_calendar(notice=NOTICE_2027, by=KEEPER, at=AT)
    hearing = clock.start(limit="LIC.HEAR.NOTICE", on=date(2027, 1, 8), by=SYSTEM)
    elsewhere = clock.start(limit="LIC.HEAR.NOTICE", on=date(2027, 6, 8), by=SYSTEM)
    assert hearing.due_date == date(2026, 12, 29)
    longer = {**NOTICE_2027, "days_off": [{"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 4)}]}
    kept = clock.publish_calendar(notice=longer, by=KEEPER, at=AT)
    mine = ours(kept.recounts, hearing, elsewhere)
    assert [(r.clock.pk, r.after) for r in mine] == [(hearing.pk, date(2026, 12, 28))]
    elsewhere.refresh_from_db()
    assert not elsewhere.provisional


def test_a_preview_changes_nothing(december):
    into, *_ = december
    facts = Fact.objects.count()
    shown = publishing.preview(notice=NOTICE_2027, by=KEEPER, at=AT)
    assert (shown.edition, shown.settled) == (1, 0)
    assert shown.moved >= 1
    assert len(shown.off) == 11
    assert clock.calendar().is_provisional(date(2027, 1, 4))
    assert Fact.objects.count() == facts
    into.refresh_from_db()
    assert into.provisional


@pytest.mark.parametrize(
    ("by", "change", "code"),
    [
        (NOBODY, {}, "clock.calendar_by_administrator"),
        (KEEPER, {"make_up_days": [date(2027, 1, 1)]}, "clock.calendar_contradicts_itself"),
    ],
)
def test_publishing_is_refused(loaded, by, change, code):
    entries = ledger.Entry.objects.count()
    for deed in (clock.publish_calendar, publishing.preview):
        with pytest.raises(Refusal) as refused:
            deed(notice=NOTICE_2027 | change, by=by, at=AT)
        assert refused.value.code == code
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert ledger.Entry.objects.count() == entries


def test_the_same_calendar_is_not_published_twice(loaded):
    clock.publish_calendar(notice=NOTICE_2027, by=KEEPER, at=AT)
    with pytest.raises(Refusal) as refused:
        clock.publish_calendar(notice=NOTICE_2027, by=KEEPER, at=AT)
    assert refused.value.code == "clock.calendar_already_published"
    unsure = {**NOTICE_2027, "notices": [{"number": "国办发明电〔2026〕99号", "confirmed": False}]}
    assert clock.publish_calendar(notice=unsure, by=KEEPER, at=AT).calendar_year.edition == 2


def test_recomputing_takes_a_fixed_number_of_statements(loaded, django_assert_num_queries):
    for _ in range(7):
        clock.start(limit="LIC.DECIDE", on=date(2026, 12, 14), by=SYSTEM)
    clock.keep_year(NOTICE_2027, edition=1, by=SYSTEM, at=AT)
    with django_assert_num_queries(6):  # a savepoint and its release, calendar, clocks, pauses, extensions
        assert clock.recompute([date(2027, 1, 4)]) == []


@pytest.mark.parametrize(
    ("on", "missing"),
    [(date(2026, 11, 30), None), (date(2026, 12, 1), 2027), (date(2027, 1, 2), 2027), (date(2025, 12, 31), None)],
)
def test_a_missing_year_raises_an_alarm_from_december_on(loaded, on, missing):
    assert clock.missing_year(on) == missing


def sheet(rows, heads=("日期", "休/班", "通知文号", "节日")):
    book = Workbook()
    book.active.append(list(heads))
    for row in rows:
        book.active.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


NUMBER = "国办发明电〔2026〕99号"


def test_a_csv_file_is_read_too():
    content = f"日期,休/班,通知文号\n2027-01-01,休,{NUMBER}\n".encode("gb18030")
    assert read_notice("放假.csv", content)["days_off"][0]["first"] == date(2027, 1, 1)


def test_a_sheet_is_read_with_dates_of_any_kind():
    content = sheet(
        [
            (date(2027, 1, 1), "休", NUMBER, "元旦"),
            ("2027年1月2日", "放假", "国办发明电[2026]99号", "元旦"),
            ("２０２７-01-30", " 班 ", NUMBER, None),
            (None, None, None, None),
        ]
    )
    assert read_notice("放假.xlsx", content) == {
        "schema": "calendar/1",
        "year": 2027,
        "notices": [{"number": NUMBER, "confirmed": False}],
        "days_off": [
            {"name": "元旦", "first": date(2027, 1, 1), "last": date(2027, 1, 1)},
            {"name": "元旦", "first": date(2027, 1, 2), "last": date(2027, 1, 2)},
        ],
        "make_up_days": [date(2027, 1, 30)],
    }


@pytest.mark.parametrize(
    ("name", "content", "faults"),
    [
        ("a.docx", b"", ["只能读取YAML文件（.yaml）或表格（.xlsx、.csv）。"]),
        ("a.xlsx", b"PK\x03\x04 not a workbook", ["这个文件读不出来"]),
        ("a.xlsx", b"", ["这个文件读不出来"]),
        ("a.yaml", b"x" * (1024 * 1024 + 1), ["文件超过1MB"]),
        (
            "a.yaml",
            "schema: calendar/1\nyear: 二〇二七\n".encode(),
            [
                "第1行",
            ],
        ),
        ("a.yaml", "年份：2027".encode("gb18030"), ["第1行：the file is not UTF-8."]),
        ("a.yaml", b"year: &a [*a]\n", ["第1行：不能使用YAML的引用"]),
        ("a.yaml", b"a: &b 1\nc: *b\n", ["第2行：不能使用YAML的引用"]),
        ("a.yaml", b"year: " + b"[" * 900 + b"]" * 900, ["第1行：层次太深"]),
        ("a.yaml", b"year: " + b"[" * 100_000, ["第1行：层次太深"]),
        ("a.yaml", b"- " * 50_000, ["第1行：层次太深"]),
        ("a.yaml", b"\x00", ["第1行：not readable as YAML"]),
        ("a.xlsx", sheet([], heads=("日期", "类型", "文号")), ["第1行应当是表头"]),
        ("a.xlsx", sheet([]), ["表里没有任何放假的日期。"]),
        (
            "a.xlsx",
            sheet(
                [
                    ("2027-02-30", "休", NUMBER),
                    ("2027-01-01", "半天", NUMBER),
                    ("2027-01-02", "休", "国务院通知"),
                    ("2027-01-03", "休", NUMBER),
                    ("2027-01-03", "休", NUMBER),
                    ("1027-01-03", "休", NUMBER),
                    ("2027-01-04", "休", NUMBER, "节" * 41),
                ]
            ),
            [
                "第2行：“2027-02-30”不是日期",
                "第3行：“半天”应为",
                "第4行：“国务院通知”不是发文字号",
                "第6行：2027-01-03出现了两次",
                "第7行：1027-01-03不在",
                "第8行：文号最多",
            ],
        ),
        ("a.xlsx", sheet([("2027-01-01", "休", NUMBER)] * 500), ["表格超过400行"]),
        (
            "a.xlsx",
            sheet([(f"2027-01-0{n}", "休", f"国办发明电〔2026〕{n}号") for n in range(1, 5)]),
            ["一年的安排最多来自3份通知"],
        ),
    ],
)
def test_an_unreadable_file_says_what_and_where(name, content, faults):
    with pytest.raises(UnreadableNotice) as unreadable:
        read_notice(name, content)
    assert len(unreadable.value.faults) == len(faults)
    for found, expected in zip(unreadable.value.faults, faults, strict=True):
        assert found.startswith(expected)


def test_published_calendars_cannot_be_changed_or_removed(loaded):
    for deed in (
        lambda: CalendarDay.objects.filter(date=date(2026, 10, 1)).update(kind="worked"),
        lambda: CalendarDay.objects.filter(date=date(2026, 10, 1)).delete(),
        lambda: clock.Limit.objects.filter(code="LIC.DECIDE").delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            deed()

"""Lists: what is published stands, what is cited was in effect."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from yingshang.kernel import ledger, lists
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.lists.county import FILE, load
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import county_files
from yingshang.methods.county_files import DataProblem

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
CODE = "example-fees"
ROWS = [
    {"code": "F01", "name": "证照工本费", "unit": "本", "amount_fen": 100},
    {"code": "F04", "name": "复印费", "unit": "页", "amount_fen": 10},
]


@pytest.fixture
def fees(example_county):
    load(settings.YS_COUNTIES_DIR / "example")
    return lists.PublishedList.objects.get(code=CODE)


@pytest.fixture
def drafter(li_qiang):
    """A drafter and publisher of the owning unit, 县发改局."""
    return replace(li_qiang, unit="fgj", actions=frozenset({"lists.draft", "lists.publish", "lists.review"}))


@pytest.fixture
def reviewer(drafter):
    return replace(drafter, person="the-reviewer", actions=frozenset({"lists.review"}))


def draft(by, first=date(2026, 7, 1), rows=ROWS):
    return lists.edition(list_code=CODE, rows=rows, effective_from=first, source="示例", by=by, at=AT)


@pytest.mark.parametrize(
    ("key", "day", "amount_fen"),
    [
        ("F01", date(2025, 1, 1), 1000),  # the first day of the first edition
        ("F01", date(2025, 12, 31), 1000),  # its last day: the next edition closed it
        ("F01", date(2026, 1, 1), 0),
        ("F02", date(2025, 6, 30), 500),  # the row's own last day
        ("F03", date(2026, 3, 1), 200),  # the row's own first day
    ],
)
def test_a_row_is_cited_as_it_stood_on_the_day(fees, key, day, amount_fen):
    assert lists.cite(CODE, key, day).values["amount_fen"] == amount_fen
    assert lists.row_on(CODE, key, day).values["amount_fen"] == amount_fen


@pytest.mark.parametrize(
    ("key", "day", "code"),
    [
        ("F01", date(2024, 12, 31), "lists.not_in_effect"),  # before there was a list
        ("F09", date(2026, 1, 1), "lists.no_such_row"),
        ("F02", date(2025, 7, 1), "lists.row_not_in_effect"),  # the day after the row's last
        ("F03", date(2026, 2, 28), "lists.row_not_in_effect"),  # the day before its first
        ("F02", date(2026, 1, 1), "lists.no_such_row"),  # struck from the second edition
    ],
)
def test_a_row_outside_its_dates_is_refused(fees, key, day, code):
    with pytest.raises(Refusal) as refused:
        lists.cite(CODE, key, day)
    assert refused.value.code == code
    assert lists.row_on(CODE, key, day) is None


def test_an_unknown_list_is_not_found(fees):
    with pytest.raises(NotFound):
        lists.cite("no-such-list", "F01", date(2026, 1, 1))


def test_citing_takes_two_queries(fees, django_assert_num_queries):
    with django_assert_num_queries(2):
        lists.cite(CODE, "F01", date(2026, 1, 1))


def test_two_persons_bring_an_edition_out_and_the_one_before_ends(fees, drafter, reviewer):
    edition = draft(drafter)
    lists.review(edition_id=edition.pk, by=reviewer, at=AT)
    lists.publish(edition_id=edition.pk, by=drafter, at=AT)
    assert lists.cite(CODE, "F04", date(2026, 7, 1)).edition == 3
    assert lists.edition_on(CODE, date(2026, 6, 30)).number == 2
    assert list(fees.editions.values_list("number", "state")) == [
        (3, "published"),
        (2, "superseded"),
        (1, "superseded"),
    ]
    kinds = ledger.Entry.objects.filter(subject=f"list:{CODE}", actor=drafter.person).values_list("kind", flat=True)
    assert set(kinds) == {"lists.drafted", "lists.published"}


def test_nobody_reviews_their_own_draft(fees, drafter):
    edition = draft(drafter)
    recorded = ledger.Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        lists.review(edition_id=edition.pk, by=drafter, at=AT)
    assert refused.value.code == "lists.own_draft"
    edition.refresh_from_db()
    assert edition.state == "draft"
    assert ledger.Entry.objects.count() == recorded


def test_a_draft_is_not_published_unreviewed(fees, drafter):
    edition = draft(drafter)
    with pytest.raises(Refusal) as refused:
        lists.publish(edition_id=edition.pk, by=drafter, at=AT)
    assert refused.value.code == "lists.not_reviewed"
    assert lists.edition_on(CODE, date(2026, 7, 1)).number == 2


def test_an_edition_cannot_begin_before_the_one_in_effect(fees, drafter, reviewer):
    edition = draft(drafter, first=date(2026, 1, 1))
    lists.review(edition_id=edition.pk, by=reviewer, at=AT)
    with pytest.raises(Refusal) as refused:
        lists.publish(edition_id=edition.pk, by=drafter, at=AT)
    assert refused.value.code == "lists.begins_too_early"


def test_another_unit_cannot_draft(fees, wang_min):
    recorded = ledger.Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        draft(replace(wang_min, actions=frozenset({"lists.draft"})))
    assert refused.value.code == "lists.not_owner_unit"
    assert fees.editions.count() == 2
    assert ledger.Entry.objects.count() == recorded


def test_every_fault_of_a_sheet_is_told_at_once(fees):
    rows = [
        {"code": "F01", "name": "甲", "unit": "本", "amount_fen": -1},
        {"code": "F01", "name": "乙", "unit": "本", "amount_fen": 1},
        {"code": "F02", "name": "丙", "amount_fen": "一元"},
    ]
    told = [str(problem) for problem in lists.check_rows(fees, rows)]
    assert told[1] == "第2行“编号”：“F01”与第1行重复。"
    assert {line.split("：")[0] for line in told} == {"第1行“标准（分）”", "第2行“编号”", "第3行", "第3行“标准（分）”"}


def test_faulty_rows_store_nothing(fees, drafter):
    with pytest.raises(Refusal) as refused:
        draft(drafter, rows=[{"code": "X"}])
    assert refused.value.code == "lists.rows_do_not_fit"
    assert fees.editions.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.rows.update(key="F99"),
        lambda edition: edition.rows.all().delete(),
        lambda edition: lists.Row.objects.create(edition=edition, key="F98", position=9, values={}),
        lambda edition: lists.Edition.objects.filter(pk=edition.pk).update(state="draft"),
        lambda edition: lists.Edition.objects.filter(pk=edition.pk).update(digest="0" * 64),
    ],
    ids=["change a row", "remove rows", "add a row", "back to draft", "another digest"],
)
def test_the_database_itself_keeps_a_published_edition(fees, change):
    edition = lists.edition_on(CODE, date(2026, 1, 1))
    with pytest.raises(DatabaseError, match="_stands"), transaction.atomic():
        change(edition)


def test_two_editions_are_compared_by_key(fees):
    first, second = fees.editions.order_by("number")
    found = lists.diff(first, second)
    assert [row.key for row in found.added] == ["F03"]
    assert [row.key for row in found.removed] == ["F02"]
    assert [(change.key, change.columns) for change in found.changed] == [("F01", {"amount_fen": (1000, 0)})]


def test_loading_twice_changes_nothing(fees):
    recorded = ledger.Entry.objects.count()
    load(settings.YS_COUNTIES_DIR / "example")
    assert ledger.Entry.objects.count() == recorded


def test_a_published_edition_may_not_change_in_its_file(fees, tmp_path):
    text = (settings.YS_COUNTIES_DIR / "example" / "lists" / f"{CODE}.yaml").read_text(encoding="utf-8")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / f"{CODE}.yaml").write_text(text.replace("amount_fen: 1000", "amount_fen: 1001"))
    with pytest.raises(DataProblem, match="add another edition"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner: fgj", "owner: fgjj", "Did you mean fgj?"),
        ("key: code", "key: cod", "Did you mean code?"),
        ("amount_fen: 500", "amount_fen: 五百", "第2行“标准（分）”"),
        ("basis:", "bases:", "Did you mean basis"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(fees, tmp_path, old, new, said):
    text = (settings.YS_COUNTIES_DIR / "example" / "lists" / f"{CODE}.yaml").read_text(encoding="utf-8")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "another.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(DataProblem) as problem:
        load(tmp_path)
    assert said in str(problem.value)
    assert not lists.PublishedList.objects.filter(code="another").exists()


def test_every_county_list_fits_the_schema():
    for county in settings.YS_COUNTIES_DIR.iterdir():
        for file in county_files.read_folder(county / "lists", FILE):
            assert file.data["editions"]


def test_the_system_may_declare_and_nobody_else(fees, wang_min):
    again = {
        "code": CODE,
        "title": "别的名字",
        "owner": "fgj",
        "row_schema": fees.row_schema,
        "key_column": "code",
        "at": AT,
    }
    with pytest.raises(Refusal) as refused:
        lists.declare(**again, by=wang_min)
    assert refused.value.code == "lists.declared_in_files"
    assert lists.declare(**again, by=SYSTEM).title == "别的名字"

"""Figures from the platform's own moves and from outside logs: what they count, who reads them, what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger.models import Entry
from yingshang.kernel.testing import actor_of
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.models import Extraction, Owner, Value
from yingshang.oversight.evaluation.operations import Taken
from yingshang.oversight.evaluation.tests.matters import (
    AT,
    DAY,
    HOUR,
    beijing,
    collecting,
    face,
    many,
    matter,
    paused,
    taken_from,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(evaluator):
    return collecting(evaluator)


WORKED = [
    ("2026-03-02 10:00", "2026-03-02 15:00", 3 * HOUR),  # over the lunch break: 1.5 + 1.5
    ("2026-03-06 16:00", "2026-03-09 09:00", HOUR + HOUR // 2),  # over a weekend
    ("2026-02-13 16:00", "2026-02-14 09:30", 2 * HOUR),  # a Saturday worked in exchange (调休)
    ("2026-02-14 16:30", "2026-02-24 09:00", HOUR),  # over the Spring Festival
    ("2026-03-07 10:00", "2026-03-08 10:00", 0),  # a weekend and nothing else
]


def test_working_time_follows_office_hours_holidays_and_days_worked_in_exchange(evaluation, evaluator):
    for number, (begins, ends, _) in enumerate(WORKED):
        matter(f"{number}号", ("open", begins), ("accept", ends))
    found = taken_from(evaluation, evaluator)
    line = found.tables["lines"][0]
    assert (line["cases"], line["worked"]["p50"], line["worked"]["p95"]) == (5, HOUR + HOUR // 2, 3 * HOUR)
    by_number = {row["no"]: row for row in queries.longest_matters(found, line)}
    assert [by_number[f"{n}号"]["worked"] for n in range(5)] == [worked for _, _, worked in WORKED]
    assert by_number["0号"]["elapsed"] == 5 * HOUR and by_number["0号"]["first"] == beijing(WORKED[0][0])


def test_paused_days_do_not_count_and_an_open_pause_ends_with_the_matter(evaluation, evaluator):
    moves = ("open", "2026-03-02 08:30"), ("accept", "2026-03-06 17:00")
    paused(matter("一号", *moves), date(2026, 3, 3), date(2026, 3, 4))
    paused(matter("二号", *moves), date(2026, 3, 3), None)
    line = taken_from(evaluation, evaluator).tables["lines"][0]
    assert (line["worked"]["p50"], line["worked"]["p90"]) == (DAY, 3 * DAY)
    assert (line["due"], line["late"]) == (2, 0)


def test_a_figure_becomes_a_value_once_and_a_second_extraction_of_the_same_log_is_the_first(evaluation, evaluator):
    for number in range(10):
        ends = ["2026-03-02 17:00", "2026-03-03 17:00", "2026-03-05 17:00"][number // 4]
        matter(f"{number}号", ("open", "2026-03-02 08:30"), ("accept", ends))
    found = taken_from(evaluation, evaluator)
    before = Entry.objects.count()
    assert taken_from(evaluation, evaluator).pk == found.pk and Entry.objects.count() == before
    number = next(n for n, line in enumerate(found.tables["lines"], start=1) if line["subject"] and line["unit"])
    assert found.tables["lines"][number - 1]["unit_title"] == org.unit("scjgj").short_name
    written = []
    for figure in ("worked.p50", "elapsed.p95", "worked.p50"):
        taken = [Taken(number, figure, "days", "示例县")]
        written += operations.take_figures(extraction_id=found.pk, taken=taken, by=evaluator, at=AT)
    assert [(one.written, one.method) for one in written[:2]] == [("2", "system"), ("3.3542", "system")]
    assert written[2].pk == written[0].pk
    with queries.reading(evaluator):
        assert Value.objects.count() == 2
    with pytest.raises(Refusal) as refused:
        wrong = [Taken(number, "worked.p50", "rate", "示例县")]
        operations.take_figures(extraction_id=found.pk, taken=wrong, by=evaluator, at=AT)
    assert refused.value.code == "evaluation.figure_does_not_fit"


def test_sealed_matters_and_units_that_report_counts_only_are_never_in_it(evaluation, evaluator):
    moves = ("open", "2026-03-02 08:30"), ("accept", "2026-03-02 17:00")
    matter("一号", *moves)
    matter("二号", *moves, sealed=True)
    court = org.Unit.objects.filter(counts_only=True).first()
    matter("三号", *moves, unit=court.code)
    found = taken_from(evaluation, evaluator)
    assert found.cases == 1 and {line["unit"] for line in found.tables["lines"]} == {"", "scjgj"}


def test_no_unit_and_not_the_bureau_reads_an_extraction_or_makes_one(evaluation, evaluator):
    matter("一号", ("open", "2026-03-02 08:30"), ("accept", "2026-03-02 17:00"))
    found = taken_from(evaluation, evaluator)
    taken = [Taken(1, "worked.p50", "days", "示例县")]
    for stranger in (actor_of("zhou", unit="ysj"), actor_of("wang_min", unit="scjgj"), actor_of("wu")):
        with queries.reading(stranger):
            assert not Extraction.objects.exists()
        with pytest.raises(NotFound):
            operations.take_figures(extraction_id=found.pk, taken=taken, by=stranger, at=AT)
        with pytest.raises(Refusal) as refused:
            taken_from(evaluation, stranger)
        assert refused.value.code == "evaluation.not_the_evaluator"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"first": date(2026, 3, 30), "last": date(2026, 3, 1)}, "evaluation.period_wrong"),
        ({"last": date(2026, 4, 1)}, "evaluation.period_wrong"),
        ({"kinds": ["cases.nothing"]}, "evaluation.kind_unknown"),
        ({"stretch": "nothing"}, "evaluation.stretch_unknown"),
        ({"first": date(2026, 1, 1), "last": date(2026, 1, 2)}, "evaluation.log_empty"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_and_nothing_is_kept(evaluation, evaluator, more, code):
    matter("一号", ("open", "2026-03-02 08:30"), ("accept", "2026-03-02 17:00"))
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        taken_from(evaluation, evaluator, **more)
    assert refused.value.code == code and Entry.objects.count() == before
    with queries.reading(evaluator):
        assert not Extraction.objects.exists()


def test_a_year_without_a_calendar_is_refused_and_loses_no_case(evaluation, evaluator):
    matter("一号", ("open", "2018-12-28 08:30"), ("accept", "2026-03-02 17:00"))
    with pytest.raises(Refusal, match="没有2018年的工作日历") as refused:
        taken_from(evaluation, evaluator)
    assert refused.value.code == "evaluation.calendar_missing"


def test_what_is_published_is_the_figures_row_and_never_a_number_of_a_matter(evaluation, evaluator, client):
    many()
    matter("孤号", ("open", "2026-03-02 08:30"), ("accept", "2026-03-05 17:00"), unit="sfj")
    found = taken_from(evaluation, evaluator)
    lines = found.tables["lines"]
    number = next(n for n, line in enumerate(lines, start=1) if line["unit"] == "scjgj" and not line["subject"])
    mine = {"evaluation_id": evaluation.pk, "by": evaluator, "at": AT}
    few = [Taken(next(n for n, line in enumerate(lines, 1) if line["unit"] == "sfj"), "worked.p50", "days", "示例县")]
    with pytest.raises(Refusal) as refused:
        operations.take_figures(extraction_id=found.pk, taken=few, by=evaluator, at=AT)
    assert refused.value.code == "evaluation.too_few_cases"
    taken = [Taken(number, "worked.p50", "days", "示例县")]
    operations.take_figures(extraction_id=found.pk, taken=taken, by=evaluator, at=AT)
    operations.begin_checking(**mine)
    operations.score(**mine)
    operations.publish(**mine)
    room = zipfile.ZipFile(io.BytesIO(client.get("/evaluations/test-2026/data-room.zip").content))
    table = room.read("extractions.csv").decode()
    assert found.log_digest in table and "示例县司法局" not in table and "号" not in table.replace("日志", "")
    page = client.get("/evaluations/test-2026/series/days/").content.decode()
    assert found.log_digest[:16] in page and "08:30—11:30、13:30—17:00" in page
    with queries.reading(actor_of("wu")):
        assert not Extraction.objects.exists()


def test_the_desk_asks_shows_takes_and_lists_without_names(evaluation, evaluator):
    many()
    client = face("gu")
    room = "/workbench/evaluations/of/test-2026/extracts/"
    assert "cases.case" in client.get(f"{room}new/").content.decode()
    asked = {"first": "2026-02-01", "last": "2026-03-30", "stretch": "whole", "title": "招牌"}
    made = client.post(f"{room}new/?kind=cases.case", asked)
    assert made.status_code == 302 and made["Location"] == f"{room}1/"
    for part in ("", "bottlenecks/", "rework/", "lateness/", "variants/", "lines/1/", "lines/1/cases/"):
        page = client.get(f"{room}1/{part}")
        assert page.status_code == 200 and "某店" not in page.content.decode()
    assert client.get(f"{room}1/?format=xlsx").status_code == 200
    assert client.get(f"{room}1/nothing/").status_code == client.get(f"{room}2/").status_code == 404
    taken = {"figure": "worked.p50", "series": "days", "place": "示例县"}
    assert client.post(f"{room}1/lines/1/", taken).status_code == 302
    assert client.post(f"{room}1/lines/1/", taken | {"series": "rate"}).status_code == 409
    with queries.reading(evaluator):
        assert Value.objects.get().written == "2"
    assert face("wang_min").get(room).status_code == 404


def test_one_button_fills_the_series_that_the_matrix_names_and_says_why_others_stay_empty(evaluation, evaluator):
    many()
    asked = {"kind": "cases.case", "items": ["signboard-filing"], "stretch": "whole", "figure": "worked.p50"}
    of = {"edition_key": "test-2026", "unit": org.unit("scjgj"), "origin": "system", "method": "system"}
    Owner.objects.filter(edition_key="test-2026", series="days").update(extract=asked, **of)
    Owner.objects.create(series="rate", extract=asked | {"figure": "on_time"}, **of)
    for _again in range(2):
        filled = operations.extract_series(evaluation_id=evaluation.pk, by=evaluator, at=AT)
        assert [(one.series, one.written) for one in filled.values] == [("days", "2")]
        assert [title for title, _ in filled.left_out] == ["政务服务：按期率"]  # nothing had a limit
    with queries.reading(evaluator):
        assert Value.objects.count() == Extraction.objects.count() == 1


def test_the_list_of_extractions_costs_the_same_whatever_its_length(
    evaluation, evaluator, django_assert_max_num_queries
):
    many()
    for last in (28, 29, 30):
        taken_from(evaluation, evaluator, last=date(2026, 3, last))
    client = face("gu")
    client.get("/workbench/evaluations/of/test-2026/extracts/")
    with django_assert_max_num_queries(22):
        assert client.get("/workbench/evaluations/of/test-2026/extracts/").status_code == 200


def test_the_same_over_the_api_for_the_evaluator_alone(evaluation, evaluator):
    many()
    address, client = "/api/v1/evaluation/desk/test-2026/extractions", face("gu")

    def send(to: str, body: dict | None = None):
        return client.post(f"{address}{to}", body or {}, content_type="application/json")

    asked = {"first": "2026-02-01", "last": "2026-03-30", "kinds": ["cases.case"]}
    made = send("", asked)
    assert made.status_code == 201 and send("", asked).json() == made.json()
    found = client.get(f"{address}/1").json()
    assert found["lines"][0]["worked"] == {"p50": 2 * DAY, "p90": 2 * DAY, "p95": 2 * DAY} and found["least"] == 10
    taken = {"taken": [{"line": 1, "figure": "worked.p50", "series": "days", "place": "示例县"}]}
    assert send("/1/values", taken).json()[0]["written"] == "2"
    wrong = {"file_name": "a.csv", "text": "case,activity,at\n甲,受理,昨天\n"}
    assert (send("/import", wrong).status_code, send("/import", wrong).json()["code"]) == (409, "evaluation.log_wrong")
    assert send("/fill").json() == {"values": [], "left_out": []}
    assert client.get(address).json()["rows"][0]["no"] == 1
    assert client.get(f"{address}/2147483648").status_code == 404
    assert face("wang_min").get(address).status_code == face("zhou").get(f"{address}/1").status_code == 404

"""Figures from the platform's own moves and from outside logs: what they count, who reads them, what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from django.test import Client

from yingshang.kernel import clock, org, procedures, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.ledger.models import Entry
from yingshang.kernel.testing import actor_of
from yingshang.oversight.evaluation import operations, queries
from yingshang.oversight.evaluation.models import Evaluation, Extraction, Owner, Value
from yingshang.oversight.evaluation.operations import Taken

pytestmark = pytest.mark.django_db

EDITION = """schema: edition/1
key: test-2026
title: 试评
method: 试评
source: 试评
effective: {from: 2026-01-01, to: null}
missing: average
indicators:
  - {key: total, title: 总分}
  - {key: services, under: total, title: 政务服务}
  - {key: days, under: services, title: 时间, unit: 天, least: 0, score: {frontier: {best: 0, worst: 10}}}
  - {key: rate, under: services, title: 按期率, unit: "%", most: 100, score: {frontier: {best: 100, worst: 0}}}
"""
HOUR = 3_600_000_000
DAY = 6 * HOUR + HOUR // 2  # 08:30–11:30 and 13:30–17:00


def beijing(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=clock.BEIJING)


AT = beijing("2026-03-31 09:00")


@pytest.fixture
def evaluator():
    return actor_of("gu", unit="pgjg")


@pytest.fixture
def evaluation(evaluator, settings, tmp_path) -> Evaluation:
    """An evaluation that collects values, whose one evaluator stated no conflict."""
    settings.YS_DATA_DIR = tmp_path
    found = operations.commission(
        code="test-2026",
        title="示例县营商环境评价（试评）",
        year=2026,
        place="示例县",
        evaluator="pgjg",
        contract_no="合同1号",
        contract_from=date(2026, 1, 1),
        contract_to=date(2036, 12, 31),
        by=actor_of("zhou", unit="ysj"),
        at=AT,
    )
    mine = {"evaluation_id": found.pk, "by": evaluator, "at": AT}
    operations.state_interest(has_conflict=False, text="", **mine)
    operations.take_edition(content=EDITION.encode(), **mine)
    operations.begin_collecting(**mine)
    return found


def matter(no: str, *moves: tuple[str, str], unit: str = "scjgj", sealed: bool = False) -> work.Dossier:
    """A finished matter of the example county's signboard filing, with moves at exact moments."""
    version = procedures.ProcedureVersion.objects.filter(procedure_id="signboard-filing").latest("version")
    lead = org.unit(unit)
    first, last = beijing(moves[0][1]), beijing(moves[-1][1])
    made = work.Dossier.objects.create(
        kind="cases.case",
        no=no,
        title="某店的招牌备案",
        procedure=version,
        lead_unit=lead,
        state="delivered",
        outcome="done",
        is_sealed=sealed,
        opened_at=first,
        closed_at=last,
    )
    work.Move.objects.bulk_create(
        work.Move(
            dossier=made,
            kind=work.Move.Kind.OPEN if do == "open" else work.Move.Kind.MOVE,
            do=do,
            unit=lead,
            by="p",
            at=beijing(at),
        )
        for do, at in moves
    )
    return made


def paused(dossier: work.Dossier, first: date, last: date | None) -> None:
    """Let the limit of a matter stand still for some days; it was due on 6 March and kept."""
    due = date(2026, 3, 6)
    running = clock.Clock.objects.create(agreed_date=due, started_on=date(2026, 2, 1), due_date=due)
    work.Obligation.objects.create(
        kind="work.limit",
        title="办结",
        unit=dossier.lead_unit,
        dossier=dossier,
        key="decision",
        clock=running,
        due_date=due,
        state="fulfilled",
        opened_at=dossier.opened_at,
        opened_by="p",
        closed_at=dossier.closed_at,
        closed_by="p",
    )
    clock.Pause.objects.create(
        clock=running, first_day=first, last_day=last, reason="检验", entered_at=AT, entered_by="p"
    )


def taken_from(evaluation, by, **more) -> Extraction:
    asked = {"first": date(2026, 2, 1), "last": date(2026, 3, 30), "kinds": ["cases.case"]} | more
    return operations.extract(evaluation_id=evaluation.pk, by=by, at=AT, **asked)


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


@pytest.fixture
def face():
    """Return a browser of one person of the cast."""

    def choose(key: str) -> Client:
        client = Client()
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose


def many(count: int = 10) -> None:
    for number in range(count):
        matter(f"{number}号", ("open", "2026-03-02 08:30"), ("accept", "2026-03-03 17:00"))


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


def test_the_desk_asks_shows_takes_and_lists_without_names(evaluation, evaluator, face):
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


WRONG = """案号,动作,时间,部门
甲,受理,2026-03-02T09:00:00+08:00,一科
甲,办结,2026-03-01T09:00:00+08:00,一科
,受理,2026-03-02 10:00,
"""
NAMES = {"case": "案号", "activity": "动作", "at": "时间", "unit": "部门"}


def imported(evaluation, by, content: str, **more) -> Extraction:
    given = {"file_name": "日志.csv", "mapping": NAMES} | more
    return operations.import_log(evaluation_id=evaluation.pk, content=content.encode(), by=by, at=AT, **given)


@pytest.mark.parametrize(
    ("content", "more", "faults"),
    [
        (WRONG, {}, [(3, "时间", "时间倒退"), (4, "案号", "空的"), (4, "时间", "没有写时区")]),
        ("案号,案号,动作,时间\n", {}, [(1, "案号", "同名")]),
        ("case,activity,at\n", {}, [(1, "案号", "缺少"), (1, "动作", "缺少"), (1, "时间", "缺少")]),
        (
            "案号,activity,at,unit\n甲,受\x1f理,2026-03-02T09:00:00Z,\n",
            {"mapping": {"case": "案号"}},
            [(2, "activity", "控制")],
        ),
        ("<log><trace>", {"file_name": "日志.xes"}, [(1, "", "XES")]),
    ],
)
def test_an_outside_log_with_faults_is_refused_by_row_and_column(evaluation, evaluator, content, more, faults):
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refused:
        imported(evaluation, evaluator, content, **more)
    assert refused.value.code == "evaluation.log_wrong" and Entry.objects.count() == before
    found = queries.faults_of(refused.value)
    assert [(one.row, one.column) for one in found] == [fault[:2] for fault in faults]
    assert all(said in one.found for one, (_, _, said) in zip(found, faults, strict=True))
    with queries.reading(evaluator):
        assert not Extraction.objects.exists()


def test_a_log_without_zone_is_taken_only_if_the_evaluator_names_the_zone(evaluation, evaluator, face):
    content = "案号,动作,时间,部门\n甲,受理,2026-03-02 10:00,一科\n甲,办结,2026-03-02 15:00,二科\n"
    with pytest.raises(Refusal, match="没有写时区"):
        imported(evaluation, evaluator, content)
    with pytest.raises(Refusal) as refused:
        imported(evaluation, evaluator, content, zone="Asia/Mulan")
    assert refused.value.code == "evaluation.zone_unknown"
    found = imported(evaluation, evaluator, content, zone="Asia/Shanghai")
    assert [(line["unit"], line["worked"]["p50"]) for line in found.tables["lines"]] == [
        ("", 3 * HOUR),
        ("一科", 3 * HOUR),
    ]
    assert (found.origin, found.cases, found.first_day) == ("outside", 1, date(2026, 3, 2))
    upload = {"file": io.BytesIO(WRONG.encode()), "case": "案号", "activity": "动作", "moment": "时间"}
    page = face("gu").post("/workbench/evaluations/of/test-2026/extracts/import/", upload)
    assert page.status_code == 409 and "时间倒退" in page.content.decode()


def test_one_button_fills_the_series_that_the_matrix_names_and_says_why_others_stay_empty(evaluation, evaluator):
    many()
    asked = {"kind": "cases.case", "items": ["signboard-filing"], "stretch": "whole", "figure": "worked.p50"}
    of = {"edition_key": "test-2026", "unit": org.unit("scjgj"), "origin": "system", "method": "system"}
    Owner.objects.create(series="days", extract=asked, **of)
    Owner.objects.create(series="rate", extract=asked | {"figure": "on_time"}, **of)
    for _again in range(2):
        filled = operations.extract_series(evaluation_id=evaluation.pk, by=evaluator, at=AT)
        assert [(one.series, one.written) for one in filled.values] == [("days", "2")]
        assert [title for title, _ in filled.left_out] == ["政务服务：按期率"]  # nothing had a limit
    with queries.reading(evaluator):
        assert Value.objects.count() == Extraction.objects.count() == 1


def test_the_list_of_extractions_costs_the_same_whatever_its_length(
    evaluation, evaluator, face, django_assert_max_num_queries
):
    many()
    for last in (28, 29, 30):
        taken_from(evaluation, evaluator, last=date(2026, 3, last))
    client = face("gu")
    client.get("/workbench/evaluations/of/test-2026/extracts/")
    with django_assert_max_num_queries(22):
        assert client.get("/workbench/evaluations/of/test-2026/extracts/").status_code == 200


def test_the_same_over_the_api_for_the_evaluator_alone(evaluation, evaluator, face):
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

"""Every list asks the database a fixed number of times, however many rows it has."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yingshang.kernel import org
from yingshang.kernel.parties import Actor
from yingshang.kernel.testing import actor_of
from yingshang.oversight.evaluation import operations
from yingshang.oversight.evaluation.models import Evaluation
from yingshang.oversight.evaluation.tests.factories import AT, collecting, commissioned

pytestmark = pytest.mark.django_db

PUBLIC = (
    "",
    "indicators/services/",
    "series/days/",
    "values/1/",
    "codebook/",
    "edition/",
    "trend/",
    "sensitivity/",
    "peers/",
    "record/",
    "check/",
)
OF_THE_EVALUATOR = ("", "values/", "inquiries/", "interviews/", "surveys/", "asked/")
MOST = 40


def evaluated(gu: Actor, contact: Actor, code: str, rows: int) -> Evaluation:
    """Return an evaluation with so many inquiries and twice as many values, differing ones side by side."""
    found = commissioned(gu, code)
    collecting(found, gu)
    mine = {"evaluation_id": found.pk, "by": gu, "at": AT}
    for number in range(rows):
        operations.inquire(unit="scjgj", series=["days"], **mine)
        of = {"method": "statement", "source_ref": "座谈", "collector": "顾平", "collected_on": date(2026, 3, 2)}
        operations.enter_value(series="days", place="示例县", written=str(number), **of, **mine)
        operations.enter_value(series="rate", place=f"邻县{number}", written="80", low="75", high="85", **of, **mine)
        asked = {"who": "某局", "how": "电话", "series": "days", "place": "示例县", "wanted": "1", "answer": "不改"}
        operations.record_asked_change(**asked, asked_on=date(2026, 3, 2), **mine)
    return found


def counted(client: Client, base: str, parts: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for part in parts:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"{base}{part}")
        assert answer.status_code == 200, part
        found[part] = len(asked)
    return found


def face(key: str) -> Client:
    client = Client()
    client.post(f"/demo/{org.demo_pseudonym(key)}/")
    client.get("/")
    return client


def test_lists_ask_as_often_for_many_rows_as_for_few(example_county):
    gu, contact = actor_of("gu", unit="pgjg"), actor_of("wang_min", unit="scjgj")
    evaluator, unit, visitor = face("gu"), face("wang_min"), Client()
    few, many = (evaluated(gu, contact, code, rows) for code, rows in (("few", 1), ("many", 5)))
    room = "/workbench/evaluations/of/{}/".format
    asked = [counted(evaluator, room(one.code), OF_THE_EVALUATOR) for one in (few, many)]
    assert asked[0] == asked[1]
    stated = [counted(unit, room(one.code), ("statements/",)) for one in (few, many)]
    assert stated[0] == stated[1]
    for one in (few, many):
        mine = {"evaluation_id": one.pk, "by": gu, "at": AT}
        operations.begin_checking(**mine)
        operations.score(**mine)
    heard = [counted(unit, room(one.code), ("hearing/",)) for one in (few, many)]
    assert heard[0] == heard[1]
    for one in (few, many):
        operations.publish(evaluation_id=one.pk, by=gu, at=AT)
        visitor.get(f"/evaluations/{one.code}/")  # scores are computed once and kept
    shown = [counted(visitor, f"/evaluations/{one.code}/", PUBLIC) for one in (few, many)]
    assert shown[0] == shown[1] and max(max(one.values()) for one in (*asked, *shown)) <= MOST

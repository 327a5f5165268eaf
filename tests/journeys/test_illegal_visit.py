"""Drawn, inspected, published; whatever must not be is stopped, told and counted; and anybody verifies the draw."""

from datetime import date

import pytest
from django.db import connection

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Alarm, Stop, Visit
from yingshang.kernel import org
from yingshang.kernel.ledger import Entry
from yingshang.kernel.measures import month
from yingshang.site.story.draws_and_inspections import CHAPTER, harassed
from yingshang.site.story.scene import play

pytestmark = pytest.mark.mission("4a", "4b")

FIRST_DAY = date(2026, 3, 2)  # a Monday
NOTICE_54 = "国办发〔2024〕54号"
STOPPED = [
    ("inspections.not_on_this_day", NOTICE_54),
    ("inspections.another_enterprise", NOTICE_54),
    ("inspections.item_not_published", NOTICE_54),
    ("inspections.not_approved", NOTICE_54),
]


@pytest.fixture
def told(example_county, settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    lines = []
    for line in play(CHAPTER, first_day=FIRST_DAY):
        lines.append(line)
        connection.check_constraints()  # what the commit of each deed does: strict entries get their leaves
    return lines


def page(client, address, key=""):
    if key:
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_no_visit_that_must_not_be_goes_unseen(told, client):
    assert len(told) == len(CHAPTER.acts)
    verdict, fraud = told[-1].split("把骰子改一个数字再验：")
    assert "对得上，没有人动过手脚" in verdict
    assert "：" in fraud  # the name of the fraud, and what it consists of
    stops = list(Stop.objects.order_by("pk"))
    assert [stop.refusal for stop in stops] == [code for code, _ in STOPPED]
    assert all(article in stop.source for stop, (_, article) in zip(stops, STOPPED, strict=True))
    assert Entry.objects.filter(kind="inspections.attempt_stopped").count() == len(STOPPED)

    # One visit was legal: scanned, recorded, published, nothing left to follow.
    legal = Visit.objects.get(state=Visit.State.CLOSED)
    assert legal.scan.inspector.name.startswith("王敏") and queries.disclosure_of(legal) is not None
    assert not Visit.objects.filter(target=harassed()).exclude(batch=legal.batch).exists()

    # The figures of the month in which each fell due: of those drawn one was visited, and its result was in time.
    (scanned,) = queries.scanned_share(["scjgj"], [month(2026, 3)])
    assert (scanned.value.numerator, scanned.value.denominator) == (1, legal.batch.visits.count())
    (published,) = queries.published_on_time_rate(["scjgj"], [month(2026, 4)])
    assert (published.value.numerator, published.value.denominator) == (1, 1)
    assert [cell.value for cell in queries.stopped(["scjgj"], [month(2026, 3)])] == [len(STOPPED)]

    # The public: how often, by which rule, and never at whose door.
    counted = page(client, "/inspections/stops/")
    assert "检查的事项没有公布" in counted and "没有经过批准" in counted and "金穗餐饮店" not in counted
    assert "4次" in page(client, "/inspections/")

    # The bureau: each attempt with its article, and the alarm with its answer.
    seen = page(client, "/inspections/alarms/", "zhou")
    assert seen.count(NOTICE_54) == len(STOPPED) and "已责令纠正" in seen
    assert Alarm.objects.get().explained_at is not None
    assert "已责令纠正" in page(client, f"/enterprises/{harassed().code}/", "fan")

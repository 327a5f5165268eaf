"""What everybody sees, and the way of a draw from the task to its visits on the pages."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yingshang.conduct.inspections import operations, queries
from yingshang.conduct.inspections.models import Batch, Crew, Inspector, Stop, Target, Tie, Visit
from yingshang.kernel import draws
from yingshang.kernel.documents import Document
from yingshang.kernel.errors import Refusal
from yingshang.kernel.measures import month
from yingshang.kernel.testing import actor_of
from yingshang.kernel.testing.ceremony import DIGITS, sign

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICE = "/workbench/inspections/"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path, time_machine):
    settings.YS_DATA_DIR = tmp_path
    time_machine.move_to(AT)


@pytest.fixture
def line(example_county, wang_min):
    """A task of a published plan."""
    officer, head = actor_of("han", unit="scjgj"), actor_of("wei", unit="scjgj")
    plan = operations.draft_plan(year=2026, by=officer, at=AT)
    task = operations.Task(
        title="餐饮经营抽查",
        items=["X06"],
        tags=["food"],
        ratios={"A": "1/100", "B": "10/100", "C": "30/100", "D": "1/1"},
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
    )
    made = operations.add_line(plan_id=plan.pk, task=task, by=officer, at=AT)
    operations.submit_plan(plan_id=plan.pk, by=officer, at=AT)
    operations.decide_plan(plan_id=plan.pk, approve=True, by=head, at=AT)
    operations.publish_plan(plan_id=plan.pk, by=wang_min, at=AT)
    return made


def hold(batch, wang_min):
    serial, at = int(batch.serial), batch.at
    sign()
    draws.add_dice(serial=serial, digits=DIGITS, by=wang_min, at=at + timedelta(minutes=5))
    draws.confirm_dice(serial=serial, digits=DIGITS, by=actor_of("jiang", unit="sfj"), at=at + timedelta(minutes=6))
    draws.run(serial=serial, by=wang_min, at=at + timedelta(minutes=7))


@pytest.mark.mission("4b")
def test_from_the_task_to_the_visits_and_a_substitute_on_the_pages(line, wang_min, log_in, client):
    host = log_in("wang_min")
    assert "待摇号" in text_of(host.get("/workbench/"))
    days = {"visits_from": "2026-03-09", "visits_to": "2026-03-31", "beacon_at": ""}
    none = host.post(f"{OFFICE}tasks/{line.pk}/draw/", days)
    assert "随机数至少要来自" in text_of(none)
    page = text_of(host.post(f"{OFFICE}tasks/{line.pk}/draw/", days | {"dice": "on"}, follow=True))
    batch = Batch.objects.get()
    assert "去摇号现场" in page and f"/draws/{batch.serial}/ceremony/" in page
    hold(batch, wang_min)
    first, *others = draws.result_of(serial=int(batch.serial), by=wang_min)
    tied = Inspector.objects.get(certificate_no=first.team[0])
    target = Target.objects.get(code=first.target)
    Tie.objects.create(inspector=tied, target=target, kind=Tie.Kind.OTHER, since=date(2020, 1, 1), by="x")
    address = f"{OFFICE}batches/{batch.pk}/"
    page = text_of(host.post(f"{address}take-over/", follow=True))
    assert f"已安排{len(others)}次检查" in page and "1户没有安排" in page
    assert "检查人员中有人与这家企业有应当回避的关系" in page
    form = f"{address}substitute/?target={target.code}"
    bare = host.post(form, {"out": first.team[0], "reason": "conflict"})
    assert bare.status_code == 422 and "依据材料" in text_of(bare)
    proof = SimpleUploadedFile("回避申请.pdf", PDF, content_type="application/pdf")
    done = host.post(form, {"out": first.team[0], "reason": "conflict", "evidence": proof}, follow=True)
    assert "已替补" in text_of(done)
    kept = Document.objects.get(subject=f"inspections.batch:{batch.pk}")
    assert kept.digest == hashlib.sha256(PDF).hexdigest()
    assert "已安排1次检查" in text_of(host.post(f"{address}take-over/", follow=True))
    assert not Visit.objects.get(target=target).crew.filter(inspector=tied).exists()
    other = Visit.objects.exclude(target=target).first()
    sick = other.crew.get(role=Crew.Role.LEAD)
    proof = SimpleUploadedFile("病假.pdf", PDF + b" ", content_type="application/pdf")
    sent = {"out": sick.inspector.certificate_no, "reason": "unable", "evidence": proof}
    assert "已替补" in text_of(host.post(f"{address}substitute/?target={other.target.code}", sent, follow=True))
    sick.refresh_from_db()
    assert sick.replaced_by.replaced_because == "因病、因公等不能参加"
    assert sick not in queries.crew_of(other)
    assert log_in("li_qiang").get(address).status_code == 409
    draws.reveal(serial=int(batch.serial), by=wang_min, at=batch.at + timedelta(minutes=30))
    pool = json.loads(client.get(f"/draws/{batch.serial}/draw.json").content)["plan"]["targets"]
    written = json.dumps(pool, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    assert hashlib.sha256(written).hexdigest() == batch.pool_digest
    assert batch.pool_digest in text_of(client.get("/inspections/draws/"))
    (cell,) = queries.drawn_share(["scjgj"], [month(2026, 3)])
    assert cell.value.numerator == cell.value.denominator == Visit.objects.count()
    (cell,) = queries.plans_published_rate(["scjgj"], [month(2026, 12)])
    assert (cell.value.numerator, cell.value.denominator) == (1, 1)


@pytest.mark.mission("4a")
def test_everybody_sees_items_classes_caps_plans_and_how_often_a_rule_stopped_somebody(
    line, client, plan_visit, django_assert_max_num_queries
):
    page = text_of(client.get("/inspections/items/"))
    assert "《食品安全法》第一百一十条" in page
    assert "没有超过保质期的食品" in text_of(client.get("/inspections/items/X06/"))
    assert client.get("/inspections/items/X99/").status_code == 404
    assert "尚无出处" in text_of(client.get("/inspections/settled/"))
    assert "《行政处罚法》第四十二条" in text_of(client.get("/inspections/settled/"))
    unsourced = text_of(client.get("/law/unsourced/"))
    assert "检查频次上限" in unsourced and "检查通知书上的话" in unsourced
    with pytest.raises(Refusal, match="X99"):
        plan_visit(items=["X99"])
    stops = text_of(client.get("/inspections/stops/"))
    assert "检查的事项没有公布" in stops
    assert Stop.objects.get().target.name not in stops
    for address, most in (
        ("/inspections/", 14),
        ("/inspections/items/", 10),
        ("/inspections/plans/", 8),
        (f"/inspections/plans/{line.plan_id}/", 14),
        ("/inspections/draws/", 8),
        ("/inspections/stops/", 8),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
    assert "餐饮经营抽查" in text_of(client.get("/search/?q=餐饮经营抽查"))


def test_the_api_lists_and_does_what_the_pages_do(line, log_in):
    host, officer = log_in("wang_min"), log_in("han")
    base = "/api/v1/inspections"
    assert "X06" in {row["code"] for row in host.get(f"{base}/items").json()}
    assert host.get(f"{base}/settled").json()["grades"][0]["grade"] == "A"
    listed = officer.get(f"{base}/targets?grade=C").json()
    assert {row["grade"] for row in listed["rows"]} == {"C"}
    assert host.get(f"{base}/plans/{line.plan_id}").json()["tasks"][0]["ratios"]["B"] == "10/100"
    assert officer.get(f"{base}/merging").json() == []
    refused = log_in("wu").get(f"{base}/targets")
    assert (refused.status_code, refused.json()["code"]) == (409, "inspections.not_your_post")

"""What inspectors see on their phones, what the enterprise sees, and what nobody else sees before the visit."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from yingshang.conduct.inspections import operations
from yingshang.conduct.inspections.models import Alarm, OtherVisit, Rating, Scan, Stop, Target, Visit
from yingshang.kernel import documents, org, work
from yingshang.kernel.ledger import Entry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def log_in(client):
    def logged_in(key, unit=""):
        response = client.post(f"/demo/{org.demo_pseudonym(key)}/", follow=True)
        assert response.status_code == 200
        return client

    return logged_in


@pytest.fixture
def visit(plan_visit):
    return plan_visit(target=Target.objects.get(party__isnull=False), items=["X01"])


def test_an_inspector_goes_from_the_list_to_the_recorded_result(visit, log_in):
    client = log_in("wang_min")
    page = client.get("/inspections/visits/today/").content.decode()
    assert visit.target.name in page and "营业执照" in page
    at_the_door = client.get(f"/inspections/at/{visit.target.code}/").content.decode()
    assert "开始检查" in at_the_door
    opened = client.post(f"/inspections/visits/{visit.public_id}/scan/", {"code": visit.target.code}, follow=True)
    assert opened.redirect_chain[-1][0].endswith("/sheet/")
    assert "醒目位置" in opened.content.decode()
    wrong = {"attempt": "a1", "X01-1": "no", "X01-2": "yes", "results": ["E"]}
    again = client.post(f"/inspections/visits/{visit.public_id}/sheet/", wrong)
    assert again.status_code == 422 and "请写明哪里不符合" in again.content.decode()
    right = wrong | {"X01-1-remark": "执照放在抽屉里，当场改正。"}
    done = client.post(f"/inspections/visits/{visit.public_id}/sheet/", right, follow=True)
    assert "已录入" in done.content.decode() and "发现问题经责令已改正" in done.content.decode()
    client.post(f"/inspections/visits/{visit.public_id}/sheet/", right)
    visit.refresh_from_db()
    assert visit.state == Visit.State.RECORDED and visit.outcomes.count() == 1


def test_a_stop_at_the_door_names_its_article(plan_visit, log_in):
    visit = plan_visit(planned_on=date(2026, 2, 27))
    client = log_in("wang_min")
    page = client.post(f"/inspections/visits/{visit.public_id}/scan/", {"code": visit.target.code})
    assert page.status_code == 409
    assert "请在安排的日期内检查" in page.content.decode() and "国办发〔2024〕54号" in page.content.decode()
    assert not Scan.objects.exists() and Stop.objects.filter(visit=visit).exists()


def test_before_the_scan_nobody_outside_learns_of_a_visit(visit, client, log_in):
    name = visit.target.name
    assert not any(str(visit.public_id) in bytes(entry.content).decode() for entry in Entry.objects.all())
    assert client.get(f"/inspections/visits/{visit.public_id}/verify/").status_code == 404
    public = client.get(f"/enterprises/{visit.target.code}/").content.decode()
    assert name in public and "还没有来过检查" in public and str(visit.public_id) not in public
    for key in ("wu", "li_qiang", "fan"):
        other = log_in(key)
        assert "2026年3月2日" not in other.get(f"/enterprises/{visit.target.code}/").content.decode()
        if key != "fan":
            assert other.get(f"/inspections/visits/{visit.public_id}/").status_code == 404
    assert name not in log_in("li_qiang").get("/inspections/visits/").content.decode()


def test_the_notice_is_made_once_and_tells_how_to_check_it(visit, log_in):
    client = log_in("wang_min")
    first = client.post(f"/inspections/visits/{visit.public_id}/notice/")
    again = client.post(f"/inspections/visits/{visit.public_id}/notice/")
    assert first["Location"] == again["Location"]
    kept = documents.Document.objects.get(subject=f"visit:{visit.public_id}")
    assert kept.official_no.startswith("示检通〔2026〕")
    paper = b"".join(client.get(first["Location"]).streaming_content)
    assert paper.startswith(b"%PDF")
    assert "只查这些事项" in client.get(f"/inspections/visits/{visit.public_id}/verify/").content.decode()


def test_the_enterprise_sees_rates_and_is_heard(visit, log_in, wang_min):
    target = visit.target
    assert target.party is not None
    operations.start_visit(public_id=visit.public_id, code=target.code, by=wang_min, at=AT)
    client = log_in("fan")
    page = client.get(f"/enterprises/{target.code}/").content.decode()
    assert "1次" in page and "反映违规检查" in page
    assert client.post(f"/inspections/visits/{visit.public_id}/rate/", {"level": 2}).status_code == 409
    raised = {"unit": "scjgj", "happened_on": "2026-03-01", "what": "两个人没有扫码就来查仓库。"}
    assert "已收到" in client.post(f"/enterprises/{target.code}/alarm/", raised, follow=True).content.decode()
    owed = work.Obligation.objects.get(kind="inspections.explain")
    assert (owed.unit.code, owed.due_date) == ("scjgj", date(2026, 3, 9))
    assert Entry.objects.filter(kind="inspections.alarm_raised").count() == 1
    alarm = Alarm.objects.get()
    assert log_in("li_qiang").get(f"/inspections/alarms/{alarm.pk}/").status_code == 404
    head = log_in("wei")
    answered = head.post(f"/inspections/alarms/{alarm.pk}/", {"reason": "系外聘人员擅自前往，已辞退。"}, follow=True)
    assert "已辞退" in answered.content.decode()
    owed.refresh_from_db()
    assert owed.state == work.Obligation.State.FULFILLED
    assert "已辞退" in log_in("fan").get(f"/enterprises/{target.code}/").content.decode()
    assert "没有扫码" in log_in("zhou").get("/inspections/alarms/").content.decode()


def test_a_rating_keeps_no_person(visit, log_in, wang_min):
    Visit.objects.filter(pk=visit.pk).update(state="recorded", started_at=AT, recorded_at=AT)
    client, before = log_in("fan"), Entry.objects.count()
    client.post(f"/inspections/visits/{visit.public_id}/rate/", {"level": 1, "words": "态度不好。"})
    assert Rating.objects.get().level == 1
    assert client.post(f"/inspections/visits/{visit.public_id}/rate/", {"level": 5}).status_code == 409
    assert Entry.objects.count() == before
    told = log_in("wang_min").get("/inspections/visits/").content.decode()
    assert "企业评价了本单位牵头的1次检查" in told and "态度不好" not in told
    stranger = log_in("wu")
    assert stranger.post(f"/inspections/visits/{visit.public_id}/rate/", {"level": 5}).status_code == 404


def test_officials_who_do_not_inspect_register_at_the_door(log_in, example_county):
    target = Target.objects.order_by("code")[0]
    client = log_in("li_qiang")
    page = client.get(f"/inspections/at/{target.code}/").content.decode()
    assert "没有安排的，不得检查" in page
    client.post(f"/inspections/at/{target.code}/", {"purpose": "call"})
    assert OtherVisit.objects.get().unit.code == "sfj"
    assert "走访" in client.get(f"/enterprises/{target.code}/").content.decode()
    assert client.get("/enterprises/91350100M000100Y43/").status_code == 404


def test_the_code_at_the_door_can_be_printed(client, example_county):
    target = Target.objects.order_by("code")[0]
    page = client.get(f"/enterprises/{target.code}/door/").content.decode()
    assert "<svg" in page and "style=" not in page.split("<svg")[1].split("</svg>")[0]

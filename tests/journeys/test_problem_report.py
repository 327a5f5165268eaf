"""A citizen reports a problem from a phone; the unit says it is done; the citizen says no, then yes; all see it."""

import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from yingshang.kernel import clock, org, work
from yingshang.oversight.supervision.models import ProblemReport

pytestmark = pytest.mark.mission("13i")

MONDAY = datetime(2026, 3, 30, 9, tzinfo=clock.BEIJING)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path


def visitor(key: str = "") -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14; Mobile)"})
    if key:
        client.post(f"/demo/{org.demo_pseudonym(key)}/")
    return client


def seen(answer) -> str:
    assert answer.status_code < 400, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.mark.parametrize("named", ["scjgj", "unknown"])
def test_from_the_phone_to_the_public_figures(example_county, named):
    with time_machine.travel(MONDAY, tick=False) as now:
        citizen = visitor()
        key = re.search(r'name="key" value="(\w+)"', seen(citizen.get("/report/"))).group(1)
        typed = {"key": key, "text": "办照窗口下午没有人，跑了三趟。"}
        seen(citizen.post("/report/where/", typed))
        typed |= {"place": "政务大厅", "unit": named}
        seen(citizen.post("/report/reach/", typed))
        receipt = seen(citizen.post("/report/send/", typed | {"contact": "吴桐 13912345678"}))
        number, code = re.findall(r"<strong>(\w{4}-\w{4}-\w{4})</strong>", receipt)
        door = {"number": number, "code": code}
        assert "3月31日前分办" in receipt

        report = ProblemReport.objects.get()
        desk = f"/workbench/reports/{report.pk}/"
        told = {"unit": "scjgj", "area": "windows", "told": "办照窗口下午没有人。"}
        visitor("qin").post(f"{desk}assign/", told)
        unit = visitor("wang_min")
        assert "吴桐" not in seen(unit.get(desk))
        unit.post(f"{desk}sign/")
        report.refresh_from_db()

        now.shift(86_400)
        unit = visitor("wang_min")  # a session lasts twelve hours
        unit.post(f"{desk}done/", {"words": "已经提醒。"})
        assert "已经提醒" in seen(citizen.post("/report/status/", door))
        report.settling.refresh_from_db()
        assert report.settling.due_date is None  # the clock stands while the citizen has the word

        now.shift(86_400)
        assert "重新办理" in seen(citizen.post("/report/unsolved/", door | {"reason": "今天下午还是没人"}))
        assert "今天下午还是没人" in seen(visitor("wang_min").get(desk))
        report.settling.refresh_from_db()
        assert report.settling.due_date is not None

        now.shift(86_400)
        unit = visitor("wang_min")  # a session lasts twelve hours
        unit.post(f"{desk}done/", {"words": "调整了排班，两人轮流值守。"})
        assert "已经办结" in seen(citizen.post("/report/solved/", door))
        duty = work.Obligation.objects.get(pk=report.settling_id)
        assert (duty.state, duty.evidence) == ("fulfilled", "反映人确认已解决")
        figures = seen(visitor().get("/reports/"))
        assert re.search(r"<strong>1</strong> 反映人确认已解决", figures)
        assert "县市场监管局" in figures
        assert visitor().get("/api/v1/supervision/reports/figures").json()["confirmed"] == 1

"""What the team, the head, the unit checked and everybody else see of a check."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yingshang.kernel import clock, org
from yingshang.oversight.supervision.models import Authority, Check

pytestmark = pytest.mark.mission("R4")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path


@pytest.fixture
def face(example_county):
    if not Authority.objects.exists():
        today = clock.today()
        approval = {"approval_no": "1", "text": "授权", "issuer": "县政府", "approved_on": today, "valid_from": today}
        entered = {"is_demo": True, "todo": "演示", "entered_by": "p", "entered_at": clock.now()}
        Authority.objects.create(unit=org.unit("ysj"), **approval, **entered)

    def choose(key: str) -> Client:
        client = Client()
        if key:
            client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client

    return choose


def text_of(response) -> str:
    return response.content.decode()


def planned(bureau, **changed):
    team = [org.demo_pseudonym(key) for key in ("zhou", "qin")]
    form = {"title": "大厅暗访", "kind": "unannounced", "area": "windows", "content": "在岗情况", "scope": "大厅"}
    form |= {"units": ["scjgj"], "day": clock.today().isoformat(), "team": team}
    return bureau.post("/workbench/checks/new/", form | changed)


def test_a_check_from_plan_to_conclusion_and_the_unit_learns_of_it_when_it_is_made(face):
    bureau, head, second, unit, other = (face(key) for key in ("zhou", "chu", "qin", "wang_min", "li_qiang"))
    plan = planned(bureau)["Location"]
    check = Check.objects.get()
    address, api = f"/workbench/checks/{check.pk}/", f"/api/v1/supervision/checks/{check.pk}"
    assert "待批准" in text_of(bureau.get(plan))
    assert "大厅暗访" in text_of(head.get("/workbench/checks/"))
    assert head.post(f"{plan}approve/").status_code == 302

    for stranger in (unit, other, face("wu")):
        assert stranger.get(address).status_code == 404
        assert stranger.get(plan).status_code == 404
        assert stranger.get(api).status_code == 404
        assert stranger.get("/api/v1/supervision/checks").json()["rows"] == []
        assert "大厅暗访" not in text_of(stranger.get("/workbench/")) + text_of(stranger.get("/search/?q=在岗情况"))
    assert "大厅暗访" not in text_of(unit.get("/workbench/checks/"))

    assert "开始检查" in text_of(bureau.get(address))
    bureau.post(f"{address}make/")
    paper = SimpleUploadedFile("笔录.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    bureau.post(f"{address}finding/", {"what": "3号窗口无人", "papers": [paper]})
    finding = check.findings.get()
    seen = text_of(unit.get(address))
    assert "3号窗口无人" in seen
    assert "报整改情况" in seen
    paper_address = re.search(r'href="(/documents/[^"]+)"', seen).group(1)
    assert "笔录.pdf" in seen
    assert other.get(paper_address).status_code == 404
    assert "督查检查" not in text_of(face("").get("/"))

    unit.post(f"/workbench/findings/{finding.pk}/answer/", {"text": "已排班"})
    assert second.post(f"/workbench/findings/{finding.pk}/return/", {"words": "缺排班表"}).status_code == 302
    unit.post(f"/workbench/findings/{finding.pk}/answer/", {"text": "附排班表"})
    second.post(f"/workbench/findings/{finding.pk}/accept/", {"words": "看了"})
    bureau.post(f"{address}conclude/", {"words": "值守制度已落实。"})
    done = text_of(unit.get(address))
    for words in ("缺排班表", "复核通过", "值守制度已落实", "对结论申请复核"):
        assert words in done
    assert unit.post(f"{address}object/", {"words": "当天停电"}).status_code == 302
    assert second.post(f"{address}review/", {"is_upheld": "no", "reason": "x"}).status_code == 409
    assert unit.get("/workbench/checks/?format=xlsx").status_code == 200


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"units": []}, "请选择查哪些单位"),
        ({"day": (clock.today() - timedelta(days=1)).isoformat()}, "检查的日期已经过了"),
        ({"team": []}, "请选择检查组"),
    ],
)
def test_a_plan_that_does_not_hold_says_why_and_keeps_what_was_typed(face, changed, said):
    answer = planned(face("zhou"), **changed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "在岗情况" in text_of(answer)
    assert not Check.objects.exists()


def test_a_deed_that_does_not_exist_and_a_review_nobody_asked_for_are_not_found(face):
    bureau = face("zhou")
    planned(bureau)
    check = Check.objects.get()
    for name in ("dance", "review"):
        assert bureau.get(f"/workbench/checks/{check.pk}/{name}/").status_code == 404

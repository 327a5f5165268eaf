"""A material that was to come later and never came, and a promise that was not true."""

from datetime import UTC, date, datetime

import pytest

from yingshang.casework.cases import operations
from yingshang.casework.cases.models import Case, Commitment
from yingshang.kernel import org, work
from yingshang.kernel.testing import actor_of
from yingshang.registers.catalogue import api as catalogue
from yingshang.registers.credentials.models import Credential
from yingshang.site.story.scene import Act, Scene
from yingshang.site.story.service_cases import PLAN, apply, examine, item

pytestmark = pytest.mark.mission("13f")

MONDAY = date(2026, 3, 2)


def on(day, month=3):
    return datetime(2026, month, day, 1, tzinfo=UTC)


@pytest.fixture
def scene(example_county, settings, tmp_path):
    settings.YS_DATA_DIR = tmp_path
    return Scene(MONDAY, Act(0, "fan", "", lambda _: ""))


def page(client, address, key):
    client.post(f"/demo/{org.demo_pseudonym(key)}/")
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_tolerated_material_that_never_comes_ends_the_application(scene, client):
    fan, han = scene.by, actor_of("han", unit="scjgj")
    draft = operations.start_draft(item=item(scene).item_code, by=fan, at=on(2)).public_id
    operations.answer_question(draft=draft, question="business", answer="shop", by=fan, at=on(2))
    answers = {"shop_name": "金穗餐饮店（演示）", "address": "中央大街8号（演示）", "area": 60}
    operations.fill_in(draft=draft, values=answers, by=fan, at=on(2))
    operations.choose_way(draft=draft, material=PLAN, way="later", by=fan, at=on(2))
    case = operations.hand_in(draft=draft, declared=True, channel="mobile", by=fan, at=on(2))
    promise = "五个工作日内补交平面图"
    operations.accept_tolerantly(case_id=case.pk, missing=[PLAN], promise=promise, by=han, at=on(3))
    owed = work.Obligation.objects.get(dossier=case.dossier, key=f"supply-{PLAN}")
    days = next(one for one in catalogue.materials_for(item(scene), {"business": "shop"}) if one.key == PLAN)
    assert (days.tolerable_days, owed.due_date) == (5, date(2026, 3, 10))
    assert "平面图" in page(client, f"/mine/cases/{case.number}/", "fan")
    work.sweep_overdue(on(11))
    ended = Case.objects.select_related("dossier").get(pk=case.pk)
    assert (ended.state, ended.is_open) == ("lapsed", False)
    assert "终止" in page(client, f"/mine/cases/{case.number}/", "fan")


def test_a_promise_found_false_takes_the_license_away(scene, client):
    case = apply(scene)
    operations.accept(case_id=case.pk, by=actor_of("han", unit="scjgj"), at=on(3))
    scene.kept["case"] = case.pk
    examine(Scene(MONDAY, Act(1, "luo", "scjgj", examine), scene.kept))
    sun = actor_of("sun", unit="scjgj")
    operations.decide(case_id=case.pk, granted=True, content="热食类食品制售", by=sun, at=on(4))
    license_ = operations.issue_credential(case_id=case.pk, by=sun, at=on(4))
    promise = Commitment.objects.get(case=case)
    luo = actor_of("luo", unit="scjgj")
    operations.check_commitment(commitment_id=promise.pk, kept=False, finding="两人没有健康证明", by=luo, at=on(9))
    wei = actor_of("wei", unit="scjgj")
    remedy = "可以在六十日内申请行政复议"
    operations.revoke(case_id=case.pk, reason="承诺不实", remedy=remedy, by=wei, at=on(10))
    assert Credential.objects.get(pk=license_.pk).state == "revoked"
    assert "撤销" in page(client, f"/mine/cases/{case.number}/", "fan")
    client.logout()
    assert "撤销" in client.get("/credentials/verify/", {"code": license_.code}, follow=True).content.decode()

"""The plan at work, as the story tells it: then each of those concerned sees it on their own pages."""

from datetime import date

import pytest

from yingshang.kernel import clock, org, work
from yingshang.methods import dates
from yingshang.oversight.plan_tasks.models import Duty, Stage
from yingshang.site.story.chapters import CHAPTERS
from yingshang.site.story.plan_at_work import CHAPTER, PLAN
from yingshang.site.story.scene import first_day_for, play

pytestmark = pytest.mark.mission("main-b", "R3", "33a")

FIRST_DAY = date(2026, 3, 2)  # a Monday
TOLD = [
    ("2026-03-02 周一 09:00", "周正（县营商环境建设监督局）", "同时送达3个单位"),
    ("2026-03-03 周二 10:00", "李强（县司法局）", "在签收期限之内"),
    ("2026-03-03 周二 15:00", "王敏（县市场监管局）", "在签收期限之内"),
    ("2026-03-06 周五 09:00", "周正（县营商环境建设监督局）", "2个单位已签收，县发改局还没有打开通知"),
    ("2026-03-06 周五 11:00", "沈洋（县发改局）", "比签收期限晚了"),
    ("2026-03-09 周一 09:00", "李强（县司法局）", "1个阶段，2026-03-23前完成"),
    ("2026-03-10 周二 09:00", "周正（县营商环境建设监督局）", "退回子方案"),
    ("2026-03-11 周三 09:00", "李强（县司法局）", "再次报备"),
    ("2026-03-12 周四 09:00", "周正（县营商环境建设监督局）", "2个阶段从今天起计时"),
    ("2026-03-13 周五 09:00", "蒋丽（县司法局）", "签署责任书"),
    ("2026-03-24 周二 08:00", "平台", "亮黄灯"),
    ("2026-03-24 周二 09:00", "周正（县营商环境建设监督局）", "发出催办通知"),
    ("2026-03-30 周一 08:00", "平台", "亮黄灯"),
    ("2026-03-30 周一 09:00", "周正（县营商环境建设监督局）", "发出督办单"),
    ("2026-03-31 周二 09:00", "李强（县司法局）", "承诺2026-04-09前完成"),
    ("2026-03-31 周二 15:00", "周正（县营商环境建设监督局）", "认可答复"),
    ("2026-04-08 周三 08:00", "平台", "转为红灯"),
    ("2026-04-08 周三 16:00", "李强（县司法局）", "申请销号"),
    ("2026-04-09 周四 09:00", "周正（县营商环境建设监督局）", "1件督办随之办结"),
    ("2026-04-09 周四 12:00", "吴桐（市民）", "通知已由3个单位签收，应报1件、已报1件"),
]


@pytest.fixture
def told(example_county):
    return list(play(CHAPTER, first_day=FIRST_DAY))


@pytest.fixture
def page(told, client):
    def see(address: str, key: str = "") -> str:
        if key:
            client.post(f"/demo/{org.demo_pseudonym(key)}/")
        return client.get(address, follow=True).content.decode()

    return see


def test_the_story_of_the_plan_at_work(told, page):
    assert len(told) == len(TOLD)
    for line, (moment, who, what) in zip(told, TOLD, strict=True):
        assert line.startswith(f"{moment}　{who}：")
        assert what in line

    # The citizen, before anybody logs in.
    public = page(f"/plans/{PLAN}/")
    assert "通知已送达3个单位，3个已签收" in public
    assert "已报1个单位，共1个" in public

    # The official of the late unit: nothing is left to do, the stage still to come stands there.
    unit = page("/workbench/units/sfj/", "li_qiang")
    assert "公布取消清单" in unit
    assert "签收《示例县优化营商环境专项行动方案（演示）》通知" not in unit

    # The supervisor: who signed, and when.
    signed = page(f"/plans/{PLAN}/deliveries/", "zhou")
    assert "2026-03-06 11:00" in signed
    assert "沈洋" in signed

    # The red of April stays in the history although the stage is done.
    stage = Stage.objects.select_related("obligation__clock").get(title="梳理证明事项", obligation__isnull=False)
    assert stage.obligation.state == work.Obligation.State.FULFILLED
    months = work.lamp_history([stage.obligation], months=[date(2026, 3, 1), date(2026, 4, 1)], on=date(2026, 4, 30))
    assert [month.color for month in months[stage.obligation.pk]] == ["yellow", "red"]
    assert Duty.objects.get(task__edition__plan__code=PLAN).obligation.state == work.Obligation.State.FULFILLED


def test_every_chapter_is_over_before_the_day_it_is_told(example_county):
    today = date(2026, 10, 10)  # in the week after a long holiday
    for chapter in CHAPTERS:
        first = first_day_for(chapter, today)
        assert clock.calendar().is_working_day(first)
        assert dates.due(first, chapter.days, dates.Unit.WORKING_DAY, clock.calendar()).date < today
        assert [act.day for act in chapter.acts] == sorted(act.day for act in chapter.acts)

"""A sample as people walk it: three steps to a sealed plan, the wait for the draw, the cards, the frame."""

from datetime import timedelta

import pytest

from yingshang.conduct.surveys.models import Survey
from yingshang.conduct.surveys.tests.factories import market, pool, questionnaire
from yingshang.conduct.surveys.tests.test_pages import DESK, log_in, read
from yingshang.conduct.surveys.tests.test_sampling import held
from yingshang.kernel import clock, draws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]


def asked(**changes):
    """Return the first two steps of a sample as a page posts them."""
    return {
        "roll": "parties.register",
        "way": "sample",
        "title": "抽样调查（演示）",
        "code": "a1",
        "kinds": ["enterprise", "household"],
        "layered_by": "kind",
        "last_day": (clock.today() + timedelta(days=30)).isoformat(),
        "domain_question": "q2",
    } | changes


def test_a_sample_is_planned_in_three_steps_and_issued_after_its_draw(django_assert_max_num_queries):
    market(enterprise=60, household=30)
    questionnaire()
    zhou, qin, sun = log_in("zhou"), log_in("qin"), log_in("sun")
    place = f"{DESK}questionnaires/open-2026/open/"
    assert sun.get(place).status_code == 409
    first = read(qin, place)
    assert all(words in first for words in ("登记的市场主体", "办结过事项的当事人", "抽查名录库", "两阶段抽样"))
    assert qin.get(place, {"roll": "none", "way": "sample"}).status_code == 422
    second = read(qin, place, roll="cases.closed", way="clusters")
    assert all(words in second for words in ("从哪一天起", "按什么分群", "办理单位", "办过哪类事"))
    assert qin.get(place, asked(kinds=[])).status_code == 422
    nobody = qin.get(place, asked(roll="cases.closed", dealt_from="2020-01-01", dealt_to="2020-01-02"))
    assert "名册中没有可以发放的" in nobody.content.decode()
    with django_assert_max_num_queries(30):
        third = read(qin, place, **asked(), total="40")
    assert "误差大约" in third
    assert "正负" in third
    assert "您的岗位不能抽样发放问卷" in read(zhou, place, **asked())
    assert "至少发10份" in third
    census = read(zhou, place, **asked(way="census"))
    assert "开始，并下载答题卡" in census

    few = qin.post(place, asked(size_1="3", size_2="20", dice="on"))
    assert few.status_code == 422
    assert "要抽10到" in few.content.decode()
    assert not Survey.objects.exists()
    planned = qin.post(place, asked(size_1="20", size_2="10", dice="on"), follow=True).content.decode()
    assert all(words in planned for words in ("去摇号现场", "还没到", "封存方案"))
    assert qin.post(f"{DESK}a1/drawn/", {"last_day": ""}, follow=True).status_code == 200
    assert "列入摇号" in read(qin, f"{DESK}a1/frame/")
    one = Survey.objects.get()
    assert (one.way, one.domain_question, one.state) == ("sample", "q2", "planned")
    held(one, at=clock.now() - timedelta(minutes=20))
    with django_assert_max_num_queries(30):
        assert "按摇号结果发放" in read(qin, f"{DESK}a1/")
    cards = qin.post(f"{DESK}a1/drawn/", {"last_day": one.last_day.isoformat(), "shape": "xlsx"})
    assert cards["Cache-Control"] == "no-store"
    assert "回收率" in read(zhou, f"{DESK}a1/")
    with django_assert_max_num_queries(30):
        listed = read(zhou, f"{DESK}a1/frame/")
    assert all(words in listed for words in ("没有抽中", "发放", "摇号用的编号"))
    assert zhou.get(f"{DESK}a1/frame/", {"format": "xlsx"}).status_code == 200
    assert draws.standing_of(draws.draw_of(one.draw_serial)).state == draws.State.REVEALED


def test_clusters_show_between_what_their_error_lies_and_say_which_came():
    pool({"东湖": 30, "西山": 24, "南河": 14})
    questionnaire()
    qin = log_in("qin")
    place = f"{DESK}questionnaires/open-2026/open/"
    frame = asked(roll="inspections.targets", way="two_stage", grouped_by="township_code", kinds=["enterprise"])
    third = read(qin, place, **frame)
    assert "同一群里的户越相像" in third
    qin.post(place, frame | {"size_1": "2", "within": "10", "dice": "on"})
    one = Survey.objects.get()
    held(one, at=clock.now() - timedelta(minutes=20))
    qin.post(f"{DESK}a1/drawn/", {"last_day": one.last_day.isoformat(), "shape": "xlsx"})
    page = read(qin, f"{DESK}a1/")
    assert "没有抽中" in page
    assert "抽了几个群" in page
    assert "群" in read(qin, f"{DESK}a1/frame/")

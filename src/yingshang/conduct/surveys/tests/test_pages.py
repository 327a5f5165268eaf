"""A survey as people walk it: written at a desk, answered on a phone and on paper, read by everybody."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client

from yingshang.conduct.surveys import operations
from yingshang.conduct.surveys.models import Answer, Survey
from yingshang.conduct.surveys.tests.factories import market, questionnaire, sheet
from yingshang.kernel import clock, org
from yingshang.kernel.testing import actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]

DESK = "/workbench/surveys/"
ANSWER = "/surveys/answer/"


@pytest.fixture(autouse=True)
def unhurried():
    cache.clear()


def log_in(key):
    client = Client()
    client.post(f"/demo/{org.demo_pseudonym(key)}/")
    return client


def read(client, address, **given):
    answer = client.get(address, given)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def opened_on_the_page(client, **changes):
    """Open a survey of all enterprises and return the codes of its cards, from the workbook."""
    asked = {
        "title": "问卷调查（演示）",
        "code": "s1",
        "kinds": ["enterprise", "household"],
        "last_day": (clock.today() + timedelta(days=30)).isoformat(),
        "shape": "xlsx",
    }
    answer = client.post(f"{DESK}questionnaires/open-2026/open/", asked | changes)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    rows = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True)
    return [row[1] for row in rows if row[0] in ("企业", "个体工商户")]


def test_an_officer_writes_a_questionnaire_and_opens_a_survey(django_assert_max_num_queries):
    market(enterprise=3)
    zhou, sun = log_in("zhou"), log_in("sun")
    assert sun.get(DESK).status_code == 404
    assert "新问卷" in read(zhou, DESK)
    assert "新问卷" not in read(log_in("chu"), DESK)  # who publishes does not write
    assert "请填写" in zhou.post(DESK, {"title": "", "code": "x"}).content.decode()
    zhou.post(DESK, {"title": "营商环境问卷", "code": "open-2026"})
    place = f"{DESK}questionnaires/open-2026/"
    assert sun.get(place).status_code == 404
    zhou.post(place, {"title": "满意吗？", "kind": "scale"})
    assert (
        "选项要有2到20个" in zhou.post(place, {"title": "哪类？", "kind": "single", "options": "一"}).content.decode()
    )
    zhou.post(place, {"title": "哪类？", "kind": "single", "options": "开办\n许可", "optional": "on"})
    zhou.post(f"{place}2/", {"up": "1"})
    page = read(zhou, place)
    assert page.index("哪类？") < page.index("满意吗？")
    assert 'value="哪类？"' in read(zhou, f"{place}1/")
    assert zhou.post(f"{place}1/", {"title": "", "kind": "scale"}).status_code == 422
    zhou.post(f"{place}1/", {"title": "办过哪类事？", "kind": "single", "options": "开办\n许可"})
    assert "办过哪类事？" in read(zhou, place)
    zhou.post(f"{place}1/", {"delete": "1"})
    assert "哪类" not in read(zhou, place)
    assert zhou.get(f"{place}paper.pdf").content.startswith(b"%PDF")
    zhou.post(f"{place}publish/")
    assert "第1版，" in read(zhou, place)
    cards = zhou.post(
        f"{place}open/",
        {"title": "调查", "code": "s1", "kinds": ["enterprise"], "last_day": clock.today().isoformat(), "shape": "pdf"},
    )
    assert cards.content.startswith(b"%PDF")
    with django_assert_max_num_queries(30):
        assert "误差目标" in read(zhou, f"{DESK}s1/")
    with django_assert_max_num_queries(30):
        assert "不属于这次调查的类别" in read(zhou, f"{DESK}s1/frame/")
    assert zhou.get(f"{DESK}s1/frame/", {"format": "xlsx"}).status_code == 200
    assert zhou.post(f"{DESK}s1/codes/", {"shape": "xlsx"}).status_code == 200
    assert zhou.get(f"{DESK}s1/questionnaire.pdf").content.startswith(b"%PDF")
    assert sun.get(f"{DESK}s1/questionnaire.pdf").status_code == 404


def test_a_survey_is_answered_on_a_phone_and_on_paper_and_read_by_everybody():
    market(enterprise=16, household=10)
    questionnaire()
    zhou, qin, chu, anybody = log_in("zhou"), log_in("qin"), log_in("chu"), Client()
    codes = opened_on_the_page(zhou)
    assert "code.js" in read(anybody, ANSWER)
    # With no-referrer a browser posts without an origin, and every sheet would be refused.
    assert anybody.get(ANSWER)["Referrer-Policy"] == "same-origin"
    guessed = anybody.post(ANSWER, {"code": "0000-0000-0000-0000"})
    assert guessed.status_code == 409
    mistyped = anybody.post(ANSWER, {"code": codes[0][:-1] + ("1" if codes[0][-1] != "1" else "2")})
    assert mistyped.status_code == 422
    assert "输错了" in mistyped.content.decode()
    first = anybody.post(ANSWER, {"code": codes[0]}).content.decode()
    assert "第1题，共5题" in first
    posted = {"code": codes[0], "page": "1", "so_far": "{}"}
    assert "错误：" in anybody.post(ANSWER, posted).content.decode()
    so_far = {}
    for number, given in enumerate([{"f.q1": "5"}, {"f.q2": "许可"}, {}, {"f.q4": "３"}, {"f.q5": "很好"}], start=1):
        posted = {"code": codes[0], "page": str(number), "so_far": json.dumps(so_far), **given}
        answer = anybody.post(ANSWER, posted)
        assert answer.status_code == 200
        so_far = json.loads(answer.context["so_far"])
    assert "看一遍再提交" in answer.content.decode()
    posted = {"code": codes[0], "page": "6", "so_far": json.dumps(so_far)}
    assert "第5题" in anybody.post(ANSWER, posted | {"back": "1"}).content.decode()
    strange = json.dumps({"q1": 7, "q3": "x", "q9": [], "q4": {"a": 1}})
    assert anybody.post(ANSWER, posted | {"so_far": strange, "page": "3"}).status_code == 200
    thanked = anybody.post(ANSWER, posted | {"submit": "1"}, follow=True)
    assert "谢谢，答卷已收到" in thanked.content.decode()
    used = anybody.post(ANSWER, {"code": codes[0]})
    alike = [page.content.decode().split("答题码现在")[1].split("<")[0] for page in (guessed, used)]
    assert alike[0] == alike[1]
    assert Answer.objects.get().values == {"q1": "5", "q2": "许可", "q4": 3, "q5": "很好"}

    head = ["答题码", "1．办事是否满意？", "2．办过哪类事？", "3．从哪里知道政策？", "4．今年跑了几次？", "5．想说的话"]
    good = [[code, "4分", "开办", "窗口、网站", "2", "还行"] for code in codes[1:16]]
    bad = [
        [codes[1], "9", "开办", "", "2", ""],
        ["猜的", "3", "开店", "", "两次", ""],
        [codes[1], "3", "开办", "", "1", ""],
    ]
    place = f"{DESK}s1/paper/"
    assert qin.get(f"{place}template.xlsx").status_code == 200
    assert log_in("sun").get(place).status_code == 409
    faulty = qin.post(place, {"sheet": workbook([head, *bad])})
    assert faulty.status_code == 422
    for words in ("请填1到5", "没有这个选项", "请填数字"):
        assert words in faulty.content.decode()
    wrong = qin.post(
        place, {"sheet": workbook([head, *good[:1], *good[:1], ["0" * 16, *good[0][1:]]])}
    ).content.decode()
    assert "一个码只能录一份" in wrong
    assert "现在不能用" in wrong
    preview = qin.post(place, {"sheet": workbook([head, *good])}, follow=True)
    address = preview.redirect_chain[-1][0]
    assert "录入了15份" in qin.post(f"{address}confirm/", follow=True).content.decode()

    assert anybody.get("/surveys/results/s1/").status_code == 404
    zhou.post(f"{DESK}s1/close/")
    one = Survey.objects.get(code="s1")
    assert "公布" in read(zhou, f"{DESK}s1/")
    assert "个体工商户没有答卷" in chu.post(f"{DESK}s1/publish/").content.decode()
    chu.post(f"{DESK}s1/merge/", {"stratum": "household", "into": "enterprise"})
    chu.post(f"{DESK}s1/publish/")
    one.refresh_from_db()
    assert one.state == Survey.State.PUBLISHED
    assert "s1" in read(anybody, "/surveys/")
    public = read(anybody, "/surveys/results/s1/")
    assert public.count("<svg") >= 4
    assert "还行" not in public
    assert "还行" in read(zhou, f"{DESK}s1/")
    assert anybody.get("/surveys/results/s1/", {"format": "xlsx"}).status_code == 200


def test_the_api_takes_a_sheet_once_slows_guessing_and_shows_what_is_published():
    market(enterprise=14)
    questionnaire()
    codes = opened_on_the_page(log_in("zhou"), kinds=["enterprise"])
    anybody = Client()

    def post(code, values):
        body = json.dumps({"code": code, "values": values})
        return anybody.post("/api/v1/surveys/answers", body, content_type="application/json")

    assert [post(codes[0], {"q1": "6"}).status_code, post(codes[0], sheet()).status_code] == [409, 201]
    assert (
        post(codes[0], sheet()).json()["code"] == post("guessed", sheet()).json()["code"] == "surveys.code_not_accepted"
    )
    while (answer := post("guessed", sheet())).status_code == 409:
        continue
    assert answer.status_code == 429
    for number, code in enumerate(codes[1:]):
        operations.answer(code=code, values=sheet(number), on=clock.today())
    assert anybody.get("/api/v1/surveys/s1/results").status_code == 404
    operations.close(survey="s1", by=actor_of("zhou", unit="ysj"), at=clock.now())
    operations.publish_results(survey="s1", by=actor_of("chu", unit="ysj"), at=clock.now())
    assert anybody.get("/api/v1/surveys").json()["rows"][0]["code"] == "s1"
    assert anybody.get("/api/v1/surveys/s1/results").json()[0]["n"] == len(codes)


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "sheets.xlsx"
    return file

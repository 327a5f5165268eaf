"""The demo's surveys, as ``./ys run`` shows them: figures with a part held back, and cards that anybody may take."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from yingshang.conduct.surveys import api, operations, queries
from yingshang.conduct.surveys.models import Answer, Survey, Token
from yingshang.conduct.surveys.operations.demonstrated import load_demonstration
from yingshang.conduct.surveys.tests.factories import officer
from yingshang.kernel import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_county")]

MULAN = Path(settings.YS_COUNTIES_DIR) / "mulan"


def test_the_demo_shows_figures_and_lets_a_visitor_answer_on_a_card_that_is_stored_nowhere(
    settings, django_assert_max_num_queries
):
    cache.clear()
    settings.YS_DEMO = False
    load_demonstration(MULAN)
    assert not Survey.objects.exists()
    assert Client().get("/surveys/demo-card/").status_code == 404
    settings.YS_DEMO = True
    for _ in range(2):
        load_demonstration(MULAN)
    assert list(Survey.objects.order_by("pk").values_list("code", "state")) == [
        ("demo-2025", "published"),
        ("demo-open", "open"),
    ]
    figures = {(one.question, one.domain): one for one in api.estimates("demo-2025") if not one.option}
    whole = figures["q1", ""]
    assert whole.low < whole.value < whole.high
    assert whole.n == 112
    # The cooperatives are too few, and without the next stratum they could not be worked out from the whole.
    assert {domain for (question, domain), one in figures.items() if question == "q1" and one.is_held_back} == {
        "cooperative",
        "enterprise",
    }
    visitor = Client()
    with django_assert_max_num_queries(20):
        assert "95%区间" in visitor.get("/surveys/results/demo-2025/").content.decode()
    with django_assert_max_num_queries(12):
        assert "demo-2025" in visitor.get("/surveys/").content.decode()
    assert "拿一张演示答题卡" in visitor.get("/surveys/answer/").content.decode()
    assert "用这张卡答题" in visitor.get("/surveys/demo-card/").content.decode()

    one = queries.demo_survey(clock.today())
    before = Token.objects.count()
    code = queries.demo_card(one)
    assert "第1题，共8题" in visitor.post("/surveys/answer/", {"code": code}).content.decode()
    assert Token.objects.count() == before == 151 - Answer.objects.filter(stratum__survey=one).count()

    # Codes that staff have replaced follow from nothing: they can no longer be shown.
    operations.replace_codes(survey="demo-open", by=officer(), at=clock.now())
    assert "已经用完" in visitor.get("/surveys/demo-card/").content.decode()

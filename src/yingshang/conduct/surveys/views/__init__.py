"""Pages: translate, call, translate back."""

from yingshang.conduct.surveys.views.answering import answer, demo_card, thanks
from yingshang.conduct.surveys.views.asking import (
    close,
    frame,
    merge,
    publish,
    replace_codes,
    survey,
    withhold,
)
from yingshang.conduct.surveys.views.field import field, field_worker
from yingshang.conduct.surveys.views.planning import drop_plan, open_drawn, open_survey
from yingshang.conduct.surveys.views.results import result, results
from yingshang.conduct.surveys.views.sheets import sheet
from yingshang.conduct.surveys.views.writing import desk, paper, publish_version, question, questionnaire, survey_paper

__all__ = [
    "answer",
    "close",
    "demo_card",
    "desk",
    "drop_plan",
    "field",
    "field_worker",
    "frame",
    "merge",
    "open_drawn",
    "open_survey",
    "paper",
    "publish",
    "publish_version",
    "question",
    "questionnaire",
    "replace_codes",
    "result",
    "results",
    "sheet",
    "survey",
    "survey_paper",
    "thanks",
    "withhold",
]

"""Deeds: write, publish, plan, draw, open, answer, close, merge, publish the results; and loading the county."""

from yingshang.conduct.surveys.operations.answering import answer, enter_paper
from yingshang.conduct.surveys.operations.closing import close, merge, publish_results
from yingshang.conduct.surveys.operations.county import load
from yingshang.conduct.surveys.operations.following import withhold_results
from yingshang.conduct.surveys.operations.opening import Card, open_survey, replace_codes
from yingshang.conduct.surveys.operations.planning import drop_plan, open_drawn, plan_survey
from yingshang.conduct.surveys.operations.writing import publish_version, start, write_questions

__all__ = [
    "Card",
    "answer",
    "close",
    "drop_plan",
    "enter_paper",
    "load",
    "merge",
    "open_drawn",
    "open_survey",
    "plan_survey",
    "publish_results",
    "publish_version",
    "replace_codes",
    "start",
    "withhold_results",
    "write_questions",
]

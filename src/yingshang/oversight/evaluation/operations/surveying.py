"""Taking published figures of surveys as values, with their intervals: questionnaires and public appraisal."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from yingshang.conduct.surveys import api as surveys
from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.oversight.evaluation import queries
from yingshang.oversight.evaluation.models import Method, Value
from yingshang.oversight.evaluation.operations.collecting import OPEN_TO_VALUES, enter_value
from yingshang.oversight.evaluation.operations.stages import for_work

DIGITS = Decimal("0.01")


@transaction.atomic
def take_survey_figure(
    *,
    evaluation_id: int,
    series: str,
    survey: str,
    figure: str,
    method: str = Method.QUESTIONNAIRE,
    by: Actor,
    at: datetime,
) -> Value:
    """Take one published figure of a survey for the evaluated place and return the value, verified.

    survey: its code. figure: ``queries.figure_key`` of the estimate. Shares
    become percent with two digits; the interval comes along. Raises as
    ``for_work`` does, NotFound for an unknown survey or figure, Refusal
    ``evaluation.figure_held_back``, ``evaluation.not_a_survey_method`` and
    those of ``enter_value``. Records ``evaluation.value_entered``.
    """
    evaluation = for_work(evaluation_id, by, at, *OPEN_TO_VALUES, "objecting")
    if method not in (Method.QUESTIONNAIRE, Method.APPRAISAL):
        raise Refusal(
            "evaluation.not_a_survey_method", "调查的数字只能作为问卷调查或者市民评议。", "请选这两种方式之一。"
        )
    found = next((one for one in surveys.estimates(survey) if queries.figure_key(one) == figure), None)
    if found is None:
        raise NotFound("这次调查的这个数字")
    if found.value is None or found.low is None or found.high is None:
        raise Refusal(
            "evaluation.figure_held_back",
            f"“{found.title}”答复的只有{found.n}份，太少，没有公布。",
            "请换一个公布了的数字，或者扩大调查再用。",
            source="方案第35项",
        )
    titles = {one.code: one.title for one in surveys.published()}
    times = 100 if found.option else 1
    written, low, high = (_words(value, times) for value in (found.value, found.low, found.high))
    said = f"“{found.title}”选“{found.option}”的比例" if found.option else f"“{found.title}”的平均"
    return enter_value(
        evaluation_id=evaluation_id,
        series=series,
        place=evaluation.place,
        written=written,
        low=low,
        high=high,
        survey=survey,
        method=method,
        source_ref=f"{titles.get(survey, survey)}：{said}，{found.domain_title}，{found.n}份"[:200],
        collector=by.name,
        collected_on=clock.beijing_date(at),
        is_verified=True,
        by=by,
        at=at,
    )


def _words(value: float, times: int) -> str:
    return str((Decimal(repr(value)) * times).quantize(DIGITS))

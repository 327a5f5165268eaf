"""Writes: one function per deed."""

from yingshang.oversight.evaluation.operations.asking import OPEN_TO_STATEMENTS, inquire, state_value
from yingshang.oversight.evaluation.operations.collecting import (
    OPEN_TO_VALUES,
    enter_value,
    import_values,
    record_asked_change,
    take_measures,
)
from yingshang.oversight.evaluation.operations.commissioning import commission, state_interest, take_edition
from yingshang.oversight.evaluation.operations.county import load
from yingshang.oversight.evaluation.operations.extracting import (
    Filled,
    Taken,
    extract,
    extract_series,
    import_log,
    take_figures,
)
from yingshang.oversight.evaluation.operations.interviewing import record_interview
from yingshang.oversight.evaluation.operations.objecting import answer_objection, object_to
from yingshang.oversight.evaluation.operations.publishing import publish
from yingshang.oversight.evaluation.operations.scoring import score
from yingshang.oversight.evaluation.operations.settling import settle
from yingshang.oversight.evaluation.operations.stages import begin_checking, begin_collecting, collect_again
from yingshang.oversight.evaluation.operations.surveying import take_survey_figure

__all__ = [
    "OPEN_TO_STATEMENTS",
    "OPEN_TO_VALUES",
    "Filled",
    "Taken",
    "answer_objection",
    "begin_checking",
    "begin_collecting",
    "collect_again",
    "commission",
    "enter_value",
    "extract",
    "extract_series",
    "import_log",
    "import_values",
    "inquire",
    "load",
    "object_to",
    "publish",
    "record_asked_change",
    "record_interview",
    "score",
    "settle",
    "state_interest",
    "state_value",
    "take_edition",
    "take_figures",
    "take_measures",
    "take_survey_figure",
]

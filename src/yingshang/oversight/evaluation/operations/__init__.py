"""Writes: one function per deed."""

from yingshang.oversight.evaluation.operations.collecting import (
    enter_value,
    import_values,
    record_asked_change,
    take_measures,
)
from yingshang.oversight.evaluation.operations.commissioning import commission, state_interest, take_edition
from yingshang.oversight.evaluation.operations.county import load
from yingshang.oversight.evaluation.operations.objecting import answer_objection, object_to
from yingshang.oversight.evaluation.operations.publishing import publish
from yingshang.oversight.evaluation.operations.scoring import score
from yingshang.oversight.evaluation.operations.settling import settle
from yingshang.oversight.evaluation.operations.stages import begin_checking, begin_collecting, collect_again

__all__ = [
    "answer_objection",
    "begin_checking",
    "begin_collecting",
    "collect_again",
    "commission",
    "enter_value",
    "import_values",
    "load",
    "object_to",
    "publish",
    "record_asked_change",
    "score",
    "settle",
    "state_interest",
    "take_edition",
    "take_measures",
]

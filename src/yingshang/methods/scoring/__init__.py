"""Scores of places from values, by a dated edition of an index; every score explains itself.

No Django, no clock, no floats where a digit decides: weights are fractions,
values and scores decimals. The same edition and the same values give the same
bytes on every machine.
"""

from yingshang.methods.scoring.edition import Edition, Frontier, Gap, Indicator, Standard, SwitchedOff, Value
from yingshang.methods.scoring.explaining import Explanation, explain, rule_words, shown
from yingshang.methods.scoring.formulas import formula
from yingshang.methods.scoring.publishing import as_json
from yingshang.methods.scoring.ranges import between
from yingshang.methods.scoring.ranking import Standing, standings
from yingshang.methods.scoring.reading import read
from yingshang.methods.scoring.sameness import changed_parts, measured_alike
from yingshang.methods.scoring.scoring import Scores, score
from yingshang.methods.scoring.sensitivity import Shift, sensitivity, what_if
from yingshang.methods.scoring.values import Fault, Part, Values, WrongValues, read_values, take

__all__ = [
    "Edition",
    "Explanation",
    "Fault",
    "Frontier",
    "Gap",
    "Indicator",
    "Part",
    "Scores",
    "Shift",
    "Standard",
    "Standing",
    "SwitchedOff",
    "Value",
    "Values",
    "WrongValues",
    "as_json",
    "between",
    "changed_parts",
    "explain",
    "formula",
    "measured_alike",
    "read",
    "read_values",
    "rule_words",
    "score",
    "sensitivity",
    "shown",
    "standings",
    "take",
    "what_if",
]

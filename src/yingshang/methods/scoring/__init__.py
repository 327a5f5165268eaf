"""Scores of places from values, by a dated edition of an index; every score explains itself.

No Django, no clock, no floats where a digit decides: weights are fractions,
values and scores decimals. The same edition and the same values give the same
bytes on every machine.
"""

from yingshang.methods.scoring.edition import Edition, Frontier, Gap, Indicator, Standard, Value
from yingshang.methods.scoring.explaining import Explanation, explain, shown
from yingshang.methods.scoring.publishing import as_json
from yingshang.methods.scoring.ranking import Standing, standings
from yingshang.methods.scoring.reading import read
from yingshang.methods.scoring.scoring import Scores, score
from yingshang.methods.scoring.sensitivity import Shift, sensitivity
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
    "Value",
    "Values",
    "WrongValues",
    "as_json",
    "explain",
    "read",
    "read_values",
    "score",
    "sensitivity",
    "shown",
    "standings",
    "take",
]

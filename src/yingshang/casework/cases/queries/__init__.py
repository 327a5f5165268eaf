"""Reads: where a case stands, lists of one indexed predicate, what is owed in it."""

from yingshang.casework.cases.queries.figures import Figures, figures
from yingshang.casework.cases.queries.holding import held_where
from yingshang.casework.cases.queries.lists import (
    MOST_URGENT_FIRST,
    NEWEST_FIRST,
    CaseRow,
    Sought,
    asked_of,
    cases_of,
    desk_of,
    narrowed,
    rows,
)
from yingshang.casework.cases.queries.measured import (
    correction_rate,
    days_to_decide_90,
    days_to_decide_median,
    filing_violations,
    materials_asked,
    on_time_rate,
    online_rate,
    prefill_rate,
    steps_taken,
    visits_made,
)
from yingshang.casework.cases.queries.one import case_by_number, one_case, secret_of
from yingshang.casework.cases.queries.promises import promises_refused, promises_refused_in
from yingshang.casework.cases.queries.remedies import remedy_words
from yingshang.casework.cases.queries.standing import code_words, official_code, official_codes

__all__ = [
    "MOST_URGENT_FIRST",
    "NEWEST_FIRST",
    "CaseRow",
    "Figures",
    "Sought",
    "asked_of",
    "case_by_number",
    "cases_of",
    "code_words",
    "correction_rate",
    "days_to_decide_90",
    "days_to_decide_median",
    "desk_of",
    "figures",
    "filing_violations",
    "held_where",
    "materials_asked",
    "narrowed",
    "official_code",
    "official_codes",
    "on_time_rate",
    "one_case",
    "online_rate",
    "prefill_rate",
    "promises_refused",
    "promises_refused_in",
    "remedy_words",
    "rows",
    "secret_of",
    "steps_taken",
    "visits_made",
]

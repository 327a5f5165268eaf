"""The door of cases: what conduct, channels and oversight may call."""

from yingshang.casework.cases.models import Case
from yingshang.casework.cases.operations import Paper, submit, withdraw
from yingshang.casework.cases.queries import (
    CaseRow,
    case_by_number,
    cases_of,
    code_words,
    official_code,
    official_codes,
    one_case,
    promises_refused,
    rows,
    secret_of,
)
from yingshang.casework.cases.rules import Given, OfficialCode

__all__ = [
    "Case",
    "CaseRow",
    "Given",
    "OfficialCode",
    "Paper",
    "case_by_number",
    "cases_of",
    "code_words",
    "official_code",
    "official_codes",
    "one_case",
    "promises_refused",
    "rows",
    "secret_of",
    "submit",
    "withdraw",
]

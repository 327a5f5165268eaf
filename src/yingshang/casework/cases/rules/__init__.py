"""What the texts say about cases, as plain functions."""

from yingshang.casework.cases.rules.codes import OfficialCode, Passed, codes_of
from yingshang.casework.cases.rules.handing_in import Asked, Given, Offer, faults_of
from yingshang.casework.cases.rules.numbers import CHANCES, case_number, secret_words
from yingshang.casework.cases.rules.working_days import working_days_used

__all__ = [
    "CHANCES",
    "Asked",
    "Given",
    "Offer",
    "OfficialCode",
    "Passed",
    "case_number",
    "codes_of",
    "faults_of",
    "secret_words",
    "working_days_used",
]

"""Reads: where a case stands, lists of one indexed predicate, what is owed in it."""

from yingshang.casework.cases.queries.one import case_by_number, one_case, secret_of
from yingshang.casework.cases.queries.promises import promises_refused, promises_refused_in
from yingshang.casework.cases.queries.remedies import remedy_words
from yingshang.casework.cases.queries.standing import code_words, official_code, official_codes

__all__ = [
    "case_by_number",
    "code_words",
    "official_code",
    "official_codes",
    "one_case",
    "promises_refused",
    "promises_refused_in",
    "remedy_words",
    "secret_of",
]

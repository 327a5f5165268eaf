"""Reads, each with a fixed number of queries."""

from yingshang.registers.credentials.queries.credentials import (
    LATEST_FIRST,
    credential,
    held_by,
    history,
    in_force_of,
    issued_by,
    of_holder,
    versions_of,
)
from yingshang.registers.credentials.queries.kinds import (
    fields_of,
    fields_to_print,
    issuer_on,
    issuers_by_kind,
    issuers_on,
    kind_on,
    kinds_issued_by,
    kinds_on,
    release_of,
    releases_of,
)

__all__ = [
    "LATEST_FIRST",
    "credential",
    "fields_of",
    "fields_to_print",
    "held_by",
    "history",
    "in_force_of",
    "issued_by",
    "issuer_on",
    "issuers_by_kind",
    "issuers_on",
    "kind_on",
    "kinds_issued_by",
    "kinds_on",
    "of_holder",
    "release_of",
    "releases_of",
    "versions_of",
]

"""Reads, each with a fixed number of queries."""

from yingshang.registers.credentials.queries.credentials import (
    credential,
    held_by,
    history,
    issued_by,
    of_holder,
    versions_of,
)
from yingshang.registers.credentials.queries.kinds import (
    issuer_on,
    issuers_on,
    kind_on,
    kinds_on,
    release_of,
    releases_of,
)

__all__ = [
    "credential",
    "held_by",
    "history",
    "issued_by",
    "issuer_on",
    "issuers_on",
    "kind_on",
    "kinds_on",
    "of_holder",
    "release_of",
    "releases_of",
    "versions_of",
]

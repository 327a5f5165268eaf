"""What is hashed: canonical JSON with plain facts and nothing personal.

The form is RFC 8785 (JSON Canonicalization Scheme) for the values admitted
here: strings, whole numbers, yes/no, nothing, lists and objects with plain
keys. Fractions are refused, because their spelling differs between programs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from string import Formatter
from typing import Any
from uuid import UUID

LONGEST_CONTENT = 60_000
LONGEST_STRING = 500
LARGEST_NUMBER = 2**53 - 1

_KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
# A resident id holds a date of birth; codes of organizations may be eighteen digits as well. Not inside a run of
# hex digits: one digest in some hundreds holds eleven digits in a row.
_RESIDENT_ID = r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
_PERSONAL = re.compile(rf"(?<![\da-f])(?:{_RESIDENT_ID}|1[3-9]\d{{9}})(?![\da-f])", re.ASCII)


class FactsProblem(ValueError):
    """Facts that must not enter the ledger: not plain, too long, or personal. A defect of the caller."""


def canonical(value: Any) -> bytes:
    """Return plain JSON in its one canonical form. Raises FactsProblem for anything that is not plain."""
    _check(value, "the value", is_public=False)
    return _dumped(value)


def content_of(
    *, id: UUID, kind: str, subject: str, at: datetime, actor: str, unit: str, facts: Mapping[str, Any]
) -> bytes:
    """Return the bytes of an entry.

    Raises FactsProblem when facts are not plain, look personal (a resident id
    or a mobile number), or the whole is longer than 60,000 bytes.
    """
    _check(facts, "facts", is_public=True)
    before, after = frame(str(id), kind, subject, utc(at), actor, unit)
    content = before + _dumped(facts) + after
    if len(content) > LONGEST_CONTENT:
        raise FactsProblem(f"an entry has at most {LONGEST_CONTENT} bytes, {kind} would have {len(content)}")
    return content


def frame(id: str, kind: str, subject: str, at: str, actor: str, unit: str) -> tuple[bytes, bytes]:
    """Return what stands before and after the facts in an entry's bytes; keys are sorted. at: as ``utc`` spells it."""
    before = f'{{"actor":{_quoted(actor)},"at":"{at}","facts":'
    after = f',"id":"{id}","kind":{_quoted(kind)},"subject":{_quoted(subject)},"unit":{_quoted(unit)}}}'
    return before.encode(), after.encode()


def places_of(wording: str) -> set[str]:
    """Return the facts that a wording speaks of: ``{plan_code}`` → ``plan_code``."""
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


_quoted = json.encoder.encode_basestring


def utc(at: datetime) -> str:
    """Return a moment as entries spell it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _check(value: Any, where: str, *, is_public: bool) -> None:
    if isinstance(value, str):
        _refuse(any("\ud800" <= c <= "\udfff" for c in value), where, "half a character")
        if is_public:
            _refuse(len(value) > LONGEST_STRING, where, f"a text of more than {LONGEST_STRING} characters")
            _refuse(_PERSONAL.search(value) is not None, where, "what looks like a resident id or a mobile number")
    elif isinstance(value, int):
        _refuse(abs(value) > LARGEST_NUMBER, where, "a whole number beyond 2**53 - 1")
    elif isinstance(value, list | tuple):
        for position, one in enumerate(value):
            _check(one, f"{where}[{position}]", is_public=is_public)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _refuse(not isinstance(key, str) or _KEY.fullmatch(key) is None, where, f"the key {key!r}")
            _check(one, f"{where}.{key}", is_public=is_public)
    elif value is not None:
        raise FactsProblem(f"{where} holds a {type(value).__name__}; facts are plain JSON without fractions")


def _refuse(bad: bool, where: str, what: str) -> None:
    if bad:
        raise FactsProblem(f"{where} holds {what}; keep it beside the ledger and record ledger.private(value)")

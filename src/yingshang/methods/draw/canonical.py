"""One spelling for everything that is hashed: canonical JSON, ids and names."""

from __future__ import annotations

import json
import re
import unicodedata
from hashlib import sha256
from typing import Any

from yingshang.methods.draw.problems import PlanProblem

ID = re.compile(r"[!#-\[\]-`{}~\u4e00-\u9fff]{1,64}")
NAME = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z_.\u4e00-\u9fff-]{0,39}")
HEX_64 = re.compile(r"[0-9a-f]{64}")


def canonical(value: Any) -> bytes:
    """Return plain JSON in its one form: keys sorted, no spaces, UTF-8. Fractions are the caller's defect."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON, 64 hex digits."""
    return sha256(canonical(value)).hexdigest()


def canonical_id(text: str, where: str = "") -> str:
    """Return an id in its one spelling: NFC, no spaces around, upper case.

    Raises PlanProblem ``malformed_id`` for an empty or long one and for
    characters outside printable ASCII and common Chinese; ``|`` parts labels.
    """
    if ID.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFC", text).strip().upper()
    if not ID.fullmatch(plain):
        raise PlanProblem("malformed_id", where, f"代码“{text[:64]}”的写法不对：只能有字母、数字和汉字，最多64个字。")
    return plain


def checked_name(text: str, where: str) -> str:
    """Return the name of a class, field, unit, party or reason. Raises PlanProblem ``malformed_name``."""
    if not NAME.fullmatch(text):
        raise PlanProblem("malformed_name", where, f"名称“{text[:40]}”的写法不对：用字母、数字和汉字，最多40个字。")
    return text

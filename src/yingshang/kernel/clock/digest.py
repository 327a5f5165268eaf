"""A digest by which a published edition is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def digest_of(facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 of plain facts in one canonical writing; dates are written as ISO text."""
    written = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()

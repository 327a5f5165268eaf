"""What of a thing may be shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from yingshang.kernel.disclosure.kind_files import kind_of
from yingshang.kernel.disclosure.masks import MASKS


@dataclass(frozen=True)
class Masked:
    """Exactly what is shown: headings and texts in order.

    hidden: headings left out, for the officer who checks before publishing.
    """

    shown: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]


def mask(kind: str, fields: Mapping[str, str]) -> Masked:
    """Return what a kind of disclosure shows of these fields; what its rule does not name is hidden.

    fields: name → text. Raises KeyError for an unknown kind.
    """
    rule = kind_of(kind).fields
    shown, hidden = [], [name for name in fields if name not in rule]
    for name, (title, mask_name) in rule.items():
        if fields.get(name):
            text = MASKS[mask_name](fields[name])
            if text is None:
                hidden.append(title)
            else:
                shown.append((title, text))
    return Masked(tuple(shown), tuple(hidden))


def public_bytes(*, kind: str, title: str, unit: str, shown: list[list[str]]) -> bytes:
    """Return the bytes that are published and whose SHA-256 stands in the ledger: canonical JSON, UTF-8."""
    content = {"kind": kind, "shown": shown, "title": title, "unit": unit}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: bytes) -> str:
    """Return the SHA-256 (hex) of published bytes."""
    return hashlib.sha256(content).hexdigest()

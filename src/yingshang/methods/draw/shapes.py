"""Reading a published file without trusting it: its shape, as tables.SHAPE says, and its one spelling."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from yingshang.methods.draw import tables

Json = Any
LETTER, HEX = "0-9A-Za-z\u4e00-\u9fff", "[0-9a-f]"
WORDS = {
    "hex": f"({HEX}{HEX})*",
    "hex32": HEX + "{32}",
    "hex64": HEX + "{64}",
    "id": "[!#-\\[\\]-`{}~\u4e00-\u9fff]{1,64}",
    "name": f"[{LETTER}][{LETTER}_.-]{{0,39}}",
    "text": "[^\ud800-\udfff]*",
}
PATTERNS = {word: re.compile(it, re.DOTALL).fullmatch for word, it in WORDS.items()}
PATTERNS |= {f"{word}?": re.compile(f"({it})?", re.DOTALL).fullmatch for word, it in WORDS.items()}
RECORDS = {
    line.split()[0]: dict(field.split(":") for field in line.split()[1:]) for line in tables.SHAPE.split("\n") if line
}
SOURCES = ("drand", "dice", "party")
STEPS = ("committed", "drawn", "substituted", "revealed", "voided")


def read(text: bytes) -> Json:
    """Return the JSON, None when there is none."""
    try:
        source = text.decode("utf-8-sig", "replace")
        return json.loads(source, parse_float=number, parse_int=number, parse_constant=number)
    except (ValueError, RecursionError):
        return None


def wrong(shape: str, value: Json, where: str) -> str:
    """Return where a value first differs from its shape in tables.SHAPE; empty when it does not."""
    if shape[0] == "?":
        return "" if value is None else wrong(shape[1:], value, where)
    if shape[0] == "*":
        if not isinstance(value, list):
            return where
        if shape[1:] in PATTERNS:
            is_text = not value or set(map(type, value)) == {str}
            return "" if is_text and all(map(PATTERNS[shape[1:]], value)) else where
        return _first((shape[1:], one, f"{where}[{i}]") for i, one in enumerate(value))
    if shape[0] == "%" or shape in RECORDS:
        fields = RECORDS.get(shape) or dict.fromkeys(sorted(value) if isinstance(value, dict) else (), shape[1:])
        if not isinstance(value, dict) or fields.keys() != value.keys():
            return where or "file"
        named = _first(("name", name, where) for name in fields) if shape[0] == "%" else ""
        return named or _first((it, value[name], f"{where}.{name}".lstrip(".")) for name, it in fields.items())
    if shape in PATTERNS:
        fits = isinstance(value, str) and PATTERNS[shape](value) is not None
    elif shape == "int":
        fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53
    else:
        fits = shape == "any" or (shape == "bool" and isinstance(value, bool))
    return "" if fits else where


def _first(parts: Iterable[tuple[str, Json, str]]) -> str:
    return next((bad for part in parts if (bad := wrong(*part))), "")


def kind(step: Json) -> str:
    """Return what a step's content is: what it does; for randomness its source."""
    what, content = step["does"], step["content"]
    if what == "randomness_added":
        source = content.get("source") if isinstance(content, dict) else None
        return source if source in SOURCES else "unknown"
    return what if what in STEPS else "unknown"


def number(text: str) -> float | int:
    """Read a number as JavaScript does: 1.0 is 1, and what is no whole number is none of ours."""
    value = float(text)
    return int(value) if abs(value) < 2**53 and value.is_integer() else 0.5


def is_strict(word: str) -> bool:
    """Return whether a word is the only spelling of what it says in base64; words without padding are."""
    padded = re.fullmatch("[A-Za-z0-9+/]+={1,2}", word) and len(word) % 4 == 0
    return not padded or base64.b64encode(base64.b64decode(word)).decode() == word


def canonical(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Json) -> str:
    return sha256(canonical(value)).hexdigest()

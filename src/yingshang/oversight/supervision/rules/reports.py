"""What may become of a public problem report, and what of it the unit concerned may read."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping

WAITING, ASSIGNED, SIGNED, ASKED = "waiting", "assigned", "signed", "asked"
CONFIRMED, UNCONFIRMED = "confirmed", "unconfirmed"
ELSEWHERE, MERGED, COMPLAINT = "elsewhere", "merged", "complaint"

NEXT: Mapping[str, frozenset[str]] = {
    WAITING: frozenset({ASSIGNED, ELSEWHERE, MERGED, COMPLAINT}),
    ASSIGNED: frozenset({SIGNED, WAITING}),
    SIGNED: frozenset({ASKED, WAITING}),
    ASKED: frozenset({CONFIRMED, UNCONFIRMED, SIGNED}),
    CONFIRMED: frozenset(),
    UNCONFIRMED: frozenset(),
    ELSEWHERE: frozenset(),
    MERGED: frozenset(),
    COMPLAINT: frozenset(),
}
"""State → what may follow. A unit returns what is not its own (back to waiting); *not solved* leads from asked to
signed; nothing but the asker, or a second person of the bureau once the asker's time is over, leads out of asked."""

WITH_THE_UNIT = frozenset({ASSIGNED, SIGNED, ASKED})
SETTLED = frozenset({CONFIRMED, UNCONFIRMED})
TURNED_AWAY = frozenset({ELSEWHERE, MERGED, COMPLAINT})

# A mobile number, a fixed line with its area code, a resident id: whoever the number belongs to can be found by it.
_NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]?\d{7,8}|\d{17}[\dXx])(?!\d)", re.ASCII)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def may_follow(state: str, after: str) -> bool:
    """Return whether a report may go from one state to another.

    >>> may_follow(SIGNED, CONFIRMED)
    False
    """
    return after in NEXT[state]


def risk_word(text: str, words: Iterable[str]) -> str:
    """Return the first word of danger that a report holds, empty for none. Spaces between characters do not hide it.

    >>> risk_word("大厅门口 漏 电", ["着火", "漏电"])
    '漏电'
    """
    close = re.sub(r"\s+", "", text)
    return next((word for word in words if word in close), "")


def extract(text: str) -> str:
    """Return a report with telephone and identity numbers struck out: the draft of what the unit concerned will read.

    Names are not recognized; whoever triages strikes them out.

    >>> extract("请打13912345678找我")
    '请打（号码已隐去）找我'
    """
    return _NUMBERS.sub("（号码已隐去）", text)


def code_for(key: str, secret: str) -> str:
    """Return the query code of a report, ``7K4M-20QX-9TBE``: 60 bits for the browser that sent ``key``.

    Made from the form's random key, so that a form sent twice gets the same
    receipt and the code itself is stored nowhere.
    """
    digest = hmac.new(secret.encode(), f"report-code|{key}".encode(), hashlib.sha256).digest()
    letters = "".join(ALPHABET[byte % 32] for byte in digest[:12])
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def door(number: str, code: str) -> str:
    """Return under what a report is found: a digest of number and code together, so that neither finds it alone.

    Small letters, spaces, missing hyphens, O for 0 and I or L for 1 are understood.

    >>> door("7K4M-20QX-9TBE", "ABCD-EFGH-JKMN") == door("7k4m 2OQX9tbe", "abcdefghjkmn")
    True
    """
    return hashlib.sha256(f"report|{_plain(number)}|{_plain(code)}".encode()).hexdigest()


def _plain(written: str) -> str:
    letters = re.sub(r"[^0-9A-Z]", "", written.upper())
    return letters.translate(str.maketrans("OIL", "011"))

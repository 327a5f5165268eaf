"""Identifier of an electronic credential (电子证照标识), GB/T 36904—2018.

``1.2.156.3005.2.<kind>.<authority>.<serial>.<version>.<check>``: the kind is
the credit code of the body that defined the credential and three digits, the
authority the credit code of the body that issued it. The check character is
ISO 7064 MOD 37,36 over the four parts without their dots; both checked on
identifiers of real credentials.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from yingshang.methods.identifiers.cleaning import cleaned

NAME = "电子证照标识"
ROOT = "1.2.156.3005.2"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LAST_VERSION = 999
_PARTS = re.compile(
    r"1\.2\.156\.3005\.2\.(?P<kind>[0-9A-Z]{21})\.(?P<authority>[0-9A-Z]{6,18})"
    r"\.(?P<serial>[0-9A-Z]{1,40})\.(?P<version>[0-9]{3})\.(?P<check>[0-9A-Z])"
)


@dataclass(frozen=True)
class Parts:
    """What an identifier is made of. kind: 21 characters; authority: 18, or a division of 6; version: 1 to 999."""

    kind: str
    authority: str
    serial: str
    version: int


def made(*, kind: str, authority: str, serial: str, version: int) -> str:
    """Return the identifier with its check character. Raises ValueError where a part does not fit.

    >>> made(kind="11100000000013338W011", authority="11430000006122244L", serial="20230000403", version=1)
    '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U'
    """
    whole = f"{kind}.{authority}.{serial}.{version:03d}"
    return check(f"{ROOT}.{whole}.{check_character(whole.replace('.', ''))}")


def check(text: str) -> str:
    """Return the identifier. Raises ValueError with a Chinese reason."""
    parts(text)
    return cleaned(text)


def parts(text: str) -> Parts:
    """Return what a checked identifier is made of. Raises ValueError with a Chinese reason."""
    found = _PARTS.fullmatch(cleaned(text))
    if found is None:
        raise ValueError(f"{NAME}的格式不对，请从证照上完整抄写。")
    kind, authority, serial, version, last = found.groups()
    if check_character(kind + authority + serial + version) != last:
        raise ValueError(f"{NAME}的校验位对不上，请逐位核对。")
    return Parts(kind, authority, serial, int(version))


def check_character(text: str) -> str:
    """Return the check character of ISO 7064 MOD 37,36 for a text of digits and capital letters.

    Raises ValueError for another character.

    >>> check_character("A12425GABC1234002")
    'M'
    """
    product = 36
    for character in text:
        product = ((product + LETTERS.index(character)) % 36 or 36) * 2 % 37
    return LETTERS[(37 - product) % 36]

"""The number of a case and the secret beside it on the receipt."""

from __future__ import annotations

from datetime import date

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O and U, which people read and hear wrongly."""
CHANCES = 100_000_000


def case_number(on: date, chance: int) -> str:
    """Return the number of a case: the day and eight digits that say nothing about any other case.

    chance: below ``CHANCES``, drawn at random, so that numbers cannot be counted up.

    >>> case_number(date(2026, 11, 23), 4837225)
    '20261123-0483-7225'
    """
    first, last = divmod(chance, 10_000)
    return f"{on:%Y%m%d}-{first:04d}-{last:04d}"


def secret_words(keyed_hash: str) -> str:
    """Return the secret that opens the status page, as people read it aloud: ``7K4M-20QX``.

    keyed_hash: hex; 40 bits of it are shown.

    >>> secret_words("00443214c7" + "00" * 27)
    '0123-4567'
    """
    number = int(keyed_hash[:10], 16)
    letters = [ALPHABET[number >> shift & 31] for shift in range(35, -1, -5)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])

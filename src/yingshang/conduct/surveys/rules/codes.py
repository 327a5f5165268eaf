"""Answer codes: how they are made, printed, typed, and told from what was mistyped."""

from __future__ import annotations

import hashlib

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U, which look like others
RANDOM_LENGTH = 15  # 75 random bits
CODE_LENGTH = RANDOM_LENGTH + 1


def checked(random: str) -> str:
    """Return a code: the random letters and one that shows when a letter is wrong or two are swapped.

    Luhn's algorithm (US patent 2,950,048) in base 32: it misses no single letter. The last one says nothing
    that the others do not, so a mistyped code can be told to be one, and nothing of any code is told.

    >>> checked("7K4M20QX9TBE123")
    '7K4M20QX9TBE123S'
    """
    return random + LETTERS[-_sum(random, 2) % len(LETTERS)]


def is_code(typed: str) -> bool:
    """Return whether something typed can be a code at all: as long as one, and with the last letter that it must have.

    >>> is_code("7k4m-20qx 9tbe-123s"), is_code("7k4m-20xq 9tbe-123s"), is_code("7k4m-20qx 9tbe-123")
    (True, False, False)
    """
    plain = plain_code(typed)
    return len(plain) == CODE_LENGTH and _sum(plain, 1) % len(LETTERS) == 0


def plain_code(typed: str) -> str:
    """Return a code as people type it without what does not matter: small letters, spaces, dashes, look-alikes."""
    plain = typed.upper().translate(str.maketrans("OIL", "011"))
    return "".join(letter for letter in plain if letter in LETTERS)


def code_digest(typed: str) -> bytes:
    """Return the SHA-256 of an answer code as people type it.

    >>> code_digest("7k4m 20qx-9tbe 123s") == code_digest("7K4M2OQX9TBEI23S")
    True
    """
    return hashlib.sha256(plain_code(typed).encode()).digest()


def grouped(code: str) -> str:
    """Return an answer code in groups of four, as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _sum(letters: str, last: int) -> int:
    """Return the sum of the letters' places, every other one doubled and its digits added. last: factor of the last."""
    found = 0
    for place, letter in enumerate(reversed(letters)):
        number = LETTERS.index(letter) * (last if place % 2 == 0 else 3 - last)
        found += number // len(LETTERS) + number % len(LETTERS)
    return found

"""Numbers that say nothing about how many there are."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread


def random_number() -> str:
    """Return a number to give to a person, ``7K4M-20QX-9TBE``: 60 random bits, no order, no gaps to count."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"

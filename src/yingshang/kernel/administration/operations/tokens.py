"""Tokens of one-time links: unguessable, and kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """Return a fresh token of 256 random bits, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token. So many random bits need neither salt nor a slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Keyed hashes of identity and credit codes: enough to find a party again, useless to who steals the table."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


def code_hash(code: str) -> str:
    """Return the keyed hash (HMAC-SHA-256, hex) of a code, the same for the same code in one data folder.

    Spaces and case do not matter. The key stands in the data folder, mode
    0600, and is made at first use; a lost key makes parties impossible to find
    by code, and nothing worse.
    """
    plain = "".join(code.split()).upper()
    return hmac.new(_key(Path(settings.YS_DATA_DIR)), plain.encode(), hashlib.sha256).hexdigest()


@cache
def _key(folder: Path) -> bytes:
    path = folder / "keys" / "party-codes.key"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # link, not rename: when two processes start at once, the first key stays.
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()

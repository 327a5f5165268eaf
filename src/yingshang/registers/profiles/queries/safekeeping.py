"""Values of people at rest: encrypted under a key of the data folder, bound to their party and field.

Whoever has the database alone (a dump, a report) finds who holds something and
since when, never what. The key stands in ``keys/profiles.key``, mode 0600, and
goes with the backup of secrets.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from yingshang.kernel import ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Party

KEY_BYTES, NONCE_BYTES, ONLY_ME = 32, 12, 0o600


def close(party: Party, field: str, value: str) -> bytes:
    """Return a value encrypted; it opens for this party and field only."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key(make=True)).encrypt(nonce, value.encode(), _label(party, field))


def open_value(party: Party, field: str, closed: bytes) -> str:
    """Return what was encrypted. Raises Refusal ``profiles.key_is_lost`` when the key is gone or another."""
    content = bytes(closed)
    try:
        opened = AESGCM(_key()).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], _label(party, field))
    except InvalidTag:
        raise _lost() from None
    return opened.decode()


def _label(party: Party, field: str) -> bytes:
    return f"yingshang profile {party.public_id} {field}".encode()


def _lost() -> Refusal:
    return Refusal(
        "profiles.key_is_lost",
        "打开个人和企业信息的密钥（keys/profiles.key）不在数据文件夹里，或者不是当初那一把。",
        "请系统管理员从备份里把它放回去；在那以前请当事人重新填写。",
    )


def _key(*, make: bool = False) -> bytes:
    """Return the key, made for the first value. Of two processes that come first at once, one makes it."""
    file = Path(settings.YS_DATA_DIR) / "keys" / "profiles.key"
    if file.exists():
        return file.read_bytes()
    if not make or ledger.Entry.objects.filter(kind="profiles.held").exists():
        raise _lost()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{secrets.token_hex(8)}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_ME), "wb") as out:
        out.write(secrets.token_bytes(KEY_BYTES))
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(fresh)
    fresh.unlink()
    return file.read_bytes()

"""The key that signs checkpoints. The web process never reads it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from yingshang.kernel import org
from yingshang.kernel.ledger.models import Checkpoint
from yingshang.methods.merkle import Signer, Verifier

ONLY_ME = 0o600
FILE = "ledger.pem"


def origin() -> str:
    """Return the ledger's name, the first line of every checkpoint; from county.yaml, never to be changed."""
    return org.county().origin


def has_key() -> bool:
    """Return whether this data folder holds a signing key."""
    return (_folder() / FILE).exists()


def signer() -> Signer:
    """Return the signing key, made on first use in ``keys/`` of the data folder, mode 0600.

    Two processes that come first at once agree on one key: the file appears
    whole or not at all. Raises OSError when the folder cannot be written.
    """
    file = _folder() / FILE
    if not file.exists():
        _make(file)
    private = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise TypeError(f"{file} holds no Ed25519 key")
    return Signer(origin(), private)


def trusted() -> list[Verifier]:
    """Return the public keys that checkpoints of this installation may be signed with.

    Without the private key (a backup restored without its keys) these are the
    keys that stand beside the checkpoints: then signatures show that nothing
    was changed by accident, and only a key noted down elsewhere shows more.
    """
    if has_key():
        return [signer().verifier]
    return [Verifier.parse(key) for key in Checkpoint.objects.values_list("key", flat=True).distinct().order_by("key")]


def _folder() -> Path:
    return Path(settings.YS_DATA_DIR) / "keys"


def _make(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{secrets.token_hex(8)}.new")
    fresh.touch(mode=ONLY_ME, exist_ok=False)
    private = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with fresh.open("wb") as out:
        out.write(private)
        out.flush()
        os.fsync(out.fileno())
    try:
        file.hardlink_to(fresh)
    except FileExistsError:
        pass  # another process was first: its key is the key
    finally:
        fresh.unlink()

"""Documents of sealed kinds: encrypted on disk, the key behind row-level security.

Nothing here is searched, listed, told as an event or named in the ledger; the
ledger holds one salted commitment, so that the keeper can prove that the
document was there if it should ever be gone. The clear text never touches the disk here.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.audience import mark_sealed, reading_as
from yingshang.kernel.documents import inspection, store
from yingshang.kernel.documents.models import SealedDocument
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import SYSTEM, Actor

NONCE = bytes(12)  # constant is right here: each key encrypts one file, once


@transaction.atomic
def keep_sealed(
    stream: BinaryIO,
    *,
    name: str,
    media_type: str,
    subject: str,
    handlers: Collection[str],
    at: datetime,
) -> SealedDocument:
    """Keep a file for a sealed matter; only the handlers named here can open it.

    handlers: pseudonyms of persons, at least one. The one who hands it in need
    not be among them and is not written down anywhere.
    Raises Refusal as ``keep`` does. Records ``documents.kept_sealed``.
    """
    content = io.BytesIO(store.read_all(stream, limit=settings.YS_DOCUMENT_MAX_BYTES))
    kind = inspection.examine(content, media_type)
    place, key = token_hex(32), token_bytes(32)
    store.write(sealed_place(place), AESGCM(key).encrypt(NONCE, content.getvalue(), place.encode()))
    digest = sha256(content.getvalue()).hexdigest()
    document = SealedDocument.objects.create(
        subject=subject,
        name=inspection.clean_name(name, kind.extension),
        media_type=kind.media_type,
        size=len(content.getvalue()),
        digest=digest,
        handlers=sorted(handlers),
        kept_at=at,
        place=place,
        key=key,
    )
    mark_sealed("documents.sealed", on=at.date())
    ledger.record(
        "documents.kept_sealed",
        subject="sealed",
        by=SYSTEM,
        facts={"commitment": ledger.private(f"{document.public_no} {digest}")},
        at=at,
    )
    return document


def sealed_place(place: str) -> Path:
    """Return where the encrypted content stands: apart from the other files, so that no sweep counts them."""
    return Path(settings.YS_DATA_DIR) / "sealed" / place[:2] / place


def sealed_documents_of(subject: str, *, by: Actor) -> list[SealedDocument]:
    """Return the sealed documents of a matter of which the actor is a handler; empty for anybody else."""
    with reading_as(by):
        return list(SealedDocument.objects.filter(subject=subject).order_by("kept_at"))


@transaction.atomic
def open_sealed(public_no: str, *, by: Actor, at: datetime | None = None) -> BinaryIO:
    """Return the content of a sealed document.

    Raises NotFound for whoever is no handler, as if there were none; Refusal
    ``documents.second_factor_needed``. Records ``documents.opened_sealed``.
    """
    access.permit(by, "documents.open_sealed")
    with reading_as(by):
        document = SealedDocument.objects.filter(public_no=public_no).first()
    if document is None:
        raise NotFound("这份材料")
    ledger.record(
        "documents.opened_sealed",
        subject="sealed",
        by=SYSTEM,
        # One commitment to both: the number is random, so nobody can find the handler by trying the few there are.
        facts={"commitment": ledger.private(f"{document.public_no} {by.person}")},
        at=at,
    )
    closed = sealed_place(document.place).read_bytes()
    return io.BytesIO(AESGCM(bytes(document.key)).decrypt(NONCE, closed, document.place.encode()))

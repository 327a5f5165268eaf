"""Open a document, and leave a trace of having opened it."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.documents import store
from yingshang.kernel.documents.models import Document
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor


@transaction.atomic
def open_document(document: Document, actor: Actor, *, at: datetime | None = None) -> BinaryIO:
    """Return the file, open for reading.

    Raises NotFound for whoever may not open it, as if there were none. Records
    ``documents.opened`` unless the document is public: reading what everybody
    may read is nobody's business.
    """
    if access.may(actor, "documents.open", document):
        raise NotFound("这份文件")
    if not document.is_public:
        ledger.record("documents.opened", subject=f"document:{document.pk}", by=actor, facts={}, at=at)
    return store.place_of(document.digest).open("rb")

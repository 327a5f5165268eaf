"""Put an electronic seal on a document, and check the seals on one."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yingshang.kernel import access, ledger
from yingshang.kernel.audience import Audience
from yingshang.kernel.documents import store
from yingshang.kernel.documents.inspection import PDF
from yingshang.kernel.documents.keeping import keep
from yingshang.kernel.documents.models import Document
from yingshang.kernel.documents.sealing import SealCheck, Signer, SocketSigner, check
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor


def folder() -> Path:
    """Return the folder of the signing process: its key, certificates and its own log."""
    return Path(settings.YS_DATA_DIR) / "seal"


@transaction.atomic
def seal(document_id: UUID, *, by: Actor, at: datetime, reason: str, signer: Signer | None = None) -> Document:
    """Return a new document: this PDF with an electronic seal on it. The unsealed one stays.

    reason: what the seal is put on for; stands in the signature.
    signer: the signing process of this installation if None.
    Raises Refusal ``documents.only_pdf_is_sealed``, ``documents.already_sealed``,
    ``documents.damaged`` and what the policy refuses; Unavailable when the
    signing process does not answer. Records ``documents.seal_applied``.
    """
    try:
        document = Document.objects.select_related("unit", "sealed_as").get(pk=document_id)
    except Document.DoesNotExist:
        raise NotFound("这份文件") from None
    access.permit(by, "documents.seal", document)
    if document.media_type != PDF:
        raise Refusal("documents.only_pdf_is_sealed", "电子印章只能盖在PDF文件上。", "请先导出PDF再盖章。")
    if hasattr(document, "sealed_as"):
        raise Refusal("documents.already_sealed", f"《{document.name}》已经盖过章。", "请直接使用盖过章的那一份。")
    content = store.place_of(document.digest).read_bytes()
    sealed = (signer or SocketSigner(folder())).seal(content, reason=reason)
    result = keep(
        io.BytesIO(sealed.content),
        name=document.name,
        media_type=PDF,
        subject=document.subject,
        by=by,
        at=at,
        audience=Audience(
            public=document.is_public,
            unit=document.unit.code if document.unit_path and document.unit else "",
            party=document.party,
            handlers=frozenset(document.handlers),
        ),
        official_no=document.official_no,
        seal_of=document,
    )
    ledger.record(
        "documents.seal_applied",
        subject=f"document:{result.pk}",
        by=by,
        facts={"digest": ledger.private(result.digest), "signer": sealed.signer},
        at=at,
    )
    return result


def check_seals(stream: BinaryIO) -> list[SealCheck]:
    """Return an answer for each seal in a PDF; empty where there is none. Changes and records nothing."""
    return check(stream.read(), folder() / "root.pem")

"""Keep a file: look at what it is, put it on disk for good, then commit the row."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from yingshang.kernel import ledger, org
from yingshang.kernel.audience import Audience, own
from yingshang.kernel.documents import inspection, store
from yingshang.kernel.documents.models import Document
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def keep(
    stream: BinaryIO,
    *,
    name: str,
    media_type: str,
    subject: str,
    by: Actor,
    at: datetime,
    audience: Audience | None = None,
    official_no: str = "",
    replaces: Document | None = None,
    seal_of: Document | None = None,
) -> Document:
    """Keep a file for a matter and return its document.

    Part of a deed that has asked its own policy, so it asks none. The file is
    durable before the row is committed; a deed that is rolled back leaves a
    file that no row names and a sweep removes.

    media_type: as declared by whoever sent it; a lie is refused.
    subject: ``kind:id`` of the matter. audience: the keeper's own side if None.
    Raises Refusal: those of ``store.received`` and ``inspection.examine``,
    ``documents.number_taken``. Records ``documents.kept``.
    """
    with store.received(stream, limit=settings.YS_DOCUMENT_MAX_BYTES) as incoming:
        with incoming.path.open("rb") as file:
            kind = inspection.examine(file, media_type)
        store.settle(incoming)
    if official_no and not (replaces or seal_of):
        _refuse_taken(official_no)
    readers = audience or own(by)
    document = Document.objects.create(
        subject=subject,
        name=inspection.clean_name(name, kind.extension),
        media_type=kind.media_type,
        size=incoming.size,
        digest=incoming.digest,
        official_no=official_no,
        kept_at=at,
        kept_by=by.person,
        unit=org.unit(by.unit) if by.unit else None,
        replaces=replaces,
        seal_of=seal_of,
        **readers.fields(),
    )
    ledger.record(
        "documents.kept",
        subject=f"document:{document.pk}",
        by=by,
        # The digest of a private file would let anybody who holds a copy find out that it was handed in.
        facts={"digest": incoming.digest if readers.public else ledger.private(incoming.digest)},
        at=at,
    )
    return document


def _refuse_taken(official_no: str) -> None:
    taken = Document.objects.filter(official_no=official_no, replaces=None, seal_of=None).exists()
    if taken:
        raise Refusal(
            "documents.number_taken",
            f"文号“{official_no}”已经用在另一份文件上。",
            "请核对文号；如果是更正原文件，请用“更正”替换它。",
        )

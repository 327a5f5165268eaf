"""Take a file in pieces: announce it, append, look at it once it is whole, remove it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from yingshang.casework.cases import queries
from yingshang.casework.cases.models import Case, Draft, Upload
from yingshang.casework.cases.operations import staging
from yingshang.kernel import access, documents
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.parties import Actor

FILES_AT_MOST = 40  # of one draft or case; a whole application seldom has ten
PIECE = 1 << 20


@transaction.atomic
def announce(
    *,
    material: str,
    name: str,
    size: int,
    media_type: str,
    draft: UUID | None = None,
    case: str = "",
    by: Actor,
    at: datetime,
) -> Upload:
    """Say that a file comes, and return its upload; one that was begun and broke off is returned to go on with.

    draft: public id, or case: number of a case that waits for the material.
    size: bytes. Raises NotFound for somebody else's draft or case; Refusal
    ``cases.file_too_large``, ``cases.too_many_files``, ``cases.not_asked_for``.
    """
    where = _locked_place(draft, case, by)
    _refuse_unasked(where, material)
    if size > settings.YS_DOCUMENT_MAX_BYTES:
        raise Refusal(
            "cases.file_too_large",
            f"“{name[:60]}”有{size / (1 << 20):.0f}MB，超过了{settings.YS_DOCUMENT_MAX_BYTES >> 20}MB。",
            "请压缩后再传，或者拆成几个文件；照片用普通清晰度就够了。",
        )
    if size <= 0:
        raise Refusal("cases.file_empty", f"“{name[:60]}”是空文件。", "请选择有内容的文件。")
    begun = _uploads_of(where)
    broken = begun.filter(material=material, name=name[:200], size=size, media_type="").order_by("-pk").first()
    if broken is not None:
        return broken
    if begun.count() >= FILES_AT_MOST:
        raise Refusal(
            "cases.too_many_files", f"已经传了{FILES_AT_MOST}个文件。", "请删去不需要的，或者把几页合成一个PDF。"
        )
    return Upload.objects.create(
        draft=where if isinstance(where, Draft) else None,
        case=where if isinstance(where, Case) else None,
        material=material,
        name=name[:200],
        size=size,
        declared=media_type[:120],
        started_by=by.person,
        started_at=at,
        touched_at=at,
    )


@transaction.atomic
def append(*, upload: UUID, offset: int, piece: bytes, by: Actor, at: datetime) -> Upload:
    """Add the next piece. After the last one the content is looked at.

    offset: where the piece begins; must be what is there. Raises NotFound,
    Stale when another offset is due, Refusal ``cases.more_than_announced``.
    What is found on looking is ``settle``'s to say.
    """
    row = _locked(upload, by)
    if row.is_whole:
        return row
    if offset != row.received:
        raise Stale("这个文件已经传到别的位置。", "请从已传到的位置接着传。")
    if offset + len(piece) > row.size:
        raise Refusal("cases.more_than_announced", "传来的内容比文件大。", "请重新选择文件再传一次。")
    row.received = staging.append(row.public_id, row.received, piece)
    row.touched_at = at
    row.save(update_fields=["received", "touched_at"])
    return row


@transaction.atomic
def settle(*, upload: UUID, by: Actor, at: datetime) -> Upload:
    """Look at a file that has come in whole, and note what it is.

    Raises the refusals of ``documents.examine``; the caller then calls
    ``remove``, as a file that cannot be taken is not kept.
    """
    row = _locked(upload, by)
    if row.is_whole or row.received < row.size:
        return row
    with staging.opened(row.public_id) as content:
        row.media_type = documents.examine(content, row.declared).media_type
    row.touched_at = at
    row.save(update_fields=["media_type", "touched_at"])
    if row.draft is not None:
        row.draft.ways = {**row.draft.ways, row.material: "file"}
        row.draft.saved_at = at
        row.draft.save(update_fields=["ways", "saved_at"])
    return row


def take(
    *,
    stream: BinaryIO,
    material: str,
    name: str,
    size: int,
    media_type: str,
    draft: UUID | None = None,
    case: str = "",
    by: Actor,
    at: datetime,
) -> Upload:
    """Take a file that came with the page in one piece: announce, append, settle; nothing stays of one refused."""
    row = announce(material=material, name=name, size=size, media_type=media_type, draft=draft, case=case, by=by, at=at)
    try:
        if row.received:
            stream.seek(row.received)
        while piece := stream.read(PIECE):
            row = append(upload=row.public_id, offset=row.received, piece=piece, by=by, at=at)
        return settle(upload=row.public_id, by=by, at=at)
    except Refusal:
        remove(upload=row.public_id, by=by)
        raise


@transaction.atomic
def remove(*, upload: UUID, by: Actor) -> None:
    """Take a file back before it was handed in; its bytes go when this is committed."""
    with suppress(NotFound):
        row = _locked(upload, by)
        row.delete()
        transaction.on_commit(partial(staging.remove, upload))


def _locked_place(draft: UUID | None, case: str, by: Actor) -> Draft | Case:
    """Return the draft or the case, locked, so that two tabs cannot count their files at once."""
    if draft is not None:
        return queries.draft_of(by, draft, lock=True)
    found = queries.own_case(by, case)
    return Case.objects.select_for_update().get(pk=found.pk)


def _refuse_unasked(where: Draft | Case, material: str) -> None:
    asked = queries.materials_wanted(where)
    if material not in asked:
        raise Refusal("cases.not_asked_for", "这里不需要这份材料。", "请回到材料清单，按清单上传。")


def _uploads_of(where: Draft | Case) -> QuerySet[Upload]:
    return Upload.objects.filter(draft=where) if isinstance(where, Draft) else Upload.objects.filter(case=where)


def _locked(upload: UUID, by: Actor) -> Upload:
    rows = Upload.objects.select_for_update(of=("self",)).select_related("draft__applicant", "case__applicant")
    row = rows.filter(public_id=upload).first()
    if row is None or access.may(by, "cases.upload", row) is not None:
        raise NotFound("这个文件")
    return row

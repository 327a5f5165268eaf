"""Files in pieces, in the spirit of tus 1.0: POST announces, HEAD says how much is there, PATCH brings the next piece.

A connection may break at any byte: what arrived is on disk, HEAD names the
offset, the next PATCH begins there. The script of the page drives it; without
script the page's plain file field does.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from yingshang.casework.cases import operations, queries
from yingshang.casework.cases.views.apply.materials import shown_upload
from yingshang.kernel import clock
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.web import ActorRequest

LARGEST_PIECE = 4 << 20  # bytes read into memory at once
READ_AT_ONCE = 1 << 16
OFFSET, LENGTH = "Upload-Offset", "Upload-Length"


@require_POST
def announce(request: ActorRequest) -> HttpResponse:
    """Take the announcement of a file: ``draft`` or ``case``, ``material``, ``name``, ``size``, ``type``."""
    try:
        draft = UUID(request.POST["draft"]) if request.POST.get("draft") else None
        size = int(request.POST.get("size", ""))
    except ValueError:
        raise NotFound("这份草稿") from None
    try:
        upload = operations.announce(
            material=request.POST.get("material", ""),
            name=request.POST.get("name", ""),
            size=size,
            media_type=request.POST.get("type", ""),
            draft=draft,
            case=request.POST.get("case", ""),
            by=request.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse(shown_upload(upload), status=201 if not upload.received else 200)


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def piece(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say how much is there, take the next piece, or take the file back."""
    if request.method == "DELETE":
        operations.remove(upload=public_id, by=request.actor)
        return HttpResponse(status=204)
    upload = queries.own_upload(request.actor, public_id)
    if request.method == "PATCH":
        offset = request.headers.get(OFFSET, "")
        if not offset.isascii() or not offset.isdigit() or len(offset) > 15:
            return HttpResponse(status=400)
        if _announced_length(request) > LARGEST_PIECE:
            return HttpResponse(status=413)
        try:
            upload = operations.append(
                upload=public_id, offset=int(offset), piece=_arrived(request), by=request.actor, at=clock.now()
            )
            if upload.received == upload.size:
                upload = operations.settle(upload=public_id, by=request.actor, at=clock.now())
        except Stale:
            return _with_offset(HttpResponse(status=409), upload.received, upload.size)
        except Refusal as refusal:
            operations.remove(upload=public_id, by=request.actor)
            return _refused(refusal)
    return _with_offset(HttpResponse(status=204), upload.received, upload.size)


def _arrived(request: HttpRequest) -> bytes:
    """Return what arrived of the piece; the connection may break before its end, and what came still counts."""
    found = bytearray()
    try:
        while len(found) < LARGEST_PIECE and (chunk := request.read(min(READ_AT_ONCE, LARGEST_PIECE - len(found)))):
            found += chunk
    except OSError:
        pass
    return bytes(found)


def _announced_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _with_offset(answer: HttpResponse, offset: int, size: int) -> HttpResponse:
    answer[OFFSET], answer[LENGTH] = str(offset), str(size)
    answer["Cache-Control"] = "no-store"
    return answer


def _refused(refusal: Refusal) -> HttpResponse:
    return JsonResponse({"code": refusal.code, "reason": refusal.reason, "remedy": refusal.remedy}, status=409)

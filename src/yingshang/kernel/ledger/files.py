"""The ledger as files (C2SP tlog-tiles), for programs that check it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yingshang.kernel.errors import NotFound
from yingshang.kernel.ledger.checkpointing import latest
from yingshang.kernel.ledger.tree import bundle_of, hashes_in
from yingshang.methods.merkle import Tile, tile_at

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
SECONDS = "public, max-age=5"
FOREVER = "public, max-age=31536000, immutable"


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint. Raises NotFound before the first."""
    newest = latest()
    if newest is None:
        raise NotFound("检查点")
    return _file(newest.note.encode(), TEXT, SECONDS)


@require_safe
def tile(request: HttpRequest, name: str) -> HttpResponse:
    """A tile of hashes, or a bundle of entries: whatever the newest checkpoint covers, and nothing beyond it."""
    try:
        wanted, is_bundle = Tile.named(name)
    except ValueError:
        raise NotFound("这个文件") from None
    newest = latest()
    there = tile_at(wanted.level, wanted.index, newest.size) if newest else None
    if there is None or there.width < wanted.width:
        raise NotFound("这个文件")
    content = bundle_of(wanted) if is_bundle else b"".join(hashes_in([wanted])[0])
    if not content:
        raise NotFound("这个文件")
    return _file(content, BYTES, FOREVER)


def _file(content: bytes, kind: str, caching: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = caching
    response["Access-Control-Allow-Origin"] = "*"  # a verifier may run in any browser page
    return response

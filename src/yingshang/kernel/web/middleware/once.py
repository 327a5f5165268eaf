"""A write with an Idempotency-Key happens once, however often it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yingshang.kernel.errors import Refusal
from yingshang.kernel.web.errors import refuse_request, render_refusal, wants_data

READING = ("GET", "HEAD", "OPTIONS", "TRACE")
SHORTEST, LONGEST = 16, 100


class Once:
    """Carry out an API write and remember its answer in one transaction; give the answer again for the same key.

    A second request waits for the first to end. What failed is forgotten, so
    that it can be sent again. The same key with another content is refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key or request.method in READING or not wants_data(request):
            return self.get_response(request)
        if not (SHORTEST <= len(key) <= LONGEST and key.isascii() and key.isprintable()):
            return refuse_request(request, 400)
        try:
            return self._once(request, key)
        except Refusal as refusal:
            return render_refusal(request, refusal)

    @transaction.atomic
    def _once(self, request: HttpRequest, key: str) -> HttpResponse:
        from yingshang.kernel.web.models import AnsweredWrite

        digest = _digest(request)
        row, is_new = AnsweredWrite.objects.get_or_create(
            person=request.actor.person,  # type: ignore[attr-defined]
            key=key,
            defaults={"digest": digest, "answered_at": timezone.now()},
        )
        if is_new:
            response = self.get_response(request)
            if response.status_code >= 400:
                row.delete()
            else:
                row.state, row.media_type = response.status_code, response.get("Content-Type", "")[:100]
                row.body = response.content
                row.save(update_fields=["state", "media_type", "body"])
            return response
        if row.digest != digest:
            raise Refusal(
                "web.key_used_otherwise",
                "这个Idempotency-Key已经用在另一个请求上。",
                "请为每次办理换一个新的键。",
            )
        return HttpResponse(bytes(row.body), status=row.state, content_type=row.media_type)


def _digest(request: HttpRequest) -> str:
    parts = [str(request.method).encode(), request.get_full_path().encode("utf-8", "surrogateescape"), request.body]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()

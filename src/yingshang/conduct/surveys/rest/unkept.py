"""Answers that must be remembered by nobody: codes are seen once, and a sheet has no moment."""

from __future__ import annotations

from django.http import HttpRequest

from yingshang.kernel.errors import Refusal


def refuse_key(request: HttpRequest) -> None:
    """Raise Refusal ``surveys.key_not_taken`` where the request asks to be remembered.

    What is kept for an Idempotency-Key holds the moment, a digest of what came, and the answer: for a day,
    the platform would know codes, and when a sheet arrived.
    """
    if request.headers.get("Idempotency-Key"):
        raise Refusal(
            "surveys.key_not_taken",
            "这一步不收Idempotency-Key：记下来的时间、摘要和答题码，会让不记名变成空话。",
            "请去掉这个键再发。同一个答题码、同一个代号、同一批编号，本来就只办理一次。",
        )

"""What a request carries once the middleware has seen it."""

from __future__ import annotations

from django.http import HttpRequest

from yingshang.kernel.parties import Actor


class ActorRequest(HttpRequest):
    """A request with the one who acts and the number under which defects are found again."""

    actor: Actor
    trace: str
    elder: bool

"""Give every request its actor."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from yingshang.kernel.web.identity import actor_of


class ActingPerson:
    """Set ``request.actor`` and name the actor (a pseudonym, never a name) in every log line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(actor=actor.person, unit=actor.unit):
            response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

"""Turn the four errors, raised anywhere under a view, into the right page or envelope."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from yingshang.kernel.web.errors import answer_to, refuse_request

log = structlog.get_logger("yingshang.web")


class Answers:
    """Answer Refusal, NotFound, Stale and Unavailable; let defects pass to Django's handler500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError):
            # A value that no column can hold got past the edge: the request is bad, and the edge wants mending.
            log.error(
                "value refused by the database", route=getattr(request.resolver_match, "route", ""), exc_info=exception
            )
            return refuse_request(request, 400)
        return answer_to(request, exception)

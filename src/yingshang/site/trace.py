"""A trace number for every request: on the error page, in the answer's header, on every line of the log."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: a person reads it out on the telephone


def new_trace() -> str:
    """Return a number of 14 letters: the time in milliseconds, then chance."""
    value = int(time.time() * 1000) << 25 | secrets.randbits(25)
    return "".join(LETTERS[value >> shift & 31] for shift in range(65, -1, -5))


class TraceMiddleware:
    """Give the request its number and log one line about it when it is answered.

    The line names the route, never the path: paths may carry receipt codes and
    one-time links, and a log is read by people who may know neither.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.log = structlog.get_logger("web")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        request.trace = new_trace()  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(trace=request.trace)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Trace"] = request.trace  # type: ignore[attr-defined]
        match = request.resolver_match
        self.log.info(
            "request",
            method=request.method,
            route=match.route if match else "",
            state=response.status_code,
            milliseconds=round((time.perf_counter() - begun) * 1000, 1),
        )
        return response

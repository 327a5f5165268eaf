"""Refuse at the edge what no database column can hold, so that it never becomes a defect."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError

from yingshang.kernel.web.dirt import is_dirty
from yingshang.kernel.web.errors import refuse_request

LONGEST_QUERY = 8_000  # characters; browsers and proxies cut near there anyway
LONGEST_PATH = 2_000


def _texts(pairs: Iterable[tuple[str, list[Any]]]) -> Iterable[str]:
    for key, values in pairs:
        yield key
        yield from (value for value in values if isinstance(value, str))


class Clean:
    """Answer 400 to NUL bytes and lone surrogates in the path, query and form; 413 to a body over the limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.path) > LONGEST_PATH or len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return refuse_request(request, 414)
        if is_dirty(request.path) or any(map(is_dirty, _texts(request.GET.lists()))):
            return refuse_request(request, 400)
        if _length(request) > settings.YS_LARGEST_REQUEST:
            return refuse_request(request, 413)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Look at the form here: the view is known and nothing has run yet."""
        if request.method != "POST" or request.content_type not in (
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        ):
            return None
        try:
            form, files = request.POST, request.FILES
        except (RawPostDataException, UnreadablePostError, SuspiciousOperation, TooManyFilesSent, ValueError):
            return refuse_request(request, 400)
        names = [str(file.name) for files_of_field in files.lists() for file in files_of_field[1]]
        return refuse_request(request, 400) if any(map(is_dirty, [*_texts(form.lists()), *names])) else None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0

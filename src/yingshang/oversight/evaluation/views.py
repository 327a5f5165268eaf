"""Pages of evaluation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def listed(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse()

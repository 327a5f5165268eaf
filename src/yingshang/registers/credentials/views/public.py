"""What a stranger asks: does this credential hold?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def verify(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return render(request, "credentials/verify.html")

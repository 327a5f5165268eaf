"""Pages about the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is done so that everybody can use the site, and whom to tell where it fails."""
    return render(request, "web/accessibility.html")

"""Choose in which capacity to act; in demo mode, choose a face."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yingshang.kernel.web.identity import CHOSEN, FACE, people


@require_http_methods(["GET", "HEAD", "POST"])
def standings(request: HttpRequest) -> HttpResponse:
    """Show the standings of the person logged in, and switch to the one chosen."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    having = people().standings_of(request.user)
    if request.method == "POST":
        chosen = request.POST.get("standing", "")
        if chosen in {one.key for one in having}:
            request.session[CHOSEN] = chosen
            return redirect("web:workbench")
    return render(request, "web/standings.html", {"standings": having, "current": request.session.get(CHOSEN)})


@require_safe
def faces(request: HttpRequest) -> HttpResponse:
    """List the demo people. There is no such page outside demo mode."""
    if not settings.YS_DEMO:
        raise Http404
    return render(request, "web/faces.html", {"faces": people().faces()})


@require_POST
def become(request: HttpRequest, key: str) -> HttpResponse:
    """Log in as a demo person. Nothing answers here outside demo mode."""
    if not settings.YS_DEMO:
        raise Http404
    user = people().user_of_face(key)
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session[FACE] = key
    request.session.pop(CHOSEN, None)
    return redirect("web:workbench")

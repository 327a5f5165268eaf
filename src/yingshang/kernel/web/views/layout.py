"""How pages look to this visitor: language and elder mode, kept in cookies, nothing else."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from yingshang.kernel.errors import NotFound
from yingshang.kernel.web.frame import ELDER_COOKIE

A_YEAR = 365 * 24 * 3600


def back_to(request: HttpRequest) -> HttpResponse:
    """Return a redirect to ``?next=`` if that is an address of this site, else to the home page."""
    target = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe and len(target) < 2000 else "/")


def remember(request: HttpRequest, response: HttpResponse, cookie: str, value: str) -> None:
    """Keep a choice for a year, out of reach of scripts and other sites."""
    response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())


@require_safe
def elder(request: HttpRequest, switch: str) -> HttpResponse:
    """Turn the layout for elders on or off."""
    response = back_to(request)
    if switch == "on":
        remember(request, response, ELDER_COOKIE, "1")
    else:
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return response


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a language. Raises NotFound for one that the site does not speak."""
    if code not in dict(settings.LANGUAGES):
        raise NotFound("这种语言")
    response = back_to(request)
    remember(request, response, settings.LANGUAGE_COOKIE_NAME, code)
    return response

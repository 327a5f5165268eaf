"""Staff act only with a second factor."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.kernel.parties import Level
from yingshang.kernel.web.errors import Problem, answer, wants_data

OPEN = ("/account/", "/elder/", "/language/", "/healthz", "/readyz")


class SecondFactor:
    """Send whoever holds a post and came with a password alone to set up, or use, the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = request.actor  # type: ignore[attr-defined]
        if not (actor.unit or actor.posts) or actor.level >= Level.SECOND_FACTOR or request.path.startswith(OPEN):
            return self.get_response(request)
        if settings.STATIC_URL and request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        if wants_data(request):
            reason, remedy = _("代表单位办理，登录时要用两种方式验证。"), _("请先在“账号安全”里设置。")
            return answer(request, 401, Problem("web.second_factor_needed", reason, remedy))
        if is_mfa_enabled(request.user):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        return redirect("mfa_index")

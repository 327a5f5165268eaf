"""How allauth behaves here: nobody signs up, secrets are kept encrypted, several of its pages do not exist."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path

# Accounts are opened, and forgotten passwords replaced, by the system administrator of the unit.
CLOSED = r"^(signup|email|confirm-email|password/reset|password/set|phone|login/code|2fa/webauthn/signup)(/.*)?$"


class Accounts(DefaultAccountAdapter):
    """Accounts are opened by the system administrator; no mail is sent."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """Say nothing by mail: accounts have no address; the log-in record of the account says it."""


class SecondFactors(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are encrypted under the site's key."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def closed(request: HttpRequest, *_: Any) -> HttpResponse:
    """There is no such page."""
    raise Http404


urlpatterns: list[URLPattern | Any] = [re_path(CLOSED, closed), path("", include("allauth.urls"))]

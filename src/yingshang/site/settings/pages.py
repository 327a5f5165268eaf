"""Settings of the pages: what a browser may load, how people log in, how long they stay."""

from __future__ import annotations

import os
from pathlib import Path

HTTPS = os.environ.get("YS_HTTPS", "") == "1"

# The module that knows which person a log-in belongs to, and the demo people.
YS_PEOPLE = "yingshang.site.people"
YS_LARGEST_REQUEST = 64 * 1024 * 1024
YS_TRIES_A_MINUTE = 30  # of one address, before it has to wait

SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [SELF],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

SESSION_COOKIE_NAME = "__Host-ys" if HTTPS else "ys"
CSRF_COOKIE_NAME = "__Host-ys-form" if HTTPS else "ys-form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_AGE = SESSION_COOKIE_AGE
CSRF_FAILURE_VIEW = "yingshang.kernel.web.errors.csrf_failed"

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

FORMAT_MODULE_PATH = "yingshang.kernel.web.formats"

APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "yingshang.site.trace.TraceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "yingshang.kernel.web.middleware.clean.Clean",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "yingshang.kernel.web.middleware.actor.ActingPerson",
    "yingshang.kernel.web.middleware.second_factor.SecondFactor",
    "yingshang.kernel.web.middleware.answers.Answers",
    "yingshang.kernel.web.middleware.once.Once",
    "axes.middleware.AxesMiddleware",
]

CONTEXT_PROCESSORS = ["yingshang.kernel.web.frame.frame"]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/workbench/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Accounts are opened by the system administrator; nobody signs up.
ACCOUNT_ADAPTER = "yingshang.kernel.web.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "营商环境平台"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ADAPTER = "yingshang.kernel.web.accounts.SecondFactors"
USERSESSIONS_TRACK_ACTIVITY = False
# By address only: a limit by account would let a stranger keep an official out.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip"}

# By account and address together: a stranger elsewhere cannot lock an official out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_CALLABLE = "yingshang.kernel.web.errors.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False


def static_settings(data_dir: Path, *, collected: bool = True) -> dict[str, object]:
    """Return how style sheets and scripts are served.

    Collected into the data folder, compressed and named by their content; tests
    take them from the packages as they are.
    """
    collecting = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return {
        "STATIC_ROOT": data_dir / "static" if collected else None,
        "WHITENOISE_USE_FINDERS": not collected,
        "WHITENOISE_AUTOREFRESH": not collected,
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": collecting if collected else plain},
        },
    }

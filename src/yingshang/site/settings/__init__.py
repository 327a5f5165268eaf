"""Settings of the platform; everything that differs between places comes from the environment.

DATABASE_URL: the web role with least rights. DATABASE_OWNER_URL: the role that
migrates; used instead of the first when YS_ROLE=owner.
"""

import os
from pathlib import Path

from yingshang.site.capabilities import CAPABILITIES, KERNEL
from yingshang.site.settings import pages
from yingshang.site.settings.database import database_of
from yingshang.site.settings.logs import logging_of
from yingshang.site.settings.pages import *  # noqa: F403  the settings of the pages stand on their own

ROOT = Path(__file__).resolve().parents[4]

YS_ROLE = os.environ.get("YS_ROLE", "web")
YS_COUNTY = os.environ.get("YS_COUNTY", "mulan")
YS_COUNTIES_DIR = Path(os.environ.get("YS_COUNTIES_DIR", ROOT / "counties"))
YS_DATA_DIR = Path(os.environ.get("YS_DATA_DIR", ROOT / ".ys"))
YS_DEMO = os.environ.get("YS_DEMO", "") == "1"
YS_CLOCK_SHIFT = int(os.environ.get("YS_CLOCK_SHIFT", "0")) if YS_DEMO else 0  # seconds, for demonstrations only

# Where the public finds this site; printed in the QR code of every credential.
YS_PUBLIC_ADDRESS = os.environ.get("YS_PUBLIC_ADDRESS") or (
    f"http://{os.environ.get('YS_HOST', '127.0.0.1')}:{os.environ.get('YS_PORT', '8000')}"
)

YS_DOCUMENT_MAX_BYTES = int(os.environ.get("YS_DOCUMENT_MAX_MB", "50")) << 20

SECRET_KEY = os.environ.get("YS_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("YS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

DATABASES = {"default": database_of(os.environ, role=YS_ROLE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *KERNEL,
    *CAPABILITIES,
    *pages.APPS,  # after our own, whose templates come first
    "yingshang.site",
    "procrastinate.contrib.django",  # last: it asks the registry for jobs, which yingshang.site fills
]

PROCRASTINATE_ON_APP_READY = "yingshang.site.jobs.register"
LOGGING = logging_of(os.environ)

ROOT_URLCONF = "yingshang.site.urls"
WSGI_APPLICATION = "yingshang.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                *pages.CONTEXT_PROCESSORS,
            ],
        },
    },
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
globals().update(pages.static_settings(YS_DATA_DIR))

"""Every installed package that has ``urls`` is mounted; nobody edits this file to add one."""

from importlib.util import find_spec

from django.urls import include, path

from yingshang.site import health
from yingshang.site.capabilities import CAPABILITIES, KERNEL

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    *(path("", include(f"{package}.urls")) for package in [*KERNEL, *CAPABILITIES] if find_spec(f"{package}.urls")),
]

"""Every installed package that has ``urls`` is mounted; nobody edits this file to add one."""

from importlib.util import find_spec

from django.urls import include, path

from yingshang.kernel.web import rest
from yingshang.site import health
from yingshang.site.capabilities import CAPABILITIES, KERNEL

PACKAGES = [*KERNEL, *CAPABILITIES]
rest.mount(PACKAGES)

urlpatterns = [
    path("api/v1/", rest.api.urls),
    path("account/", include("yingshang.kernel.web.accounts")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    *(path("", include(f"{package}.urls")) for package in PACKAGES if find_spec(f"{package}.urls")),
]

handler400 = "yingshang.kernel.web.errors.bad_request"
handler403 = "yingshang.kernel.web.errors.permission_denied"
handler404 = "yingshang.kernel.web.errors.not_found"
handler500 = "yingshang.kernel.web.errors.defect"

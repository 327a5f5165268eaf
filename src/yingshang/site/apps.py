"""Start-up: read the manifests and refuse to start when they do not fit."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

from yingshang.kernel import access, measures, registry
from yingshang.site.capabilities import CAPABILITIES, KERNEL


class SiteConfig(AppConfig):
    name = "yingshang.site"
    label = "site"

    def ready(self) -> None:
        packages = [*KERNEL, *CAPABILITIES]
        registry.install(package for package in packages if find_spec(f"{package}.capability"))
        for package in packages:
            if find_spec(f"{package}.policies"):
                import_module(f"{package}.policies")
        # A name that does not import would break the question about its marks.
        found = registry.problems() + access.problems() or measures.problems()
        if found:
            raise ImproperlyConfigured("\n".join(found))

"""Public names of a package, imported the first time somebody asks for one.

Django imports every installed package before its models may be imported, so
the front door of a package with tables cannot import them at once.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def on_demand(package: str, *modules: str) -> Callable[[str], Any]:
    """Return a module-level ``__getattr__`` that looks a name up in the package's own modules.

    package: ``__name__`` of the package; its ``__all__`` says which names are public.
    modules: names of its modules, searched in this order.
    The returned function raises AttributeError for a name that is not public.
    Raises ValueError when a module bears a public name: whoever imported the
    module first would find it in the name's place.
    """
    if shadowed := set(modules) & set(vars(import_module(package))["__all__"]):
        raise ValueError(f"give these modules of {package} names that are not public: {', '.join(sorted(shadowed))}")

    def look_up(name: str) -> Any:
        door = import_module(package)
        if name in door.__all__:
            for module in modules:
                found = vars(import_module(f"{package}.{module}"))
                if name in found:
                    setattr(door, name, found[name])
                    return found[name]
        raise AttributeError(f"module {package} has no public name {name}")

    return look_up

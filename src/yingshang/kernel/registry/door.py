"""A package's front door that opens on use.

Django imports every installed package before its models can be loaded, so an
``__init__`` that offers operations must not import them at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def door(package: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a ``__getattr__`` for ``package`` that imports a public name when it is first used.

    names: module inside the package → the public names that it holds, as one
    string with spaces.
    """
    home = {name: module for module, held in names.items() for name in held.split()}

    def look_up(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {package} has no attribute {name}")
        found = getattr(import_module(f"{package}.{home[name]}"), name)
        # Kept in the package itself: the next look finds it without coming here.
        setattr(sys.modules[package], name, found)
        return found

    return look_up

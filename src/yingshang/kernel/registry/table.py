"""The table of manifests, filled once at start."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any

from yingshang.kernel.registry.catalogue import catalogue
from yingshang.kernel.registry.manifest import Capability, Daily, Every, MenuLine, Strict

DUTIES = ("system", "security", "audit")

_by_package: dict[str, Capability] = {}


class NotInstalled(LookupError):
    """The name is known, but the package that provides it is not installed."""


def install(packages: Iterable[str]) -> None:
    """Read the manifest of each package that has one, in the order given.

    packages: dotted names, e.g. ``yingshang.kernel.work``. Replaces what was
    installed before. Raises ImportError for a package without ``capability``.
    """
    _by_package.clear()
    for package in packages:
        _by_package[package] = import_module(f"{package}.capability").CAPABILITY


def installed() -> dict[str, Capability]:
    """Return the manifests by dotted package name, in the order of installation."""
    return dict(_by_package)


def capabilities() -> list[Capability]:
    """Return the manifests, in the order of installation."""
    return list(_by_package.values())


def _merged(part: str) -> dict[str, Any]:
    return {key: value for manifest in _by_package.values() for key, value in getattr(manifest, part).items()}


def known_actions() -> dict[str, str]:
    """Return every declared action with its Chinese title."""
    return _merged("actions")


def action_title(action: str) -> str:
    """Return the Chinese title of an action. Raises KeyError naming the nearest."""
    return str(_look_up("actions", action))


def actions_of_duty(duty: str) -> frozenset[str]:
    """Return the actions that an administrator with this duty carries; empty for no duty."""
    return frozenset(action for m in _by_package.values() for action in m.duties.get(duty, ()))


def ledger_wording(kind: str) -> str:
    """Return the wording of a ledger kind. Raises KeyError naming the nearest."""
    return str(_look_up("ledger", kind))


def is_strict(kind: str) -> bool:
    """Return whether entries of a ledger kind are appended in the transaction of the deed. Raises KeyError."""
    return isinstance(_look_up("ledger", kind), Strict)


def _look_up(part: str, name: str) -> Any:
    table = _merged(part)
    if name not in table:
        raise KeyError(f"“{name}” is not declared among the {part} of any installed package.{nearest(name, table)}")
    return table[name]


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean …?`` for the closest known name, or an empty string."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean {close[0]}?" if close else ""


@cache
def resolve(dotted: str) -> Any:
    """Return the object a dotted name stands for.

    Raises ImportError or AttributeError when there is none.
    """
    module, _, attribute = dotted.rpartition(".")
    return getattr(import_module(module), attribute)


def condition(name: str) -> Callable[..., Any]:
    """Return the named check. Raises NotInstalled: a check that is absent is never passed."""
    table = _merged("conditions")
    if name not in table:
        raise NotInstalled(f"condition {name} is not installed.{nearest(name, table)}")
    return resolve(table[name])  # type: ignore[no-any-return]


def slot(place: str) -> list[Callable[..., Any]]:
    """Return the card makers that installed packages put in a named place."""
    return [resolve(m.slots[place]) for m in _by_package.values() if place in m.slots]


def subscribers_of(event: str) -> list[str]:
    """Return the dotted names of those who hear an event, in the order of installation."""
    return [m.hears[event] for m in _by_package.values() if event in m.hears]


def measures() -> dict[str, str]:
    """Return every measure with the dotted name of its function."""
    return _merged("measures")


def menu() -> list[MenuLine]:
    """Return the menu lines, in the order of installation."""
    return [line for m in _by_package.values() for line in m.menu]


def jobs() -> list[Daily | Every]:
    """Return the declared jobs, in the order of installation."""
    return [job for m in _by_package.values() for job in m.jobs]


def problems() -> list[str]:
    """Return what does not fit together, one English sentence each; empty when all is well."""
    return [*_doubles(), *_unheard_of(), *_undeclared(), *_unimportable()]


def _doubles() -> list[str]:
    found = []
    for part in ("actions", "tells", "measures", "ledger", "obligations", "dossiers", "conditions"):
        owner: dict[str, str] = {}
        for package, manifest in _by_package.items():
            for name in getattr(manifest, part):
                if name in owner:
                    found.append(f"{package} and {owner[name]} both declare {part} “{name}”.")
                owner[name] = package
    return found


def _unheard_of() -> list[str]:
    known = catalogue()
    return [
        f"{package} names the event “{name}”, which is not in the catalogue.{nearest(name, known)}"
        for package, manifest in _by_package.items()
        for name in (*manifest.tells, *manifest.hears)
        if name not in known
    ]


def _undeclared() -> list[str]:
    known = known_actions()
    found = []
    for package, manifest in _by_package.items():
        for duty, actions in manifest.duties.items():
            if duty not in DUTIES:
                found.append(f"{package} names the duty “{duty}”; the three are {', '.join(DUTIES)}.")
            found += [
                f"{package} gives the {duty} administrator “{action}”, which no package declares."
                f"{nearest(action, known)}"
                for action in actions
                if action not in known
            ]
    return found


def _unimportable() -> list[str]:
    found = []
    for package, manifest in _by_package.items():
        dotted = [*manifest.hears.values(), *manifest.measures.values(), *manifest.slots.values()]
        dotted += [*manifest.conditions.values(), *(job.run for job in manifest.jobs)]
        for name in dotted:
            try:
                resolve(name)
            except (ImportError, AttributeError) as error:
                found.append(f"{package} names {name}, which does not import: {error}.")
    return found

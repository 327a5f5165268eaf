"""The words a package uses to introduce itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


def gettext_noop(words: str) -> str:
    """Mark words for translation. Django's own reads the settings, which the signing process does without."""
    return words


class Strict(str):
    """Wording of a strict ledger kind: appended in the transaction of the deed.

    A plain ``str`` marks a sequenced kind: numbered in batches within a minute.
    """

    __slots__ = ()


class MenuGroup(StrEnum):
    """The drawers of both menus, in the order in which they stand: what somebody comes for."""

    SERVICES = gettext_noop("办事")
    CHECKS = gettext_noop("检查")
    PLAN = gettext_noop("方案和督办")
    VIEWS = gettext_noop("评价和意见")
    RULES = gettext_noop("规则和公开")
    RUNNING = gettext_noop("平台管理")


@dataclass(frozen=True)
class MenuLine:
    """One line of the workbench menu.

    view: name of the address to open, e.g. ``inspections:list``.
    group: the drawer it lies in.
    needs: the action a person must hold to see the line; empty for everybody.
    public: True puts the line in the public portal's menu instead.
    first: it lies on top in its drawer; public ones make the home page for elders.
    """

    title: str
    view: str
    group: MenuGroup
    needs: str = ""
    public: bool = False
    first: bool = False


@dataclass(frozen=True)
class Daily:
    """A job that runs once a day. ``run`` is a dotted name; ``at`` is Beijing time, ``HH:MM``."""

    name: str
    run: str
    at: str


@dataclass(frozen=True)
class Every:
    """A job that runs every so many seconds. ``run`` is a dotted name."""

    name: str
    run: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Capability:
    """What the rest of the platform needs to know about one package.

    mission: rows of docs/mission.yaml that this package serves, e.g. ``"13m"``.
    actions: code → Chinese title; each has exactly one policy.
    duties: ``system``, ``security`` or ``audit`` → the actions that this one of
        the three separated administrators carries.
    tells: event name → payload fields and their plain types (int, str, bool).
    hears: event name → dotted name of the subscriber.
    measures: measure name → dotted name of ``(units, periods) → rows``.
    ledger: ledger kind → Chinese wording with ``{fact}`` places; Strict or str.
    obligations: obligation kind → Chinese title.
    dossiers: dossier kind → Chinese title.
    slots: ``place`` → dotted name of ``(actor, subject) → [card]``.
    conditions: name → dotted name of ``(dossier_ids) → {id: Refusal | None}``.
    """

    name: str
    title: str
    plan_items: Sequence[int] = ()
    mission: Sequence[str] = ()
    actions: Mapping[str, str] = field(default_factory=dict)
    duties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tells: Mapping[str, Mapping[str, type]] = field(default_factory=dict)
    hears: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    ledger: Mapping[str, str] = field(default_factory=dict)
    obligations: Mapping[str, str] = field(default_factory=dict)
    dossiers: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, str] = field(default_factory=dict)
    menu: Sequence[MenuLine] = ()
    jobs: Sequence[Daily | Every] = ()

"""Policies and their queryset twins, by the name of the action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from django.db.models import QuerySet

from yingshang.kernel import registry
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor

Policy = Callable[[Actor, Any], Refusal | None]
Twin = Callable[[Actor], "QuerySet[Any]"]

_policies: dict[str, Policy] = {}
_twins: dict[str, Twin] = {}


@dataclass(frozen=True)
class Explanation:
    """Why an actor may or may not: the action's title, the policy in words, and its answer."""

    action: str
    title: str
    rule: str
    refusal: Refusal | None


def policy(action: str) -> Callable[[Policy], Policy]:
    """Register the one policy of an action. Its docstring says in words who may."""

    def register(function: Policy) -> Policy:
        before = _policies.get(action)
        if before is not None and (before.__module__, before.__name__) != (function.__module__, function.__name__):
            raise ValueError(f"{action} has two policies: {before.__module__} and {function.__module__}")
        _policies[action] = function
        return function

    return register


def visibility(action: str) -> Callable[[Twin], Twin]:
    """Register the queryset twin of a policy: the subjects for which it says yes."""

    def register(function: Twin) -> Twin:
        _twins[action] = function
        return function

    return register


def may(actor: Actor, action: str, subject: Any = None) -> Refusal | None:
    """Return the refusal that ``permit`` would raise, or None for a yes."""
    return _policies[action](actor, subject)


def permit(actor: Actor, action: str, subject: Any = None) -> None:
    """Return if the actor may do this to the subject. Raises the policy's Refusal, or KeyError without a policy."""
    refusal = may(actor, action, subject)
    if refusal is not None:
        raise refusal


def visible(actor: Actor, action: str) -> QuerySet[Any]:
    """Return the subjects for which the action's policy says yes, as a queryset."""
    return _twins[action](actor)


def explain(actor: Actor, action: str, subject: Any = None) -> Explanation:
    """Return the answer of a policy with its rule in words."""
    rule = getdoc(_policies[action]) or ""
    return Explanation(action, registry.action_title(action), rule, may(actor, action, subject))


def problems() -> list[str]:
    """Return declared actions without a policy and policies of undeclared actions, one sentence each."""
    declared = registry.known_actions()
    missing = [f"action “{action}” has no policy." for action in declared if action not in _policies]
    unknown = [
        f"policy “{action}” guards an action that no manifest declares."
        for action in _policies
        if action not in declared
    ]
    return missing + unknown

"""Policies and their queryset twins, by the name of the action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc
from typing import Any, get_args, get_type_hints

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, QuerySet

from yingshang.kernel import registry
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor

Policy = Callable[[Actor, Any], Refusal | None]
Twin = Callable[[Actor], "QuerySet[Any]"]


@dataclass(frozen=True)
class Rule:
    """One policy as registered.

    words: who may, in Chinese, for the public table; the docstring where none
    was given.
    """

    function: Policy
    words: str

    @property
    def subject(self) -> type[Model] | None:
        """The model of what the action is done to, as the policy's second parameter says; None for no model."""
        hints = get_type_hints(self.function)
        hints.pop("return", None)
        _, hint = (*hints.values(), None, None)[:2]
        meant = [kind for kind in (get_args(hint) or (hint,)) if isinstance(kind, type) and issubclass(kind, Model)]
        return meant[0] if meant else None


@dataclass(frozen=True)
class Explanation:
    """Why an actor may or may not: the action's title, the policy in words, and its answer."""

    action: str
    title: str
    rule: str
    refusal: Refusal | None


_rules: dict[str, Rule] = {}
_twins: dict[str, Twin] = {}


def policy(action: str, *, zh: str = "") -> Callable[[Policy], Policy]:
    """Register the one policy of an action. Its docstring, and ``zh`` in Chinese, say in words who may."""

    def register(function: Policy) -> Policy:
        before = _rules.get(action)
        if before is not None and _place(before.function) != _place(function):
            raise ValueError(f"{action} has two policies: {before.function.__module__} and {function.__module__}")
        _rules[action] = Rule(function, zh or getdoc(function) or "")
        return function

    return register


def _place(function: Policy) -> tuple[str, str]:
    return function.__module__, function.__name__


def visibility(action: str) -> Callable[[Twin], Twin]:
    """Register the queryset twin of a policy: the subjects for which it says yes."""

    def register(function: Twin) -> Twin:
        _twins[action] = function
        return function

    return register


def may(actor: Actor, action: str, subject: Any = None) -> Refusal | None:
    """Return the refusal that ``permit`` would raise, or None for a yes."""
    return _rules[action].function(actor, subject)


def permit(actor: Actor, action: str, subject: Any = None) -> None:
    """Return if the actor may do this to the subject. Raises the policy's Refusal, or KeyError without a policy."""
    refusal = may(actor, action, subject)
    if refusal is not None:
        raise refusal


def visible(actor: Actor, action: str) -> QuerySet[Any]:
    """Return the subjects for which the action's policy says yes, as a queryset."""
    return _twins[action](actor)


def explain(actor: Actor, action: str, subject: Any = None) -> Explanation:
    """Return the answer of a policy with its rule in words. Raises KeyError for an unknown action."""
    return Explanation(action, registry.action_title(action), _rules[action].words, may(actor, action, subject))


def rules() -> dict[str, Rule]:
    """Return every policy by its action, in the order of the manifests."""
    return {action: _rules[action] for action in registry.known_actions()}


def subject_of(action: str, number: str) -> Any:
    """Return the thing with this number that the action is done to, or None if it needs none.

    Raises NotFound when the action needs a thing and there is none with that number.
    """
    model = _rules[action].subject
    if model is None:
        return None
    try:
        return model._default_manager.get(pk=number)
    except (ObjectDoesNotExist, ValueError, ValidationError):  # the last for a text that is no UUID
        raise NotFound(f"编号为“{number}”的{model._meta.verbose_name}") from None


def problems() -> list[str]:
    """Return declared actions without a policy and policies of undeclared actions, one sentence each."""
    declared = registry.known_actions()
    missing = [f"action “{action}” has no policy." for action in declared if action not in _rules]
    unknown = [
        f"policy “{action}” guards an action that no manifest declares." for action in _rules if action not in declared
    ]
    return missing + unknown

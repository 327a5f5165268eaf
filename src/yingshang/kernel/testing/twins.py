"""A list shows what the policy says yes to, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yingshang.kernel import access
from yingshang.kernel.parties import Actor


def twins_disagree(action: str, actors: Iterable[Actor], subjects: Iterable[Any]) -> list[str]:
    """Return a sentence for every subject that a policy and its queryset twin judge differently; empty is right.

    subjects: every case of the example county, those nobody may see included.
    """
    found = []
    cases = list(subjects)
    for actor in actors:
        listed = set(access.visible(actor, action).values_list("pk", flat=True))
        for subject in cases:
            allowed = access.may(actor, action, subject) is None
            if allowed != (subject.pk in listed):
                says = "allows" if allowed else "refuses"
                lists = "lists" if subject.pk in listed else "does not list"
                found.append(f"{action}: the policy {says} {actor.name} {subject!r}, the twin {lists} it")
    return found

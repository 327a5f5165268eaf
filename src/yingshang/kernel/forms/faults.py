"""What is wrong, where, and what to do: the same words beside a field, in a summary and in an editor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    path: in answers the field, ``persons.0.name``; in a schema the place of the
    key, ``properties.area.maximum``; empty for the whole.
    what: a Chinese sentence saying what is so. remedy: a sentence saying what to do, may be empty.
    """

    path: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return self.what + self.remedy

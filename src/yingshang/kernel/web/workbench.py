"""Cards that packages put on the workbench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card of the slot ``workbench.cards``: a heading and rows, or a template of its own.

    rows: mappings with ``title`` and any of ``href``, ``lamp``, ``remaining``,
        ``hint``, ``tag``: what ``{% task_list %}`` takes.
    link: (words, address) of the full list. empty: what to say without rows.
    template, context: draw the card otherwise. place: smaller stands higher.
    is_news: the title says something worth a card, with rows or without.
    """

    title: str
    rows: Sequence[Mapping[str, Any]] = ()
    link: tuple[str, str] | None = None
    empty: str = ""
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    place: int = 50
    is_news: bool = False

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do on it: such cards stand as one line each below the others."""
        return not (self.rows or self.template or self.is_news)

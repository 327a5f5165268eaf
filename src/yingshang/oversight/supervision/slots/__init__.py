"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.kernel import clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.supervision.slots.calls import drafted_letters
from yingshang.oversight.supervision.slots.sources import unsourced as unsourced_ladder
from yingshang.oversight.supervision.slots.watching import unsourced_rules, watching
from yingshang.oversight.supervision.slots.workbench import letters_of_unit
from yingshang.oversight.supervision.slots.workbench import to_do as letters_to_do

__all__ = ["drafted_letters", "letters_of_unit", "report_links", "to_do", "unsourced"]


def to_do(actor: Actor, subject: Any) -> list[Card]:
    """Return the cards of the workbench: letters, and what is watched."""
    return [*letters_to_do(actor, subject), *watching(actor, subject)]


def unsourced(actor: Actor, subject: Any) -> list[clock.Unsourced]:
    """Return what of the ladder and of oversight.yaml has no source."""
    return [*unsourced_ladder(actor, subject), *unsourced_rules(actor, subject)]


def report_links(_actor: Actor, _subject: Any) -> list[tuple[str, str]]:
    """Return where anybody reports what a unit does wrong, for pages that show what is right."""
    return [("反映问题", reverse("supervision:report"))]

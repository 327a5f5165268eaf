"""An application for a food license in the example county, and the hands it passes through."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from yingshang.casework.cases import operations
from yingshang.casework.cases.models import Case
from yingshang.casework.cases.operations import Paper
from yingshang.casework.cases.rules import Given
from yingshang.kernel import parties
from yingshang.kernel.parties import Actor, Level
from yingshang.registers.catalogue import api as catalogue

RECEIVED = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)
"""Friday 2026-02-13, 09:00 in Beijing: the day after is a worked Saturday, then comes the Spring Festival."""
ANSWERS = {"shop_name": "东湖小馆（演示）", "address": "东湖路8号", "area": 60}
SHOP = {"business": "shop"}
PLAN = Paper(key="floor-plan", given=Given.PAPER)
HELD = Paper(key="business-license", given=Given.SHARED, source="县市场监管局登记")
_attempts = itertools.count(1)

AT_THE_DESK = (
    "cases.receive",
    "cases.accept",
    "cases.ask_to_correct",
    "cases.decline",
    "cases.advance",
    "cases.deliver",
)


def officer(post: str, *actions: str, unit: str = "scjgj") -> Actor:
    """Return an officer of a unit who holds one post and what it carries."""
    return Actor(
        person=f"p-{unit}-{post}",
        name=post,
        unit=unit,
        posts=frozenset({post}),
        actions=frozenset(actions),
        level=Level.SECOND_FACTOR,
    )


CLERK = officer("window-clerk", *AT_THE_DESK)
REVIEWER = officer("reviewer", "cases.advance", "cases.stop_clock", "cases.ask_extension", "cases.check_commitment")
CHIEF = officer("chief-representative", *AT_THE_DESK, "cases.decide")
HEAD = officer(
    "unit-head",
    "cases.decide",
    "cases.approve_extension",
    "cases.revoke",
    "credentials.revoke",
    "cases.explain_overdue",
    "disclosure.publish",
)
PUBLISHER = officer("publisher", "cases.publish_decision", "disclosure.publish")


def party_of(actor: Actor) -> parties.Party:
    """Return the party an actor acts for."""
    return parties.Party.objects.get(public_id=actor.party)


def food_license() -> catalogue.Version:
    """Return the food license of the example county, as it holds in February 2026."""
    return catalogue.version_on("food-business", RECEIVED.date())


def hand_in(by: Actor, deed: Callable[..., Case] = operations.submit, **more: Any) -> Case:
    """Hand in a complete application for a shop, online, on ``RECEIVED``."""
    parts: dict[str, Any] = {
        "version": food_license().pk,
        "applicant": party_of(by) if by.party else None,
        "answers": ANSWERS,
        "situation": SHOP,
        "papers": [PLAN, HELD],
        "channel": "mobile",
        "by": by,
        "at": RECEIVED,
        "idempotency_key": f"attempt-{next(_attempts)}",
    }
    return deed(**(parts | more))

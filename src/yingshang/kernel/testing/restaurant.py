"""A restaurant that wants to open in the example county, and the officers it meets.

For tests and measurements of the engine: ``restaurant-opening`` has parallel
branches, a joint step, a pause, a late material and an acceptance by silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from yingshang.kernel import parties, procedures, work
from yingshang.kernel.parties import SYSTEM, Actor, Level
from yingshang.kernel.registry import Capability
from yingshang.kernel.registry.table import _by_package

RECEIVED = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)
"""Friday 2026-02-13, 09:00 in Beijing: the day after is a worked Saturday, then comes the Spring Festival."""

KIND = "restaurants.opening"


def officer(unit: str, *posts: str) -> Actor:
    """Return an officer of a unit who holds some posts."""
    return Actor(person=f"p-{unit}", name=unit, unit=unit, posts=frozenset(posts), level=Level.SECOND_FACTOR)


CLERK = officer("scjgj", "window-clerk")
CHIEF = officer("scjgj", "chief-representative")
HEAD = officer("scjgj", "unit-head")
FIRE = officer("zjj", "reviewer")
WASTE = officer("dhz", "reviewer")


@contextmanager
def restaurants_installed() -> Iterator[None]:
    """Install, for the time of a test, a made-up capability that owns the dossiers."""
    _by_package["made_up.restaurants"] = Capability(name="restaurants", title="餐饮", dossiers={KIND: "餐饮场所开业"})
    try:
        yield
    finally:
        del _by_package["made_up.restaurants"]


def open_restaurant(applicant: Actor | None = None, **more: Any) -> work.Dossier:
    """Open one dossier, received on ``RECEIVED``, of an applicant or of nobody."""
    party = parties.Party.objects.get(public_id=applicant.party) if applicant else None
    parts: dict[str, Any] = {
        "kind": KIND,
        "title": "东湖小馆开业",
        "procedure": "restaurant-opening",
        "involved": [(party, "applicant")] if party else [],
        "by": SYSTEM,
        "at": RECEIVED,
    }
    return work.open_dossier(**(parts | more))


class Desk:
    """One dossier and the hands that move it, an hour later each time."""

    def __init__(self, dossier: work.Dossier) -> None:
        self.dossier = dossier
        self.at = RECEIVED

    def move(self, do: str, by: Actor, **more: Any) -> work.Move:
        """Make a move and read the dossier again."""
        self.at += timedelta(hours=1)
        made = work.move(dossier_id=self.dossier.pk, do=do, by=by, at=self.at, **more)
        self.dossier.refresh_from_db()
        return made

    def step(self, branch: str = "") -> work.Step:
        """Return the open step of a branch, or of the main line."""
        return work.Step.objects.get(dossier=self.dossier, branch=branch, closed_at=None)

    def to_review(self) -> Desk:
        """Accept, and open the parallel reviews."""
        self.move("accept", CLERK)
        self.move("start_review", CLERK)
        return self

    def to_consultation(self) -> Desk:
        """End both reviews; the join moves the main line on."""
        self.to_review()
        self.move("pass_fire", FIRE)
        self.move("pass_waste", WASTE)
        return self

    def say(self, *units: str, agrees: bool = True) -> None:
        """Let units give their opinion in the joint step."""
        text = "" if agrees else "油烟排放不达标"
        for unit in units:
            work.give_opinion(step_id=self.step().pk, by=officer(unit), at=self.at, agrees=agrees, text=text)

    def owes(self) -> set[str]:
        """Return the keys of the limits and duties that are open."""
        rows = work.Obligation.objects.filter(dossier=self.dossier, state="open")
        return set(rows.values_list("key", flat=True))


PING_PONG = {
    "schema": "procedure/1",
    "id": "ping-pong",
    "title": "一来一回",
    "kind": "other",
    "version": 1,
    "effective": {"from": "2026-01-01", "to": None},
    "lead_unit": "scjgj",
    "item_code": None,
    "sources": [],
    "limits": {
        "serve": {"title": "发球", "limit": "RESTAURANT.REVIEW", "from": "here", "until": ["there"]},
        "return": {"title": "接球", "limit": "RESTAURANT.REVIEW", "from": "there", "until": ["here"]},
    },
    "states": {"here": "这边", "there": "那边", "over": "结束"},
    "start": "here",
    "final": {"over": "done"},
    "moves": [
        {"do": "ping", "title": "发", "from": "here", "to": "there", "by": "window-clerk"},
        {"do": "pong", "title": "接", "from": "there", "to": "here", "by": "window-clerk"},
        {"do": "stop", "title": "停", "from": "here", "to": "over", "by": "window-clerk"},
    ],
    "scenarios": [{"name": "一回", "given": {"here": "2026-03-02"}, "expect": {"serve": "2026-03-05"}}],
}
"""The plainest procedure whose every move fulfills one obligation and begins another."""


def publish_ping_pong() -> None:
    """Publish ``ping-pong``, once."""
    procedures.publish(procedures.definition_of(PING_PONG), by=SYSTEM, at=RECEIVED)

"""Fetching drand rounds, where a county's installation may reach the Internet.

The contract of a source: ``GET <address>/<chain hash>/public/<round>`` answers
JSON with ``signature``, as drand's own relays do. Nothing it says is believed:
the signature is verified offline before it is taken, so that a lying source
can do no more than a silent one.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings

from yingshang.kernel.draws.gathering import add_beacon
from yingshang.kernel.draws.models import Draw
from yingshang.kernel.draws.queries import draws, rule_of
from yingshang.kernel.draws.standing import State, standings_of
from yingshang.kernel.errors import Refusal, Stale
from yingshang.kernel.parties import SYSTEM
from yingshang.methods import county_files
from yingshang.methods import draw as method

SECONDS, LARGEST = 10, 10_000
DRAWS_SCHEMA = {
    "type": "object",
    "required": ["schema", "beacon"],
    "additionalProperties": False,
    "properties": {
        "schema": {"const": "draws/1"},
        "beacon": {
            "type": "object",
            "required": ["fetch_from"],
            "additionalProperties": False,
            "properties": {"fetch_from": {"type": "array", "items": {"type": "string", "pattern": "^https://"}}},
        },
    },
}
Fetch = Callable[[str], str]


def load(county_folder: Path) -> list[str]:
    """Return where a county fetches beacons from, by its ``draws.yaml``; nowhere without one. Raises DataProblem."""
    path = county_folder / "draws.yaml"
    if not path.exists():
        return []
    return list(county_files.read(path, DRAWS_SCHEMA).data["beacon"]["fetch_from"])


def fetch_due(*, at: datetime, sources: Sequence[str] | None = None, fetch: Fetch | None = None) -> int:
    """Take the rounds that draws wait for and that are out; return how many came. Safe to repeat.

    sources: of this installation's county if None. fetch: address → text of
    the answer; raises OSError for one that does not answer.
    """
    places = load(Path(settings.YS_COUNTIES_DIR) / settings.YS_COUNTY) if sources is None else sources
    if not places:
        return 0
    waiting = list(draws().filter(beacon_at__lte=at, beacon_until__gt=at))
    standings = standings_of(waiting)
    due = [
        draw
        for draw in waiting
        if standings[draw.serial].state == State.GATHERING and "drand" in standings[draw.serial].missing
    ]
    return sum(_take(draw.serial, address, fetch or read, at) for draw in due for address in _addresses(draw, places))


def read(address: str) -> str:
    """Return the text that an address answers. Raises OSError."""
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310  (the data admits https alone)
        return str(answer.read(LARGEST).decode("utf-8", "replace"))


def _addresses(draw: Draw, places: Sequence[str]) -> list[str]:
    beacon = rule_of(draw).beacon
    assert beacon is not None  # the draw waits for it
    chain = method.CHAINS[beacon.chain].hash
    return [f"{place.rstrip('/')}/{chain}/public/{beacon.round}" for place in places]


def _take(serial: int, address: str, fetch: Fetch, at: datetime) -> int:
    try:
        signature = str(json.loads(fetch(address))["signature"])
        add_beacon(serial=serial, signature=signature, by=SYSTEM, at=at)
    except (OSError, ValueError, KeyError, TypeError, Refusal, Stale) as error:
        structlog.get_logger().warning(
            "draws.beacon_not_taken", serial=serial, source=address, error=type(error).__name__
        )
        return 0
    return 1

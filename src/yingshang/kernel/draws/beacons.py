"""Fetching drand rounds, where a county's installation may reach the Internet.

The contract of a source: ``GET <address>/<chain hash>/public/<round>`` answers
JSON with ``signature``, as drand's own relays do. Nothing it says is believed:
the signature is verified offline before it is taken, so that a lying source
can do no more than a silent one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from urllib import request

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

# Nothing here opens files or plain http, wherever a county's data or a redirection points.
_https = request.OpenerDirector()
for _handler in (
    request.ProxyHandler,
    request.UnknownHandler,
    request.HTTPDefaultErrorHandler,
    request.HTTPRedirectHandler,
    request.HTTPSHandler,
    request.HTTPErrorProcessor,
):
    _https.add_handler(_handler())


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
    return sum(any(_take(draw.serial, each, fetch or read, at) for each in _addresses(draw, places)) for draw in due)


def read(address: str) -> str:
    """Return the text that an https address answers; redirections may lead to https alone. Raises OSError."""
    try:
        with _https.open(address, timeout=SECONDS) as answer:
            return str(answer.read(LARGEST).decode("utf-8", "replace"))
    except HTTPException as broken:  # urllib lets these through, and they are no OSError
        raise OSError(f"{address}: {broken!r}") from broken


def _addresses(draw: Draw, places: Sequence[str]) -> list[str]:
    beacon = rule_of(draw).beacon
    assert beacon is not None  # the draw waits for it
    chain = method.CHAINS[beacon.chain].hash
    return [f"{place.rstrip('/')}/{chain}/public/{beacon.round}" for place in places]


def _take(serial: int, address: str, fetch: Fetch, at: datetime) -> bool:
    try:
        signature = str(json.loads(fetch(address))["signature"])
        add_beacon(serial=serial, signature=signature, by=SYSTEM, at=at)
    except (OSError, ValueError, KeyError, TypeError, Refusal, Stale) as error:
        structlog.get_logger().warning(
            "draws.beacon_not_taken", serial=serial, source=address, error=type(error).__name__
        )
        return False
    return True

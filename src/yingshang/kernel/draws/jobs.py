"""Scheduled work of draws."""

from __future__ import annotations

from yingshang.kernel import clock
from yingshang.kernel.draws.beacons import fetch_due
from yingshang.kernel.draws.ending import give_up_beacons


def follow_beacons() -> None:
    """Fetch the beacons that draws wait for, where the county says from where; void draws whose beacon never came."""
    fetch_due(at=clock.now())
    give_up_beacons(at=clock.now())

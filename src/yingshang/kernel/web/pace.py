"""How often one address may try what nobody should guess: numbers with codes, secrets, files to be examined.

Counted in the cache of each worker process, by address (IPv6 by its /64): it
slows guessing down and is no wall; what is guessed must be long enough.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from yingshang.kernel.web.errors import refuse_request

WINDOW = 60  # seconds


@dataclass(frozen=True)
class Pace:
    """A counter of tries in a minute. name: of what is tried, as ``credentials.verify``."""

    name: str

    def refused(self, request: HttpRequest) -> HttpResponse | None:
        """Return the answer 429 once an address has used up its tries of this minute, or None."""
        return refuse_request(request, 429) if cache.get(self._key(request), 0) >= settings.YS_TRIES_A_MINUTE else None

    def count(self, request: HttpRequest) -> None:
        """Count one try, as one that found nothing."""
        key = self._key(request)
        cache.add(key, 0, timeout=WINDOW)
        try:
            cache.incr(key)
        except ValueError:  # the minute ended between the two
            cache.set(key, 1, timeout=WINDOW)

    def _key(self, request: HttpRequest) -> str:
        return f"pace:{self.name}:{_place(request.META.get('REMOTE_ADDR', ''))}"


def _place(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)

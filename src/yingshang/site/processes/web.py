"""The web server: one process that has read the program, and workers forked from it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

THREADS = 4


def application() -> Any:
    """Return the WSGI application, in a worker. The worker ends when the master is killed.

    Otherwise it would go on answering on the port, beside its successors.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, int(signal.SIGKILL), 0, 0, 0)
    from yingshang.site.wsgi import application as wsgi

    return behind_proxies(wsgi, os.environ.get("YS_PROXIES", ""))


def behind_proxies(wsgi: Any, proxies: str) -> Any:
    """Return the application as it is served behind a county's own web servers.

    proxies: addresses and networks, separated by commas; empty for none. Only
    what comes through them may say for whom it asks (X-Forwarded-For):
    otherwise all visitors would count as one, or as whom they like.
    """
    trusted = [one.strip() for one in proxies.split(",") if one.strip()]
    return wrap_wsgi_with_proxy_headers(wsgi, trusted) if trusted else wsgi


def main() -> None:
    """Serve until told to stop. YS_HOST, YS_PORT and YS_WORKERS say where and with how many workers;
    YS_PROXIES, behind which web servers."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - reads every page's module once, before the workers are forked
    Granian(
        f"{__name__ if __name__ != '__main__' else 'yingshang.site.processes.web'}:application",
        factory=True,
        address=os.environ["YS_HOST"],
        port=int(os.environ["YS_PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ["YS_WORKERS"]),
        blocking_threads=THREADS,
        backpressure=64,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
    ).serve()


if __name__ == "__main__":
    main()

"""A real Chromium before a real server; skipped, with the reason, where there is no Chromium."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest

AXE_PATH = "/axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]


def chromium() -> str | None:
    """Return the path of an installed Chromium; YS_CHROMIUM names another."""
    return os.environ.get("YS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = pytest.mark.skip(reason="no Chromium here: apt-get install chromium fonts-noto-cjk")
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if chromium() is None:
                item.add_marker(missing)


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def with_axe(site: Any) -> Any:
    """Return the site with axe as one more file of its own: a browser keeps it and reads it once."""
    script = (Path(__file__).parent / "vendor" / "axe.min.js").read_bytes()
    headers = [("Content-Type", "text/javascript"), ("Content-Length", str(len(script)))]
    headers.append(("Cache-Control", "max-age=3600, immutable"))

    def answer(environ: dict[str, Any], start: Any) -> Any:
        if environ["PATH_INFO"] != AXE_PATH:
            return site(environ, start)
        start("200 OK", headers)
        return [script]

    return answer


@pytest.fixture(scope="session")
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of the site, served from this process for the whole round."""
    from django.core.wsgi import get_wsgi_application

    # The sync client of Playwright runs a loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with django_db_blocker.unblock():
        server = Threaded(("127.0.0.1", 0), Quiet)
        server.set_app(with_axe(get_wsgi_application()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Any]:
    """One Chromium for a file.

    Not for the round: while Playwright's sync client is there, a loop runs in this thread, and whoever
    checks a seal in a later test could not run its own.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Any, address: str, committed_db: None) -> Iterator[Any]:
    """A function that opens a fresh page: ``open_page(width=390, elder=False, face="", script=True)``."""
    contexts: list[Any] = []

    def opened(*, width: int = 1280, elder: bool = False, face: str = "", script: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=address, locale="zh-CN", java_script_enabled=script
        )
        contexts.append(context)
        if elder:
            context.add_cookies([{"name": "ys_elder", "value": "1", "url": address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        if face:
            page.goto("/demo/")
            page.get_by_role("button", name=re.compile(face)).click()
            page.wait_for_url("**/workbench/")
        return page

    yield opened
    for context in contexts:
        context.close()

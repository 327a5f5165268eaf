"""The page's verifier in a real Chromium: modules from a folder, no site, no network beyond this machine."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from tests.draws.javascript import FOLDER

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
PAGE = "<!doctype html><meta charset=utf-8><title>verify</title>"
CALL = """async ([text, key]) => {
    const { verify, asJson } = await import("/verify.js");
    const begun = performance.now();
    const told = asJson(verify(text, key));
    return [told, (performance.now() - begun) / 1000];
}"""


def has_chromium() -> bool:
    return _path() is not None


class Files(http.server.SimpleHTTPRequestHandler):
    """Serves the folder and says nothing."""

    extensions_map = {".js": "text/javascript", ".html": "text/html"}

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a function (text, key) → (findings as JSON, seconds), run in a page of Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_path(), args=ARGUMENTS)
        with verifying(browser) as verify:
            yield verify
        browser.close()


@contextmanager
def verifying(browser: Any) -> Iterator[Any]:
    """Yield the same function, run in a page of a browser that runs already: two clients in a process don't get on."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(FOLDER)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield lambda text, key: page.evaluate(CALL, [text.decode(), key])
    page.close()
    server.shutdown()
    server.server_close()


def seconds_in_chromium(text: bytes, key: str) -> float:
    """Return how long a page takes to verify a file that holds."""
    with chromium() as verify:
        told, seconds = verify(text, key)
    assert told == "[]", told
    return float(seconds)


def _path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("YS_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)

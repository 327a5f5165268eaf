"""Nothing that was acknowledged is lost when any process of the site is killed at any moment.

A demo site of the example county runs on a folder of its own. Six writers
keep what they were told is done: a log-in over HTTP (the session must work
afterwards) or a ledger entry (it must be there, numbered, and prove itself).
Meanwhile processes of every kind are ended with SIGKILL, the supervisor among
them. YS_CRASH_ROUNDS says how often; 100 unless told otherwise.
"""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import random
import signal
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402
from figure import Figure  # noqa: E402
from tests.launch.running import Folder, Site, pause, ys  # noqa: E402

from yingshang.kernel.ledger.content import content_of  # noqa: E402
from yingshang.kernel.ledger.ids import new_id  # noqa: E402

ROUNDS = int(os.environ.get("YS_CRASH_ROUNDS", "100"))
SEED = int(os.environ.get("YS_CRASH_SEED", "20261122"))
SESSION = "ys"
KIND, FACTS = "work.obligation_fulfilled", {"kind": "bench", "due": "", "on": ""}
KINDS = ("postgres", "backend", "web", "web worker", "worker", "supervisor")


class Visitors:
    """Log in as a demo person again and again; keep the cookie of each log-in that was answered."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.kept: list[str] = []
        self.unanswered = 0

    def once(self) -> None:
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar))
        here = f"http://127.0.0.1:{self.site.port}"
        page = browser.open(f"{here}/demo/", timeout=10).read().decode()
        action = page.split('action="/demo/')[1].split('"')[0]
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode()
        try:
            browser.open(f"{here}/demo/{action}", form, timeout=10).read()
        except (OSError, ValueError):
            self.unanswered += 1
            raise
        self.kept += [cookie.value for cookie in jar if cookie.name == SESSION and cookie.value]


class Recorders:
    """Record ledger entries as the web role, one commit each; keep the id of each that committed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.kept: list[str] = []
        self.connection: psycopg.Connection | None = None

    def once(self) -> None:
        if self.connection is None or self.connection.closed:
            self.connection = psycopg.connect(self.site.database().web_url, autocommit=True, connect_timeout=5)
        columns = {"id": new_id(), "kind": KIND, "subject": f"crash:{uuid.uuid4().hex}", "at": datetime.now(UTC)}
        columns |= {"actor": "bench", "unit": ""}
        content = content_of(**columns, facts=FACTS)
        try:
            self.connection.execute(
                "INSERT INTO ledger_entry (id, kind, subject, at, actor, unit, content, is_strict)"
                " VALUES (%(id)s, %(kind)s, %(subject)s, %(at)s, %(actor)s, %(unit)s, %(content)s, false)",
                {**columns, "content": content},
            )
        except psycopg.Error:
            self.connection = None
            raise
        self.kept.append(str(columns["id"]))


def main() -> list[Figure]:
    """Run the rounds and return what was lost (which must be nothing) and how long the site took to come back."""
    chance = random.Random(SEED)
    with Folder() as place:
        site = Site(place / "data")
        site.start()
        visitors, recorders = [Visitors(site) for _ in range(3)], [Recorders(site) for _ in range(3)]
        stopping = threading.Event()
        threads = [threading.Thread(target=repeat, args=(each, stopping)) for each in (*visitors, *recorders)]
        for thread in threads:
            thread.start()
        back = [kill_one(site, chance) for _ in range(ROUNDS)]
        stopping.set()
        for thread in threads:
            thread.join()
        lost_sessions = missing_sessions(site, [value for each in visitors for value in each.kept])
        entries = [value for each in recorders for value in each.kept]
        lost_entries, doubled = missing_entries(site, entries)
        verified = ys("ledger", "verify", "--data", place / "data")
        site.stop()
    back.sort()
    answered = sum(len(each.kept) for each in visitors)
    return [
        Figure(f"kills survived (seed {SEED})", ROUNDS, "kills"),
        Figure("log-ins acknowledged over HTTP", answered, ""),
        Figure("of these lost", lost_sessions, "", at_most=0),
        Figure("ledger entries acknowledged", len(entries), ""),
        Figure("of these lost", lost_entries, "", at_most=0),
        Figure("numbers given twice", doubled, "", at_most=0),
        Figure("ledgers that don't verify afterwards", float(verified.returncode != 0), "", at_most=0),
        Figure("back again after a kill, median", back[len(back) // 2], "s"),
        Figure("back again after a kill, worst", back[-1], "s"),
    ]


def repeat(writer: Visitors | Recorders, stopping: threading.Event) -> None:
    while not stopping.is_set():
        with contextlib.suppress(Exception):
            writer.once()
        pause(0.01)


def kill_one(site: Site, chance: random.Random) -> float:
    """Kill a process of a kind chosen by chance after a moment chosen by chance; return seconds until ready again."""
    pause(chance.uniform(0, 1.5))
    kind = chance.choice(KINDS)
    pid = site.processes()[kind]
    begun = time.monotonic()
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    if kind == "supervisor":
        assert site.process is not None
        site.process.wait()
        site.start()
    else:
        pause(0.3)
    site.wait_until_ready()
    return time.monotonic() - begun


def missing_sessions(site: Site, cookies: list[str]) -> int:
    """Return how many acknowledged log-ins the site no longer knows."""
    with psycopg.connect(site.database().admin_url) as connection:
        rows = connection.execute("SELECT session_key FROM django_session").fetchall()
    return len(set(cookies) - {key for (key,) in rows})


def missing_entries(site: Site, ids: list[str]) -> tuple[int, int]:
    """Return how many acknowledged entries are gone or have no leaf, and how many leaves stand for the same entry.

    Waits until the worker has numbered everything.
    """
    for _ in range(600):
        with psycopg.connect(site.database().admin_url) as connection:
            waiting = connection.execute("SELECT count(*) FROM ledger_waiting").fetchone()
            leaves = connection.execute("SELECT entry_id::text FROM ledger_leaf").fetchall()
        if waiting == (0,):
            break
        pause(0.1)
    numbered = [entry for (entry,) in leaves]
    return len(set(ids) - set(numbered)), len(numbered) - len(set(numbered))

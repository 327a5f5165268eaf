"""启动网站：数据库、数据表、县级数据、网页和后台任务（--county --port --data --bare）"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yingshang.site.cluster import database, leftovers, roles
from yingshang.site.cluster.database import Database
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.rotation import rotate
from yingshang.site.cluster.server import when_parent_dies
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.cluster.wishes import Parser, port
from yingshang.site.processes.child import Child
from yingshang.site.processes.fingerprint import fingerprint
from yingshang.site.processes.progress import begin, say, show
from yingshang.site.processes.site import USUAL_DATA, counties, environment_of, identity, must_be_free
from yingshang.site.processes.supervisor import Stop, Supervisor, listening_for_signals

FIRST_PAGE_WITHIN = 180.0  # seconds; three is usual, a busy machine needs more
Telling = Callable[[dict[str, str], Stop], bool]
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def main(arguments: list[str]) -> int:
    begin()
    wish = parse(arguments)
    folder = DataFolder(Path(wish.data).expanduser().absolute())
    folder.make()
    held = folder.lock()
    try:
        return run(folder, wish)
    finally:
        os.close(held)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="./ys run", description="启动网站 Start the site.")
    parser.add_argument("--county", default="", help="counties 下的文件夹名，默认 mulan")
    parser.add_argument("--port", type=port, default=8000, help="端口，默认 8000")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只有本机能访问")
    parser.add_argument("--data", default=str(USUAL_DATA), help="数据文件夹，默认 .ys")
    parser.add_argument("--workers", type=int, default=2, help="网页进程数，默认 2")
    parser.add_argument("--bare", action="store_true", help="正式使用：没有演示人员和演示数据")
    return parser.parse_args(arguments)


def run(
    folder: DataFolder, wish: argparse.Namespace, tell: Callable[[dict[str, str], Stop], bool] | None = None
) -> int:
    """Run the site on a folder that we hold, until told to stop. Returns 0 after a clean stop.

    tell: done with the prepared database before anything is served; what it
    returns says whether to serve at all.
    """
    site = identity(folder, county=wish.county, bare=wish.bare)
    leftovers.end_children([tuple(child) for child in folder.read("running.json").get("children", [])], say=say)
    must_be_free(wish.host, wish.port)
    with listening_for_signals() as stop:
        where = database.named_by_environment()
        if where is None:
            where = database.start(folder, say=say, give_up=lambda: stop.asked > 0)
            say(f"数据库已启动（数据在 {folder.path}）")
        else:
            say("使用 DATABASE_URL 指定的数据库")
        supervisor = Supervisor(folder, where, say)
        try:
            environment = environment_of(folder, site, where)
            prepare(folder, where, environment, stop)
            if not stop.asked and (tell is None or tell(environment, stop)) and not stop.asked:
                serve(supervisor, environment, wish, stop)
        finally:
            say("正在停止……")
            supervisor.stop(stop)
            say("已停止，数据都已保存")
    return 0


def prepare(folder: DataFolder, where: Database, environment: dict[str, str], stop: Stop) -> None:
    """Let ``prepare`` do its work, unless this very program has already done it on this database.

    A site without its administrators is prepared at every start, because each
    start shows a new set-up link.
    """
    site = folder.read("site.json")
    mark = "yingshang " + fingerprint(counties=counties(), county=site["county"], demo=site["demo"])
    has_people = site["demo"] or site.get("has_administrators", False)
    if has_people and where.prepared() == mark:
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "yingshang.site.processes.prepare"],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=when_parent_dies(signal.SIGKILL),
    )
    while process.poll() is None:
        stop.pause(0.1)
        if stop.asked:
            process.terminate()
    if stop.asked:
        return
    if process.returncode:
        raise Trouble("数据准备没有完成，原因见上。", "Preparing the database failed; see above.")
    roles.mark_prepared(where.owner_url, mark)


def serve(supervisor: Supervisor, environment: dict[str, str], wish: argparse.Namespace, stop: Stop) -> None:
    """Start the web server and the worker, say where the site is, and keep both alive until told to stop.

    Neither is told the address of the owner's role: what serves a request can't change a table.
    """
    folder = supervisor.folder
    rotate(folder.logs, endings=(".jsonl", ".out", ".log"))
    least = {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
    least |= {"YS_HOST": wish.host, "YS_PORT": str(wish.port), "YS_WORKERS": str(wish.workers), "YS_POOL": "4"}
    for title, module in (("网页服务", "web"), ("后台任务", "worker")):
        told = least | {"YS_LOG": str(folder.logs / f"{module}.jsonl")}
        supervisor.add(Child(title, f"yingshang.site.processes.{module}", told, folder.logs / f"{module}.out"))
    host = ANYWHERE.get(wish.host, wish.host)
    address = f"http://{f'[{host}]' if ':' in host else host}:{wish.port}/"
    facts: dict[str, Any] = {"pid": os.getpid(), "address": address}
    supervisor.remember(facts)
    if answers(supervisor, f"{address}healthz", stop):
        say(f"网站已就绪：{address}")
        welcome(folder.read("welcome.json"), address)
    supervisor.watch(stop, facts)


def answers(supervisor: Supervisor, address: str, stop: Stop) -> bool:
    """Return True once the site answers; False if asked to stop before. Raises Trouble if it never does."""
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy can't reach our own machine
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    while time.monotonic() < deadline and not stop.asked:
        supervisor.look_after_server(stop)
        for child in supervisor.children:
            child.look_after(say)
        try:
            with browser.open(address, timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, OSError):
            stop.pause(0.05)
    if stop.asked:
        return False
    log = supervisor.folder.logs / "web.out"
    raise Trouble(f"网页服务没有启动起来，详见 {log}。", f"The web server did not start; see {log}.")


def welcome(words: dict[str, Any], address: str) -> None:
    """Say who can log in, or how the first administrators are made."""
    if lines := words.get("lines"):
        show(f"  演示人员（在 {address}demo/ 选一位即可登录）：")
        show("\n".join(f"    {line}" for line in lines))
    if link := words.get("setup_link"):
        show(f"  首次设置三员（系统、安全、审计管理员）的一次性链接：{address.rstrip('/')}{link}")
    show("按 Ctrl-C 停止。")

"""启动网站：数据库、数据表、县级数据、网页和后台任务（--county --port --data --bare）"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from yingshang.site.cluster import database, leftovers, roles
from yingshang.site.cluster.database import Database
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.processes.child import Child
from yingshang.site.processes.fingerprint import fingerprint
from yingshang.site.processes.progress import begin, say
from yingshang.site.processes.supervisor import Stop, Supervisor, listening_for_signals

ROOT = Path(__file__).resolve().parents[4]
FIRST_PAGE_WITHIN = 60.0


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
    parser = argparse.ArgumentParser(prog="./ys run", description="启动网站 Start the site.")
    parser.add_argument("--county", help="counties 下的文件夹名，默认 mulan")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只有本机能访问")
    parser.add_argument("--data", default=str(ROOT / ".ys"), help="数据文件夹，默认 .ys")
    parser.add_argument("--workers", type=int, default=2, help="网页进程数，默认 2")
    parser.add_argument("--bare", action="store_true", help="正式使用：没有演示人员和演示数据")
    return parser.parse_args(arguments)


def run(folder: DataFolder, wish: argparse.Namespace) -> int:
    """Run the site on a folder that we hold, until told to stop. Returns 0 after a clean stop."""
    site = identity(folder, wish)
    leftovers.end_children([tuple(child) for child in folder.read("running.json").get("children", [])], say=say)
    must_be_free(wish.host, wish.port)
    with listening_for_signals() as stop:
        where = database.named_by_environment()
        if where is None:
            where = database.start(folder, say=say)
            say(f"数据库已启动（{folder.path}）")
        else:
            say("使用 DATABASE_URL 指定的数据库")
        supervisor = Supervisor(folder, where, say)
        try:
            environment = environment_of(folder, site, where, wish)
            prepare(where, environment, site, stop)
            if not stop.asked:
                serve(supervisor, environment, wish, site, stop)
        finally:
            say("正在停止……")
            supervisor.stop(stop)
            say("已停止，数据都已保存")
    return 0


def identity(folder: DataFolder, wish: argparse.Namespace) -> dict[str, object]:
    """Return what this site is: its county, and whether it is a demo; written down at the first start.

    Raises Trouble when a later start asks for something else: one folder is one
    county, and a folder that has held invented people can't become a real one.
    """
    site = folder.read("site.json")
    if not site:
        site = {"county": wish.county or "mulan", "demo": not wish.bare}
        counties = Path(os.environ.get("YS_COUNTIES_DIR", ROOT / "counties"))
        if counties.is_dir() and not (counties / str(site["county"])).is_dir():
            known = "、".join(sorted(p.name for p in counties.iterdir() if p.is_dir() and p.name[0] != "_"))
            raise Trouble(
                f"没有名为 {site['county']} 的县。现有：{known}。", f"There is no county {site['county']} in counties/."
            )
        folder.write("site.json", site)
    if wish.county and wish.county != site["county"]:
        raise Trouble(
            f"这个数据文件夹属于 {site['county']}，不能用来运行 {wish.county}。请用 --data 另指定一个文件夹。",
            f"This data folder belongs to {site['county']}; name another folder with --data.",
        )
    if wish.bare and site["demo"]:
        raise Trouble(
            "这个数据文件夹里有演示人员，不能转为正式使用。请用 --data 另指定一个空文件夹。",
            "This data folder holds demo people and can't become a real site; name an empty folder with --data.",
        )
    return site


def must_be_free(host: str, port: int) -> None:
    """Return if the port can be listened on. Raises Trouble if not.

    Asked without SO_REUSEPORT, which the web server's workers use to share it:
    with that option a stranger's port would be shared in silence.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError as error:
            raise Trouble(
                f"没有权限使用端口 {port}。请用 --port 换一个大于 1023 的端口。",
                f"No permission for port {port}; choose one above 1023 with --port.",
            ) from error
        except (OSError, OverflowError) as error:
            raise Trouble(
                f"端口 {port} 已被别的程序占用。请关闭那个程序，或者用 --port 换一个端口。",
                f"Port {port} is taken; stop the other program or choose another with --port.",
            ) from error


def environment_of(
    folder: DataFolder, site: dict[str, object], where: Database, wish: argparse.Namespace
) -> dict[str, str]:
    """Return what every process of the site is told."""
    return {
        "YS_COUNTY": str(site["county"]),
        "YS_DEMO": "1" if site["demo"] else "",
        "YS_DATA_DIR": str(folder.path),
        "YS_SECRET_KEY": folder.secret_key(),
        "YS_WEB_ROLE": where.web_role,
        "YS_HOST": wish.host,
        "YS_PORT": str(wish.port),
        "YS_WORKERS": str(wish.workers),
        **where.environment(),
    }


def prepare(where: Database, environment: dict[str, str], site: dict[str, object], stop: Stop) -> None:
    """Let ``prepare`` do its work unless this very program has already done it on this database."""
    counties = Path(os.environ.get("YS_COUNTIES_DIR", ROOT / "counties"))
    mark = "yingshang " + fingerprint(counties=counties, county=str(site["county"]), demo=bool(site["demo"]))
    if where.prepared() == mark:
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "yingshang.site.processes.prepare"],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
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


def serve(
    supervisor: Supervisor, environment: dict[str, str], wish: argparse.Namespace, site: dict[str, object], stop: Stop
) -> None:
    """Start the web server and the worker, say where the site is, and keep both alive until told to stop."""
    logs = supervisor.folder.logs
    least = {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
    for title, module, more in (("网页服务", "web", {"YS_POOL": "4"}), ("后台任务", "worker", {})):
        told = least | more | {"YS_LOG": str(logs / f"{module}.jsonl")}
        supervisor.add(Child(title, f"yingshang.site.processes.{module}", told, logs / f"{module}.out"))
    address = f"http://{'localhost' if wish.host in {'127.0.0.1', '0.0.0.0'} else wish.host}:{wish.port}/"
    facts = {"pid": os.getpid(), "address": address}
    supervisor.remember(facts)
    if answers(supervisor, wish, stop):
        say(f"网站已就绪：{address}")
        print("按 Ctrl-C 停止。", flush=True)
    supervisor.watch(stop, facts)


def answers(supervisor: Supervisor, wish: argparse.Namespace, stop: Stop) -> bool:
    """Return True once the site answers; False if asked to stop before. Raises Trouble after a minute."""
    host = "127.0.0.1" if wish.host == "0.0.0.0" else wish.host
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    while time.monotonic() < deadline and not stop.asked:
        for child in supervisor.children:
            child.look_after(say)
        try:
            with urllib.request.urlopen(f"http://{host}:{wish.port}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            stop.pause(0.05)
    if stop.asked:
        return False
    raise Trouble(
        f"网页服务没有启动起来，详见 {supervisor.folder.logs / 'web.out'}。",
        f"The web server did not start; see {supervisor.folder.logs / 'web.out'}.",
    )

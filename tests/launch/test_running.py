"""A site that runs: what it says, what it serves, what it survives, and how it stops."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from tests.launch.running import Folder, Site, environment, free_port, ys
from tests.launch.writers import lost, writing

from yingshang.site.cluster import programs

KILLED_IN_TURN = ("web worker", "worker", "backend", "web", "postgres", "supervisor")


@dataclass(frozen=True)
class Started:
    """What the tests of this file share, for a first start takes long.

    site: a demo site of the example county, which whoever needs it running starts.
    said: what its first start said. kept: a copy of its data folder as that start left it.
    """

    site: Site
    said: list[str]
    kept: Path


@pytest.fixture(scope="module")
def started() -> Iterator[Started]:
    """A site whose first start was ended half-way twice, politely and rudely, and finished by the third."""
    with Folder() as place:
        one = Site(place / "data")
        one.start(wait=False)
        one.wait_for("数据库已启动")
        assert one.stop(signal.SIGTERM) == 0
        one.start(wait=False)
        one.wait_for("数据库已启动")
        os.kill(one.process.pid, signal.SIGKILL)
        one.process.wait()
        said = len(one.lines)
        one.start()
        one.wait_until_ready()
        assert one.stop(signal.SIGTERM) == 0
        copy_data(one.data, place / "kept")
        yield Started(one, one.lines[said:], place / "kept")
        one.stop()


@pytest.fixture
def site(started: Started) -> Site:
    """The site, running."""
    if started.site.process.poll() is not None:
        started.site.start()
    return started.site


def copy_data(data: Path, place: Path) -> None:
    """Copy the data folder of a site that does not run, each file with its owner and mode."""
    subprocess.run(["cp", "-a", "--reflink=auto", str(data), str(place)], check=True)


def test_the_site_is_alive_and_ready(site):
    assert site.get("/healthz") == (200, "ok\n")
    site.wait_until_ready()
    checks = json.loads(site.get("/readyz")[1])["checks"]
    assert {name: check["ok"] for name, check in checks.items()} == dict.fromkeys(checks, True)


def test_a_first_start_that_was_ended_half_way_is_finished_by_the_next_which_says_each_step(started):
    said = "\n".join(started.said)
    for words in (
        "数据库已启动",
        "数据表已就绪",
        "已载入县级数据（example）",
        f"http://127.0.0.1:{started.site.port}/",
    ):
        assert words in said
    assert all(line.startswith("[") for line in started.said if "秒]" in line)


def test_secrets_are_for_their_owner_alone(site):
    keys = list((site.data / "keys").iterdir())
    assert {path.name for path in keys} >= {"database.json", "secret_key"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys} == {0o600}


def test_no_secret_is_in_a_log_or_on_a_command_line(site):
    secrets = [*json.loads((site.data / "keys" / "database.json").read_text()).values()]
    secrets.append((site.data / "keys" / "secret_key").read_text().strip())
    server = programs.home_of_server(site.data / "postgres")
    logs = [*(site.data / "logs").iterdir(), server / "postgres.log"]
    written = "".join(path.read_text(errors="replace") for path in logs) + "\n".join(site.lines)
    for pid in site.processes().values():
        written += Path(f"/proc/{pid}/cmdline").read_text()
    assert [secret for secret in secrets if secret in written] == []


def test_the_web_server_is_not_told_the_owner_of_the_tables(site):
    for name in ("web", "worker"):
        told = Path(f"/proc/{site.processes()[name]}/environ").read_bytes()
        assert b"DATABASE_URL=" in told
        assert b"DATABASE_OWNER_URL=" not in told


def test_what_few_deeds_need_is_not_read_at_the_start(site):
    """Libraries of statistics and of office files take longer to read than the whole of the site."""
    mapped = Path(f"/proc/{site.processes()['web']}/maps").read_text()
    assert [library for library in ("numpy", "scipy", "pyarrow", "duckdb") if f"/{library}/" in mapped] == []


def test_a_log_line_names_the_route_and_carries_the_trace_of_the_answer(site):
    site.get("/no-such-page/receipt-7K4M")
    lines = [json.loads(line) for line in (site.data / "logs" / "web.jsonl").read_text().splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert requests[-1]["state"] == 404
    assert len(requests[-1]["trace"]) == 14
    assert "7K4M" not in json.dumps(requests)


def test_a_second_run_on_the_same_data_says_so_and_stops(site):
    answer = ys("run", "--data", site.data, "--port", str(free_port()))
    assert answer.returncode == 1
    assert f"已经有一个网站在运行，地址是 http://127.0.0.1:{site.port}/" in answer.stderr
    assert "already running" in answer.stderr
    assert site.get("/healthz")[0] == 200


def test_a_command_uses_the_database_of_the_running_site(site):
    answer = ys("manage", "inspectdb", "site_jobrun", "--data", site.data)
    assert "class SiteJobrun" in answer.stdout, answer.stderr


def test_whatever_is_killed_nothing_acknowledged_is_lost(site):
    """kill -9 of each kind of process in turn while three writers commit; the site comes back every time."""
    with writing(lambda: site.database().web_url) as writers:
        for name in KILLED_IN_TURN:
            writers.wait_for_more()
            os.kill(site.processes()[name], signal.SIGKILL)
            if name == "supervisor":
                site.process.wait()
                site.start()
            elif name not in {"web worker", "backend"}:
                site.wait_for("意外停止")
            site.wait_until_ready()
            writers.wait_for_more()
            assert lost(list(writers.acknowledged), site.database().owner_url) == set()


def test_a_backup_of_a_running_site_can_be_restored(site, tmp_path):
    (site.data / "documents" / "ab").mkdir(exist_ok=True)
    (site.data / "documents" / "ab" / "paper").write_text("一份文件")
    with writing(lambda: site.database().web_url) as writers:
        writers.wait_for_more()
        before = list(writers.acknowledged)
        made = ys("backup", tmp_path / "county.tar", "--data", site.data)
        assert made.returncode == 0, made.stderr
    with Folder() as place:
        done = ys("restore", tmp_path / "county.tar", "--data", place / "data", "--keys", site.data)
        assert done.returncode == 0, done.stderr + done.stdout
        again = Site(place / "data")
        again.start()
        assert (place / "data" / "documents" / "ab" / "paper").read_text() == "一份文件"
        assert lost(before, again.database().owner_url) == set()
        assert again.stop() == 0


def test_ctrl_c_stops_everything_and_the_next_start_is_warm(site):
    pids = site.processes()
    assert site.stop(signal.SIGINT) == 0
    assert [name for name, pid in pids.items() if Path(f"/proc/{pid}/cmdline").exists()] == []
    assert "已停止，数据都已保存" in site.lines[-1]
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", site.port))
        probe.listen()
    said = len(site.lines)
    site.start()
    assert not any("数据表已就绪" in line for line in site.lines[said:]), "a warm start prepares nothing"


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_without_a_home_runs_the_same_site():
    """The interpreter must be open to others, which one under root's home is not."""
    nobody = {"user": programs.NOBODY, "group": programs.NOBODY, "extra_groups": []}
    with Folder() as place:
        os.chown(place, programs.NOBODY, programs.NOBODY)
        try:
            closed = ys("help", **nobody).returncode
        except PermissionError:
            closed = True
        if closed:
            pytest.skip("this copy of the program is closed to other users")
        site = Site(place / "data", options={**nobody, "env": {**environment(), "HOME": "/nonexistent"}})
        site.start()
        assert site.get("/readyz")[0] == 200
        assert site.stop() == 0
        assert (place / "data").stat().st_uid == programs.NOBODY


def use_up_the_log(admin_url: str) -> None:
    """Let a server on a full disk begin new pieces of its log until there is room for none."""
    with contextlib.suppress(psycopg.Error), psycopg.connect(admin_url, autocommit=True) as connection:
        while True:
            connection.execute("SELECT pg_logical_emit_message(false, 'test', 'one more'), pg_switch_wal()")


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")
def test_a_site_whose_disk_fills_up_comes_back_when_there_is_room_again(started):
    with Folder() as place:
        small = ["mount", "-t", "tmpfs", "-o", "size=260m,mode=755", "ys-test", str(place)]
        if subprocess.run(small, capture_output=True, check=False).returncode:
            pytest.skip("this machine does not let us make a small disk")
        site = Site(place / "data")
        try:
            copy_data(started.kept, site.data)
            site.start()
            with writing(lambda: site.database().web_url) as writers:
                writers.wait_for_more()
                server, admin_url = site.processes()["postgres"], site.database().admin_url
                ballast = place / "ballast"
                with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as full:
                    while full.write(bytes(1 << 16)):
                        continue
                use_up_the_log(admin_url)
                os.kill(server, signal.SIGKILL)
                site.wait_for("磁盘已满")
                ballast.unlink()
                site.wait_for("数据库已恢复")
                site.wait_until_ready()
                writers.wait_for_more()
            assert lost(list(writers.acknowledged), site.database().owner_url) == set()
            assert site.stop() == 0
        finally:
            if site.process is not None and site.process.poll() is None:
                site.process.kill()
            subprocess.run(["umount", "-l", str(place)], check=False)

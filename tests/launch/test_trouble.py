"""What can go wrong before a site runs: one sentence in Chinese, one in English, and nothing half-done."""

from __future__ import annotations

import ast
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests import database as rounds
from tests.launch.running import ROOT, Folder, Site, environment, free_port, ys

from yingshang.site.cluster import database
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.cluster.trouble import Trouble
from yingshang.site.processes.site import identity

LAUNCHER = ROOT / "ys"
NO_REGISTRY = "http://127.0.0.1:9/simple"


def says(answer: subprocess.CompletedProcess[str], chinese: str, english: str) -> None:
    """Assert a command ended with one clear sentence and without a traceback."""
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert chinese in answer.stderr
    assert english in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_port_that_is_taken():
    with Folder() as place, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        says(ys("run", "--data", place / "data", "--port", port), f"端口 {port} 用不了", f"Port {port} is taken")
        assert not (place / "data" / "postgres").exists()


def test_a_county_that_is_not_there():
    with Folder() as place:
        answer = ys("run", "--data", place / "data", "--county", "nowhere")
        says(answer, "没有名为 nowhere 的县。现有：example", "There is no county nowhere")


@pytest.mark.parametrize("place", ["/sys/ys-data", "/proc/ys-data"])
def test_a_folder_where_nothing_can_be_written(place):
    answer = ys("run", "--data", place, "--port", str(free_port()))
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert place in answer.stderr


def test_a_data_folder_that_is_a_file(tmp_path):
    (tmp_path / "data").write_text("a letter")
    says(ys("run", "--data", tmp_path / "data"), "是一个文件", "is a file")
    assert (tmp_path / "data").read_text() == "a letter"


def test_a_disk_that_is_full():
    """A limit on the size of files stands in for the disk: the database can't make its first log."""

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    with Folder() as place:
        answer = ys("run", "--data", place / "data", "--port", str(free_port()), preexec_fn=small_files_only)
        says(answer, "磁盘已满", "disk is full")
        assert not (place / "data" / "postgres" / "cluster").exists()


@pytest.mark.parametrize(
    ("broken", "content", "chinese"),
    [
        ("site.json", "{", "已损坏"),
        ("keys/database.json", "{}", "已损坏"),
        ("keys/database.json", None, "缺少"),
        ("postgres/cluster/PG_VERSION", None, "数据文件夹可能已损坏"),
    ],
)
def test_a_data_folder_that_is_broken(broken, content, chinese):
    with Folder() as place:
        folder = DataFolder(place)
        folder.make()
        identity(folder, county="example", bare=False)
        if broken.startswith("postgres"):
            database.start(folder).server.stop()
        else:
            folder.passwords()
            (place / "postgres" / "cluster").mkdir(parents=True)
        (place / broken).unlink()
        if content is not None:
            (place / broken).write_text(content)
        says(ys("run", "--data", place, "--port", str(free_port())), chinese, "backup")


def test_a_password_that_is_not_the_servers():
    with Folder() as place:
        folder = DataFolder(place)
        folder.make()
        database.start(folder).server.stop()
        (place / "keys" / "database.json").write_text(
            json.dumps(dict.fromkeys(("postgres", "ys_owner", "ys_web"), "x"))
        )
        with pytest.raises(Trouble, match="数据库密码"):
            database.start(folder)


def test_one_folder_is_one_county_and_a_demo_never_becomes_real(tmp_path):
    folder = DataFolder(tmp_path / "data")
    folder.make()
    assert identity(folder, county="example", bare=False) == {"county": "example", "demo": True}
    with pytest.raises(Trouble, match="属于 example"):
        identity(folder, county="mulan", bare=False)
    with pytest.raises(Trouble, match="演示人员"):
        identity(folder, county="", bare=True)
    assert identity(folder, county="", bare=False) == {"county": "example", "demo": True}


def test_a_database_that_does_not_answer(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret-word@127.0.0.1:9/none")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://nobody:secret-word@127.0.0.1:9/none")
    with pytest.raises(Trouble, match="连不上 DATABASE_OWNER_URL") as trouble:
        database.named_by_environment()
    assert "secret-word" not in str(trouble.value)


def test_a_database_that_is_too_old(monkeypatch):
    monkeypatch.setattr(database, "OLDEST", 99)
    with pytest.raises(Trouble, match="需要 99 版或更新"):
        database.named_by_environment()


def test_only_one_of_the_two_addresses(monkeypatch):
    monkeypatch.delenv("DATABASE_OWNER_URL")
    with pytest.raises(Trouble, match="要同时设置"):
        database.named_by_environment()


def test_a_command_that_does_not_exist():
    answer = ys("fly")
    assert answer.returncode == 2
    assert "没有这个命令：fly" in answer.stderr
    assert "./ys run" in answer.stderr


def test_a_python_that_is_too_old_is_told_so_even_by_itself():
    """The launcher is syntax that an old Python can read, and says which one it needs."""
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 6))
    pretend = f"import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path({str(LAUNCHER)!r}, run_name='__main__')"
    told = {**environment(), "PATH": "/nonexistent"}
    answer = subprocess.run([sys.executable, "-c", pretend], env=told, capture_output=True, text=True, check=False)
    says(answer, "需要 Python 3.11 或更新的版本，现在是 3.9", "Python 3.11 or newer is needed; this is 3.9")


def test_no_registry_is_reachable(tmp_path):
    shutil.copy(LAUNCHER, tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    told = {n: v for n, v in environment().items() if not n.startswith(("PIP_", "UV_"))}
    told |= {"HOME": str(tmp_path), "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1", "UV_HTTP_RETRIES": "0"}
    told |= {"PIP_INDEX_URL": NO_REGISTRY, "PIP_RETRIES": "0", "UV_DEFAULT_INDEX": NO_REGISTRY, "PATH": "/usr/bin:/bin"}
    command = [Path(sys.executable).resolve(), tmp_path / "ys", "run"]  # the one that has pip
    says(
        subprocess.run(command, env=told, capture_output=True, text=True, check=False),
        "连不上软件包仓库",
        "No package registry is reachable",
    )
    assert not (tmp_path / ".venv" / "installed.json").exists()


def test_a_restore_goes_only_into_an_empty_folder(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letter").write_text("keep me")
    (tmp_path / "county.tar").write_bytes(b"")
    answer = ys("restore", tmp_path / "county.tar", "--data", tmp_path / "data")
    says(answer, "不是空文件夹", "is not empty")
    assert (tmp_path / "data" / "letter").read_text() == "keep me"


@pytest.mark.slow
def test_any_postgresql_will_do_that_the_two_addresses_name():
    """Its tables were made over the owner's address, as those of every round of tests; the rest is done by the site."""
    with Folder() as place:
        own = rounds.complete(place / "own", rounds.start(place / "own"))
        named = {"DATABASE_URL": own.url("ys_web", "test_ys"), "DATABASE_OWNER_URL": own.url("ys_owner", "test_ys")}
        try:
            site = Site(place / "data", options={"env": {**environment(), **named}})
            site.start()
            assert site.get("/readyz")[0] == 200
            assert not (place / "data" / "postgres").exists()
            assert site.stop() == 0
        finally:
            own.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as somebody else")
def test_a_data_folder_behind_a_closed_door_keeps_the_door_closed(tmp_path):
    """pytest's own folder is closed to others, as root's home is; the server's part then lies elsewhere."""
    door = tmp_path / "closed"
    door.mkdir(mode=0o700)
    folder = DataFolder(door / "data")
    folder.make()
    running = database.start(folder)
    try:
        elsewhere = Path((folder.path / "postgres.at").read_text().strip())
        assert (elsewhere / "cluster" / "PG_VERSION").exists()
        assert (elsewhere / "cluster").stat().st_mode & 0o077 == 0
        assert door.stat().st_mode & 0o077 == 0
    finally:
        running.server.stop()
        shutil.rmtree(elsewhere)


def test_a_path_too_long_for_a_socket_still_works():
    with Folder() as place:
        long = place / ("很长的文件夹名" * 6)
        long.mkdir(mode=0o755)
        folder = DataFolder(long / "data")
        folder.make()
        running = database.start(folder)
        try:
            assert database.attach(folder).prepared() == ""
        finally:
            sockets = running.server.sockets
            running.server.stop()
        assert not sockets.exists()

"""What ./ys decides before it hands over."""

from __future__ import annotations

import importlib.util
import json
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest
from tests.launch.running import ROOT


@pytest.fixture
def launcher(tmp_path, monkeypatch):
    """The launcher as a module, looking at a folder of its own."""
    loader = SourceFileLoader("ys_launcher", str(ROOT / "ys"))
    spec = importlib.util.spec_from_loader("ys_launcher", loader)
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    module.ROOT, module.VENV = str(tmp_path), str(tmp_path / ".venv")
    module.INSTALLED, module.PYTHON = str(tmp_path / "installed.json"), "/bin/sh"
    (tmp_path / "requirements").mkdir()
    for kind in ("run", "test"):
        (tmp_path / "requirements" / f"{kind}.lock").write_text(f"{kind}==1\n")
    return module


@pytest.mark.parametrize(
    ("installed", "wanted", "right"),
    [("run", "run", True), ("test", "test", True), ("test", "run", True), ("run", "test", False)],
)
def test_an_environment_made_for_tests_also_runs_the_site(launcher, installed, wanted, right):
    assert launcher.is_right(launcher.wanted(installed), wanted) is right


def test_a_changed_lock_is_installed_anew(launcher, tmp_path):
    have = launcher.wanted("run")
    (tmp_path / "requirements" / "run.lock").write_text("run==2\n")
    assert not launcher.is_right(have, "run")


def test_a_warm_start_calls_no_other_program(launcher, monkeypatch):
    Path(launcher.INSTALLED).write_text(json.dumps(launcher.wanted("run")))
    monkeypatch.setattr(launcher.subprocess, "run", None)
    launcher.install("run")


def test_what_stands_nearest_to_the_command_wins_among_pips_settings(launcher):
    text = ":env:.index-url='https://env/simple'\nglobal.index-url='https://global/simple'\nglobal.cert='/ca.pem'\n"
    assert launcher.settings_in(text) == {"index-url": "https://env/simple", "cert": "/ca.pem"}


def test_uv_reads_packages_from_where_pip_does(launcher, monkeypatch):
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    told = {"index-url": "https://mirror/simple", "extra-index-url": "https://two/simple", "cert": "/ca.pem"}
    monkeypatch.setattr(launcher, "pip_settings", lambda: told)
    environment = launcher.uv_environment()
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror/simple"
    assert environment["UV_INDEX"] == "https://two/simple"
    assert environment["SSL_CERT_FILE"] == "/ca.pem"


@pytest.mark.parametrize(
    ("complaint", "chinese"),
    [
        ("OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("error: failed to create: Permission denied (os error 13)", "没有写入权限"),
        ("error: Hash mismatch for `django==5.2.19`", "校验值不符"),
        ("/usr/bin/python3: No module named pip", "没有 pip"),
        ("error: Failed to fetch: https://…: dns error", "连不上软件包仓库"),
    ],
)
def test_each_complaint_becomes_one_sentence(launcher, complaint, chinese):
    assert chinese in launcher.out_of_order(complaint).args[0]

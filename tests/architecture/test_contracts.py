"""The import contracts hold, without exceptions, and would fail if they had to."""

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.tree import ROOT

BAD_IMPORTS = [
    ("kernel/errors/planted.py", "from yingshang.site import urls\n", "The tiers point one way"),
    ("methods/planted.py", "import django\n", "Rules and methods are plain Python"),
    (
        "kernel/errors/__init__.py",
        "from yingshang.kernel import registry\nfrom yingshang.kernel import access\n",
        "No cycles",
    ),
    ("oversight/planted/drawer.py", "", "Inside a capability the page calls the operation"),
]


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_contracts_hold():
    answer = contracts(ROOT)
    assert answer.returncode == 0, answer.stdout


def test_no_contract_knows_an_exception():
    written = configparser.ConfigParser()
    written.read(ROOT / ".importlinter", encoding="utf-8")
    assert [name for name in written.sections() if written.has_option(name, "ignore_imports")] == []


@pytest.mark.slow
@pytest.mark.parametrize(("place", "text", "contract"), BAD_IMPORTS)
def test_a_planted_bad_import_is_caught(tmp_path, place, text, contract):
    ignored = shutil.ignore_patterns("tests", "migrations", "__pycache__", "static", "templates", "locale")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    planted = tmp_path / "src" / "yingshang" / place
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.with_name("__init__.py").touch()
    before = planted.read_text(encoding="utf-8") if planted.exists() else ""
    planted.write_text(before + text, encoding="utf-8")
    answer = contracts(tmp_path)
    assert answer.returncode == 1
    assert contract in answer.stdout.replace("\n", " ").split("Broken contracts")[1].replace("  ", " ")

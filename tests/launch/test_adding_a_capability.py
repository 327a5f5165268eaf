"""docs/adding-a-capability.md is true: its commands are run and its diffs applied, in a copy."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from tests.launch.running import ROOT, environment

PAGE = ROOT / "docs" / "adding-a-capability.md"
COPIED = ("src", "tests", "docs", "counties", "requirements", "bench", "changes", ".mypy_cache")
FILES = ("ys", "pyproject.toml", "conftest.py", ".importlinter", "CONTRIBUTING.md", "CHANGELOG.md")
STEP = re.compile(r"^```(sh|diff)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def copy(tmp_path):
    """A working copy with this environment, which is right already, so that nothing is installed.

    With what the last check of types remembers, too, where there was one: the files are as old as here.
    """
    caches = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=caches)
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    installed = ROOT / ".venv" / "installed.json"
    if not installed.exists():
        pytest.skip("this environment was not made by ./ys")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


@pytest.mark.slow
def test_the_page_can_be_followed_word_by_word(copy):
    steps = STEP.findall(PAGE.read_text(encoding="utf-8"))
    assert [kind for kind, _ in steps] == ["sh", "sh", "diff", "diff", "sh", "sh"]
    told = environment()
    told.pop("PYTHONPATH")
    for kind, text in steps:
        command = ["bash", "-euxo", "pipefail", "-c", text] if kind == "sh" else ["patch", "-p1", "--fuzz=0"]
        done = subprocess.run(command, cwd=copy, env=told, input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{text}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"

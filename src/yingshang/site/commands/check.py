"""一分钟内检查代码、数据和文档：./ys check [检查项 …]"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
BIN = Path(sys.executable).parent
AT_ONCE = 2


@dataclass(frozen=True)
class Check:
    """One check: a program that exits 0 when all is well.

    needs: a file or folder without which there is nothing to check yet.
    """

    name: str
    title: str
    command: tuple[str | Path, ...]
    needs: str = "."


def python(*words: str) -> tuple[str, ...]:
    return (sys.executable, *words)


CHECKS = (
    # The slow ones first: two run at a time.
    Check("types", "类型", (BIN / "mypy",)),
    Check("county", "县级数据", python("-m", "pytest", "-p", "no:cacheprovider", "tests/counties"), "tests/counties"),
    Check("imports", "依赖方向", (BIN / "lint-imports",), ".importlinter"),
    Check(
        "models", "数据表与迁移一致", python("-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run")
    ),
    Check("migrations", "迁移安全", python("-m", "yingshang.site.checks.migrations")),
    Check("format", "代码格式", (BIN / "ruff", "format", "--check", ".")),
    Check("lint", "代码规范", (BIN / "ruff", "check", ".")),
    Check("documents", "文档与术语", python("-m", "yingshang.site.checks.documents"), "docs"),
    Check("locks", "依赖锁定", python("-m", "yingshang.site.checks.locks")),
    Check("spelling", "英文拼写", (BIN / "codespell", "src", "docs", "bench"), "docs"),
)


@dataclass(frozen=True)
class Outcome:
    check: Check
    seconds: float
    passed: bool
    said: str


def main(arguments: list[str]) -> int:
    """Run every check even if one fails; one line each, then what the failed ones said."""
    wanted = [check for check in CHECKS if not arguments or check.name in arguments]
    unknown = set(arguments) - {check.name for check in CHECKS}
    if unknown or not wanted:
        print(f"没有这样的检查：{'、'.join(sorted(unknown))}。有：{'、'.join(c.name for c in CHECKS)}", file=sys.stderr)
        return 2
    begun = time.monotonic()
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for outcome in pool.map(run, wanted):
            print(
                f"{'✓' if outcome.passed else '✗'} {outcome.check.title:\u3000<10}{outcome.seconds:6.1f} 秒", flush=True
            )
            if not outcome.passed:
                failed.append(outcome)
    for outcome in failed:
        print(f"\n── {outcome.check.title}（./ys check {outcome.check.name}）\n{outcome.said}")
    verdict = "全部通过" if not failed else f"{len(failed)} 项没有通过"
    print(f"\n{verdict}，用时 {time.monotonic() - begun:.1f} 秒")
    return bool(failed)


def run(check: Check) -> Outcome:
    """Run one check in a process of its own, away from any real database."""
    begun = time.monotonic()
    if not (ROOT / check.needs).exists():
        return Outcome(check, 0.0, True, "")
    told = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YS_"))}
    told |= {"PYTHONPATH": str(ROOT / "src"), "YS_COUNTY": "example", "YS_SECRET_KEY": "for checks only"}
    done = subprocess.run(
        check.command, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("utf-8", "replace").strip()
    return Outcome(check, time.monotonic() - begun, done.returncode == 0, said)

"""运行测试：./ys test [pytest 的参数]"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def main(arguments: list[str]) -> int:
    """Become pytest, so that its exit code and its last line are ours."""
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])
    return 1

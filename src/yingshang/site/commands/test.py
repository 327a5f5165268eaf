"""运行测试：./ys test [pytest 的参数]"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
MOST_SHARES = 4


def main(arguments: list[str]) -> int:
    """Become pytest, so that its exit code and its last line are ours.

    Without arguments every test runs, shared out over the processors and one
    more share, because now and then each waits for a browser or a site: each
    has a PostgreSQL of its own. A server that the environment names is one, so
    the round there is one as well.
    """
    os.chdir(ROOT)
    sys.stdout.flush()
    whole_round = not arguments and not os.environ.get("DATABASE_URL")
    shares = ["-n", str(min((os.cpu_count() or 1) + 1, MOST_SHARES)), "--dist", "worksteal"] if whole_round else []
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *shares, *arguments])
    return 1

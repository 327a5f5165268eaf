"""测量速度，和同一台机器上的基线比较：./ys bench [名称 …]"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from yingshang.site.cluster import database
from yingshang.site.cluster.folder import DataFolder
from yingshang.site.processes.site import environment_of

ROOT = Path(__file__).resolve().parents[4]
BENCH = ROOT / "bench"
HELPERS = {"figure"}


def main(arguments: list[str]) -> int:
    """Run each file of ``bench`` in a process of its own; exit 1 when a ratio or a count is out of bounds."""
    if arguments[:1] == ["--measure"]:
        return measure(arguments[1])
    files = {path.stem: path for path in sorted(BENCH.glob("*.py")) if path.stem not in HELPERS}
    unknown = [name for name in arguments if name not in files]
    if unknown or not files:
        print(f"没有这样的测量：{'、'.join(unknown)}。有：{'、'.join(files)}", file=sys.stderr)
        return 2
    chosen = {name: files[name] for name in (arguments or files)}
    if any(needs_database(path) for path in chosen.values()):
        with throw_away_site() as environment:
            return run_all(chosen, environment)
    return run_all(chosen, {})


def run_all(files: dict[str, Path], environment: dict[str, str]) -> int:
    failed = 0
    for name, path in files.items():
        told = environment if needs_database(path) else {}
        command = [sys.executable, "-m", "yingshang.site.commands", "bench", "--measure", name]
        failed += subprocess.run(command, env={**os.environ, **told}, check=False).returncode != 0
    return bool(failed)


def needs_database(path: Path) -> bool:
    """Return whether a file says ``DATABASE = True``, without running it."""
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement) == "DATABASE = True":
            return True
    return False


@contextmanager
def throw_away_site() -> Iterator[dict[str, str]]:
    """Yield the environment of a site with the example county, on a PostgreSQL as durable as a real one."""
    with tempfile.TemporaryDirectory(prefix="ys-bench-") as place:
        folder = DataFolder(Path(place))
        folder.path.chmod(0o711)
        folder.make()
        where = database.named_by_environment() or database.start(folder)
        try:
            environment = environment_of(folder, {"county": "example", "demo": True}, where)
            prepare = [sys.executable, "-m", "yingshang.site.processes.prepare"]
            subprocess.run(prepare, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=True)
            yield environment
        finally:
            if where.server is not None:
                where.server.stop()


def measure(name: str) -> int:
    """Run one file here and print its figures."""
    sys.path.insert(0, str(BENCH))
    module = import_module(name)
    if getattr(module, "DATABASE", False):
        import django

        django.setup()
    print(f"\n{name}：{(module.__doc__ or '').strip().partition(chr(10))[0]}", flush=True)
    held = True
    for figure in module.main():
        held &= figure.holds
        print(line(figure), flush=True)
    return not held


def line(figure: object) -> str:
    """Return a figure as one line: mark, what, ours, baseline, ratio and its bounds."""
    from figure import Figure

    assert isinstance(figure, Figure)
    parts = [f"{'✓' if figure.holds else '✗'} {figure.what}: {number(figure.ours)} {figure.unit}"]
    if figure.ratio is not None and figure.baseline is not None:
        parts.append(f"baseline {number(figure.baseline)} {figure.unit} ({figure.baseline_is})")
        parts.append(f"ratio {figure.ratio:.2f}")
    bounds = (("≥", figure.ratio_at_least), ("≤", figure.ratio_at_most), ("≤", figure.at_most))
    parts += [f"must be {sign} {bound:g}" for sign, bound in bounds if bound is not None]
    return "  " + " · ".join(parts)


def number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"

"""The source tree as the architecture tests see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "yingshang"
CAPABILITY_TIERS = ("registers", "casework", "conduct", "channels", "oversight")


def modules(*, tests: bool = False, migrations: bool = False) -> Iterator[Path]:
    """Yield our Python files, without tests and migrations unless asked for."""
    for path in sorted(SOURCE.rglob("*.py")):
        inside = path.relative_to(SOURCE).parts  # the checkout itself may stand in a folder called tests
        if ("tests" in inside and not tests) or ("migrations" in inside and not migrations):
            continue
        yield path


def packages_of(tier: str) -> list[Path]:
    """Return the package folders of a tier."""
    return sorted(path.parent for path in (SOURCE / tier).glob("*/__init__.py"))


def tier_of(dotted: str) -> str:
    """Return ``kernel`` for ``yingshang.kernel.work.models``; the top package for anything else."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "yingshang" and len(parts) > 1 else parts[0]

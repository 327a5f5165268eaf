"""The locks pin what pyproject.toml asks for, with hashes, and agree with each other."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[4]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)((?:.*\n)(?:    --hash.*\n?)*)", re.MULTILINE)


def pins_of(lock: str) -> dict[str, str]:
    """Return package → version."""
    return {canonicalize_name(name): version for name, version, _ in PIN.findall(lock)}


def unhashed(lock: str) -> list[str]:
    """Return the packages of a lock that have no hash."""
    return [name for name, _, rest in PIN.findall(lock) if "--hash=" not in rest]


def problems(project: str, run: str, test: str) -> Iterator[str]:
    """Yield what does not fit together in the texts of pyproject.toml and of the two locks."""
    facts = tomllib.loads(project)
    asked = {"run": facts["project"]["dependencies"], "test": facts["dependency-groups"]["dev"]}
    pins = {"run": pins_of(run), "test": pins_of(test)}
    for kind, lock in (("run", run), ("test", test)):
        yield from (f"requirements/{kind}.lock: {name} has no hash" for name in unhashed(lock))
        for text in asked[kind]:
            requirement = Requirement(text)
            version = pins[kind].get(canonicalize_name(requirement.name))
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                yield f"requirements/{kind}.lock has {requirement.name} {version}, pyproject.toml asks for {text}"
    for name, version in pins["run"].items():
        if pins["test"].get(name) != version:
            yield f"{name} is {version} in run.lock and {pins['test'].get(name)} in test.lock"


def main() -> int:
    names = ("pyproject.toml", "requirements/run.lock", "requirements/test.lock")
    found = list(problems(*((ROOT / name).read_text(encoding="utf-8") for name in names)))
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())

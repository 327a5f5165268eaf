"""A newcomer sees the architecture from the folders."""

import importlib
import inspect
import re

import pytest
from tests.architecture.tree import CAPABILITY_TIERS, ROOT, SOURCE, modules, packages_of

from yingshang.site.capabilities import CAPABILITIES, KERNEL

CEILING = 400
DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "core", "manager", "managers", "base"}


def capability_folders():
    return [path for tier in CAPABILITY_TIERS for path in packages_of(tier)]


def test_every_capability_folder_is_listed_and_the_reverse():
    on_disk = {".".join(path.relative_to(ROOT / "src").parts) for path in capability_folders()}
    assert on_disk == set(CAPABILITIES)


@pytest.mark.parametrize("folder", capability_folders(), ids=lambda path: path.name)
def test_every_capability_has_a_manifest_and_a_page(folder):
    assert (folder / "capability.py").exists()
    assert (ROOT / "docs" / "capabilities" / f"{folder.name}.md").exists()


@pytest.mark.parametrize("tier", ["kernel", "methods"])
def test_every_kernel_and_methods_package_has_a_page(tier):
    missing = [path.name for path in packages_of(tier) if not (ROOT / "docs" / tier / f"{path.name}.md").exists()]
    assert missing == []


def test_every_kernel_package_with_tables_is_installed():
    with_tables = {f"yingshang.kernel.{path.name}" for path in packages_of("kernel") if (path / "models.py").exists()}
    assert with_tables - set(KERNEL) == set()


def test_no_file_is_longer_than_the_ceiling():
    """A longer file says why in its first lines: ``Longer than 400 lines: <reason>``."""
    long = []
    for path in modules(tests=True):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > CEILING and "Longer than 400 lines:" not in text[:2000]:
            long.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))}")
    assert long == []


def test_there_is_no_drawer():
    assert [
        str(path.relative_to(ROOT)) for path in modules() if path.stem in DRAWERS or path.parent.name in DRAWERS
    ] == []


def test_every_package_says_what_it_is():
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.name == "__init__.py"
        and path.parent != SOURCE
        and not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []


def test_every_refusal_is_in_the_table_of_errors():
    table = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)`", table, re.MULTILINE))
    raised = {
        code
        for path in modules()
        for code in re.findall(r"Refusal\(\s*(?:code=)?[\"']([a-z_]+\.[a-z_]+)[\"']", path.read_text(encoding="utf-8"))
    }
    assert raised - documented == set(), "say in docs/errors.md what these mean"
    assert documented - raised == set(), "docs/errors.md lists what nothing raises"


def test_tests_folders_are_no_packages():
    assert [str(path.relative_to(ROOT)) for path in SOURCE.rglob("tests/__init__.py")] == []


@pytest.mark.parametrize("package", [path.name for path in packages_of("kernel")])
def test_every_public_name_of_a_kernel_package_opens_and_is_no_module(package):
    """A module that bears a public name would hide it as soon as anybody imports the module."""
    door = importlib.import_module(f"yingshang.kernel.{package}")
    for name in getattr(door, "__all__", []):
        assert not inspect.ismodule(getattr(door, name)), f"{package}.{name} is a module"

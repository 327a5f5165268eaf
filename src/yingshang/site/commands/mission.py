"""方案要求的每一项机制做到了哪里：./ys mission [行号 …]"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[4]
ROWS = ROOT / "docs" / "mission.yaml"
PARTS = ("页面", "接口", "指标", "应办", "测试")


@dataclass(frozen=True)
class Row:
    """One mechanism that the plan asks for."""

    id: str
    name: str
    packages: tuple[str, ...]


@dataclass
class Evidence:
    """What shows that a row works: lists of addresses and names, one list for each of PARTS."""

    parts: dict[str, list[str]] = field(default_factory=lambda: {part: [] for part in PARTS})

    @property
    def is_empty(self) -> bool:
        return not any(self.parts.values())


def main(arguments: list[str]) -> int:
    """Print a line for each row, or all there is about the rows named. An empty cell is work to do."""
    import django

    django.setup()
    rows = all_rows()
    unknown = set(arguments) - {row.id for row in rows}
    if unknown:
        print(f"没有这样的行：{'、'.join(sorted(unknown))}", file=sys.stderr)
        return 2
    found = evidence()
    if arguments:
        for row in rows:
            if row.id in arguments:
                print("\n".join(detail(row, found.get(row.id, Evidence()))))
        return 0
    for row in rows:
        print(line(row, found.get(row.id, Evidence())))
    begun = sum(not found.get(row.id, Evidence()).is_empty for row in rows)
    print(f"\n共{len(rows)}行，已动手{begun}行；每一格都有内容的{sum(is_full(found, row) for row in rows)}行")
    return 0


def all_rows() -> list[Row]:
    listed = yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    return [Row(row["id"], row["name"], tuple(row["packages"])) for row in listed]


def is_full(found: dict[str, Evidence], row: Row) -> bool:
    return row.id in found and all(found[row.id].parts.values())


def evidence() -> dict[str, Evidence]:
    """Return row id → what manifests, addresses and test markers say about it."""
    from yingshang.kernel import registry

    found: dict[str, Evidence] = {}
    pages, paths = pages_by_app(), api_paths()
    for manifest in registry.capabilities():
        for row_id in manifest.mission:
            parts = found.setdefault(row_id, Evidence()).parts
            parts["页面"] += pages.get(manifest.name, [])
            parts["接口"] += [path for path in paths if belongs(path, manifest.name)]
            parts["指标"] += manifest.measures
            parts["应办"] += manifest.obligations
    for row_id, test in marked_tests(ROOT / "src", ROOT / "tests"):
        found.setdefault(row_id, Evidence()).parts["测试"].append(test)
    return found


def pages_by_app() -> dict[str, list[str]]:
    """Return package name → its addresses."""
    from django.urls import URLResolver, get_resolver

    found: dict[str, list[str]] = {}

    def walk(resolver: Any, before: str) -> None:
        for each in resolver.url_patterns:
            address = before + str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each, address)
            elif resolver.app_name:
                found.setdefault(resolver.app_name, []).append(f"/{address}")

    walk(get_resolver(), "")
    return found


def api_paths() -> list[str]:
    from yingshang.kernel.web import rest

    return list(rest.api.get_openapi_schema()["paths"])


def belongs(path: str, package: str) -> bool:
    """Return whether an API path is mounted under a package's own name."""
    return path.removeprefix("/api/v1/").partition("/")[0].replace("-", "_") == package


def marked_tests(*folders: Path) -> Iterator[tuple[str, str]]:
    """Yield (row id, ``file::test``) for every test marked ``@pytest.mark.mission("…")``, without running any."""
    for folder in folders:
        for path in sorted(folder.rglob("test_*.py")):
            text = path.read_text(encoding="utf-8")
            if "mark.mission" not in text:
                continue
            tree = ast.parse(text)
            everywhere = [row for statement in tree.body for row in module_marks(statement)]
            for statement in ast.walk(tree):
                if isinstance(statement, ast.FunctionDef) and statement.name.startswith("test_"):
                    for row in [*everywhere, *rows_in(statement.decorator_list)]:
                        yield row, f"{path.relative_to(ROOT)}::{statement.name}"


def module_marks(statement: ast.stmt) -> list[str]:
    """Return the rows in a module's ``pytestmark = …``."""
    if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "pytestmark":
        value = statement.value
        return rows_in(value.elts if isinstance(value, ast.List | ast.Tuple) else [value])
    return []


def rows_in(marks: Iterable[ast.expr]) -> list[str]:
    return [
        str(argument.value)
        for mark in marks
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.mission"
        for argument in mark.args
        if isinstance(argument, ast.Constant)
    ]


def line(row: Row, found: Evidence) -> str:
    cells = "  ".join(f"{part}{len(found.parts[part]) or '—':>3}" for part in PARTS)
    return f"{row.id:<7}{cells}  {row.name}（{'、'.join(row.packages)}）"


def detail(row: Row, found: Evidence) -> Iterator[str]:
    yield f"{row.id}  {row.name}（{'、'.join(row.packages)}）"
    for part in PARTS:
        yield f"  {part}：" + ("" if found.parts[part] else "还没有")
        yield from (f"    {each}" for each in found.parts[part])

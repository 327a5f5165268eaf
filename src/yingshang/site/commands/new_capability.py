"""生成一个能通过检查和测试的新功能包：./ys new-capability 名称 --tier 层 --title 中文名 --plan 项号"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

from yingshang.site.cluster.trouble import Trouble
from yingshang.site.cluster.wishes import Parser

ROOT = Path(__file__).resolve().parents[4]
SCAFFOLD = Path(__file__).resolve().parents[1] / "scaffold"
TIERS = ("registers", "casework", "conduct", "channels", "oversight")
ELSEWHERE = {"docs": "docs/capabilities/{name}.md", "fragment": "changes/{name}.added.md"}


def main(arguments: list[str]) -> int:
    wish = parse(arguments)
    words = words_of(wish)
    package = f"yingshang.{wish.tier}.{wish.name}"
    folder = ROOT / "src" / "yingshang" / wish.tier / wish.name
    if folder.exists():
        raise Trouble(f"{folder} 已经存在。", f"{folder} exists already.")
    written = write_files(folder, words)
    edited = [add_line(package), add_refusals(words)]
    written += make_migration(wish.name, folder)
    fitted = [path for path in written if path.suffix == ".py"]
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *fitted], cwd=ROOT, check=True)
    subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--fix", *fitted], cwd=ROOT, check=True)
    for path in (*edited, *written):
        print(f"{'改' if path in edited else '新'}  {path.relative_to(ROOT)}")
    print(f"\n试一试：./ys test src/yingshang/{wish.tier}/{wish.name} tests/architecture && ./ys check")
    print("然后读 docs/adding-a-capability.md。")
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="./ys new-capability", description="生成功能包 Make a new capability.")
    parser.add_argument("name", help="plural noun or activity, e.g. experts")
    parser.add_argument("--tier", required=True, choices=TIERS)
    parser.add_argument("--title", required=True, help="中文名，例如 专家和监督员库")
    parser.add_argument("--plan", required=True, type=int, help="方案的项号，1 到 39")
    parser.add_argument("--noun", help="singular noun for the model; the name without its last s unless given")
    wish = parser.parse_args(arguments)
    for word in (wish.name, wish.noun or "x"):
        if not re.fullmatch(r"[a-z]+(_[a-z]+)*", word):
            raise Trouble(f"名称“{word}”应由小写英文字母和下划线组成。", f"{word}: lower case letters and underscores.")
    if not 1 <= wish.plan <= 39:
        raise Trouble("方案的项号是 1 到 39。", "The plan has items 1 to 39.")
    return wish


def words_of(wish: argparse.Namespace) -> dict[str, str]:
    """Return placeholder → what takes its place."""
    noun = wish.noun or (wish.name[:-1] if wish.name.endswith("s") else f"{wish.name}_item")
    return {
        "__NAME__": wish.name,
        "__DASHED__": wish.name.replace("_", "-"),
        "__NOUN__": noun,
        "__MODEL__": "".join(part.capitalize() for part in noun.split("_")),
        "__TITLE__": wish.title,
        "__TIER__": wish.tier,
        "__PLAN__": str(wish.plan),
    }


def fill(text: str, words: dict[str, str]) -> str:
    for placeholder, word in words.items():
        text = text.replace(placeholder, word)
    return text


def write_files(folder: Path, words: dict[str, str]) -> list[Path]:
    """Write every file of the scaffold to its place and return the places."""
    written = []
    for source in sorted(SCAFFOLD.rglob("*.txt")):
        inside = source.relative_to(SCAFFOLD)
        if inside.stem == "errors":
            continue
        if inside.stem in ELSEWHERE:
            target = ROOT / ELSEWHERE[inside.stem].format(name=words["__NAME__"])
        else:
            ending = ".html" if inside.parts[0] == "templates" else ".py"
            target = folder / str(inside.with_suffix(ending)).replace("NAME", words["__NAME__"])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(fill(source.read_text(encoding="utf-8"), words), encoding="utf-8")
        written.append(target)
    return written


def add_line(package: str) -> Path:
    """Add the one line that installs the capability."""
    path = ROOT / "src" / "yingshang" / "site" / "capabilities.py"
    text = path.read_text(encoding="utf-8")
    head, opening, rest = text.partition("CAPABILITIES: list[str] = [")
    inside, closing, tail = rest.partition("]")
    lines = [*inside.strip().splitlines(), f'    "{package}",']
    body = "\n".join(f"    {line.strip()}" for line in lines)
    path.write_text(f"{head}{opening}\n{body}\n{closing}{tail}", encoding="utf-8")
    return path


def add_refusals(words: dict[str, str]) -> Path:
    """Add the rows of the new refusals to the table of errors, in their place."""
    path = ROOT / "docs" / "errors.md"
    new = fill((SCAFFOLD / "errors.txt").read_text(encoding="utf-8"), words).splitlines()
    lines = path.read_text(encoding="utf-8").rstrip("\n").splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("|---")) + 1
    rows = sorted([*lines[first:], *new])
    path.write_text("\n".join([*lines[:first], *rows]) + "\n", encoding="utf-8")
    return path


def make_migration(label: str, folder: Path) -> list[Path]:
    """Let Django write the first migration, without a database."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "makemigrations", label, "--verbosity", "0"],
        cwd=ROOT,
        env={**told, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "yingshang.site.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"生成数据表迁移失败：{done.stderr.strip()}", "makemigrations failed.")
    return sorted((folder / "migrations").glob("*.py"))

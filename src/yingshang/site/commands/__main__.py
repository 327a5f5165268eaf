"""Find the command's module, run it, and say trouble in one sentence."""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path

from yingshang.site.cluster.trouble import Trouble, of_the_system

HERE = Path(__file__).parent


def modules() -> dict[str, str]:
    """Return command module → its line of help."""
    found = {}
    for file in sorted(HERE.glob("[a-z]*.py")):
        text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        found[file.stem] = text.partition("\n")[0]
    return found


def find(words: list[str]) -> tuple[str, list[str]] | None:
    """Return (module, arguments left) for what was typed; the longer name wins: ``clock due`` before ``clock``."""
    for length in (2, 1):
        name = "_".join(words[:length]).replace("-", "_")
        if len(words) >= length and name.isidentifier() and (HERE / f"{name}.py").exists():
            return name, words[length:]
    return None


def usage() -> str:
    lines = [f"  ./ys {name.replace('_', ' '):<16} {text}" for name, text in modules().items()]
    return "\n".join(["用法：./ys 命令 [参数]", *lines]).replace("new capability", "new-capability")


def main(words: list[str]) -> int:
    if not words or words[0] in {"help", "-h", "--help"}:
        print(usage())
        return 0
    found = find(words)
    if found is None:
        print(f"✗ 没有这个命令：{words[0]}\n  There is no such command.\n\n{usage()}", file=sys.stderr)
        return 2
    name, arguments = found
    try:
        return int(import_module(f"yingshang.site.commands.{name}").main(arguments) or 0)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
    except OSError as error:
        sentence = of_the_system(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

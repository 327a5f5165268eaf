"""What is wrong with a county file, said so that its author can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

Key = tuple[str | int, ...]


class DataProblem(ValueError):
    """One fault in one file.

    path: the file. line: counted from 1. key: where in the file, e.g.
    ``("moves", 2, "when")``. found: what stands there, as a sentence.
    expected: what may stand there. hint: where to read on; may be empty.
    chinese: found and expected for those who meet the file in the county's
    language, an evaluator with an edition, say; empty where found is Chinese.
    """

    def __init__(
        self, path: Path, line: int, key: Key, found: str, expected: str = "", hint: str = "", chinese: str = ""
    ) -> None:
        self.path, self.line, self.key = path, line, key
        self.found, self.expected, self.hint = found, expected, hint
        self.chinese = chinese or f"{found}{expected}"
        super().__init__(str(self))

    def __str__(self) -> str:
        where = f"{dotted(self.key)}: " if self.key else ""
        more = [f"  {text}" for text in (self.expected, self.hint) if text]
        return "\n".join([f"{shown(self.path)}:{self.line}", f"  {where}{self.found}", *more])

    @property
    def in_chinese(self) -> str:
        """The fault in one line, for people who do not read the program's English."""
        where = f"“{dotted(self.key)}”" if self.key else ""
        return f"{shown(self.path)} 第 {self.line} 行{where}：{self.chinese}"


def dotted(key: Key) -> str:
    """Return ``moves[2].when`` for ``("moves", 2, "when")``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")


def shown(path: Path) -> str:
    """Return the path from its ``counties`` folder on, or only its name: no place of this machine."""
    parts = path.parts
    return "/".join(parts[parts.index("counties") :]) if "counties" in parts else path.name


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``Known: a, b. Did you mean a?`` for the sentence after an unknown name.

    >>> nearest("scjg", ["scjgj", "ysj"])
    'Known: scjgj, ysj. Did you mean scjgj?'
    """
    names, close = _known(name, known)
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"Known: {listed}." + (f" Did you mean {close}?" if close else "")


def nearest_in_chinese(name: str, known: Iterable[str]) -> str:
    """Return the same in Chinese.

    >>> nearest_in_chinese("scjg", ["scjgj", "ysj"])
    '可以写：scjgj、ysj。是不是“scjgj”？'
    """
    names, close = _known(name, known)
    listed = "、".join(names[:12]) + ("……" if len(names) > 12 else "")
    return f"可以写：{listed}。" + (f"是不是“{close}”？" if close else "")


def _known(name: str, known: Iterable[str]) -> tuple[list[str], str]:
    names = sorted(known)
    return names, next(iter(difflib.get_close_matches(name, names, n=1)), "")

"""The verifier of the public page, run in QuickJS: no browser, no build step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "src" / "yingshang" / "kernel" / "draws" / "static" / "draws"
FILES = ("noble", "sha256", "tables", "shapes", "signatures", "visits", "verify")
# QuickJS of 2021 lacks what every browser has had since.
MISSING = "Object.hasOwn = (value, key) => Object.prototype.hasOwnProperty.call(value, key);"


def as_script() -> str:
    """Return the modules as one script: each a function that returns what it exports."""
    whole = [MISSING]
    for name in FILES:
        source = (FOLDER / f"{name}.js").read_text(encoding="utf-8")
        imported = re.findall(r"^import (\{[^}]*\}) from \"\./(\w+)\.js\";$", source, re.MULTILINE)
        source = re.sub(r"^import .*$", "", source, flags=re.MULTILINE)
        exported = re.findall(r"^export (?:const|function|class) (\w+)", source, re.MULTILINE)
        exported += [
            one for group in re.findall(r"^export \{([^}]*)\};", source, re.MULTILINE) for one in group.split(",")
        ]
        source = re.sub(r"^export \{[^}]*\};", "", source, flags=re.MULTILINE)
        source = re.sub(r"^export ", "", source, flags=re.MULTILINE)
        given = "".join(f"const {names} = of_{file};" for names, file in imported)
        whole.append(f"const of_{name} = (() => {{ {given} {source}; return {{ {','.join(exported)} }}; }})();")
    return "\n".join(whole)


class Page:
    """The verifier, loaded once."""

    def __init__(self) -> None:
        quickjs = pytest.importorskip("quickjs", reason="no wheel of quickjs for this Python or machine")
        self.context: Any = quickjs.Context()
        self.context.set_max_stack_size(8 * 2**20)
        self.context.eval(as_script())
        self.context.eval("var told = (text, key) => of_verify.asJson(of_verify.verify(text, key));")
        self.told = self.context.get("told")

    def verify(self, text: bytes, key: str = "") -> bytes:
        """Return the findings as the page spells them."""
        return str(self.told(text.decode(), key)).encode()

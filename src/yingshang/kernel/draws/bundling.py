"""The verifier's scripts in one page: a browser loads no module from a disk, but it does from inside the page."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "static" / "draws"
IMPORT = re.compile(r"""((?:from|import)\s*["'])\./([\w.-]+\.js)(["'])""")


def modules_of(entry: str) -> dict[str, SafeString]:
    """Return the import map of a script with all that it imports, and the script itself, to stand in a page.

    ``map``: every imported module as data, under its bare name. ``entry``: the
    script. Both are files of ours, so they hold nothing that ends a script early.
    """
    waiting, found = [entry], dict[str, str]()
    while waiting:
        name = waiting.pop()
        text = (FOLDER / name).read_text(encoding="utf-8")
        found[name] = IMPORT.sub(r"\1\2\3", text)
        waiting += [other for _, other, _ in IMPORT.findall(text) if other not in found]
    script = found.pop(entry)
    addresses = {name: f"data:text/javascript;base64,{_encoded(text)}" for name, text in found.items()}
    return {"map": mark_safe(json.dumps({"imports": addresses})), "entry": mark_safe(script)}


def _encoded(script: str) -> str:
    return base64.b64encode(script.encode()).decode()

"""Find what templates and modules ask to have translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from yingshang.kernel.web.translations.catalogue import Message

CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL_CALLS = {"ngettext", "ngettext_lazy"}
LITERAL = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"\b(?:gettext|_)\(\s*u?{LITERAL}")
PLURAL_IN_TEMPLATE = re.compile(rf"\bngettext\(\s*u?{LITERAL}\s*,\s*u?{LITERAL}")


def messages_in(folder: Path) -> dict[str, Message]:
    """Return the messages of all templates and modules under a folder, by their Chinese text."""
    found: dict[str, Message] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            messages = of_template(path.read_text(encoding="utf-8"))
        elif path.suffix == ".py" and not {"tests", "migrations"} & set(path.relative_to(folder).parts):
            messages = of_module(path.read_text(encoding="utf-8"))
        else:
            continue
        found.update({message.text: message for message in messages if message.text})
    return found


def of_template(source: str) -> Iterator[Message]:
    """Yield the messages of a template."""
    text = templatize(source)
    for singular, plural in PLURAL_IN_TEMPLATE.findall(text):
        yield Message(ast.literal_eval(singular), ast.literal_eval(plural), ("", ""))
    for literal in IN_TEMPLATE.findall(text):
        yield Message(ast.literal_eval(literal))


def of_module(source: str) -> Iterator[Message]:
    """Yield the messages of a module: calls by their usual names with plain text inside, and titles of menu lines."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if node.func.id in PLURAL_CALLS and len(texts) >= 2:
            yield Message(texts[0], texts[1], ("", ""))
        elif (node.func.id in CALLS and len(texts) == len(node.args) == 1) or (node.func.id == "MenuLine" and texts):
            yield Message(texts[0])

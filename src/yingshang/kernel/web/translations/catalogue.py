"""The two file formats of gettext: ``.po`` for people, ``.mo`` for the program."""

from __future__ import annotations

import ast
import struct
from dataclasses import dataclass

HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
MAGIC = 0x950412DE


@dataclass(frozen=True)
class Message:
    """One message: the Chinese of the source, and its English; two forms where it counts something."""

    text: str
    plural: str = ""
    english: tuple[str, ...] = ("",)

    @property
    def is_translated(self) -> bool:
        return all(self.english)


def parse(po: str) -> list[Message]:
    """Return the messages of a ``.po`` file, the head left out. Raises ValueError naming a line it cannot read."""
    found: list[dict[str, str]] = [{}]
    key = ""
    for number, line in enumerate(po.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            if found[-1]:
                found.append({})
            key = ""
            continue
        word, _, literal = line.partition(" ") if not line.startswith('"') else (key, "", line)
        if word not in ("msgid", "msgid_plural", "msgstr", "msgstr[0]", "msgstr[1]") or not literal.startswith('"'):
            raise ValueError(f"line {number} of the catalogue cannot be read: {line}")
        key = word
        found[-1][key] = found[-1].get(key, "") + ast.literal_eval(literal)
    return [_message(entry) for entry in found if entry.get("msgid")]


def _message(entry: dict[str, str]) -> Message:
    if "msgid_plural" in entry:
        forms = (entry.get("msgstr[0]", ""), entry.get("msgstr[1]", ""))
        return Message(entry["msgid"], entry["msgid_plural"], forms)
    return Message(entry["msgid"], "", (entry.get("msgstr", ""),))


def printed(messages: list[Message]) -> str:
    """Return the ``.po`` file of the messages, sorted, so that a change of one line changes one line."""
    lines = ["# English of the pages. Gathered and compiled by: ./ys manage translations", 'msgid ""', 'msgstr ""']
    lines += [_quoted(f"{line}\n") for line in HEAD.splitlines()]
    for message in sorted(messages, key=lambda one: one.text):
        lines += ["", f"msgid {_quoted(message.text)}"]
        if message.plural:
            lines.append(f"msgid_plural {_quoted(message.plural)}")
            lines += [f"msgstr[{place}] {_quoted(form)}" for place, form in enumerate(message.english)]
        else:
            lines.append(f"msgstr {_quoted(message.english[0])}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def compiled(messages: list[Message]) -> bytes:
    """Return the ``.mo`` file: what is translated, sorted as the format wants it. Untranslated stays Chinese."""
    pairs = {"": HEAD}
    for message in messages:
        if message.is_translated:
            key = f"{message.text}\0{message.plural}" if message.plural else message.text
            pairs[key] = "\0".join(message.english)
    keys = sorted(pairs, key=lambda key: key.encode())
    sources = [key.encode() for key in keys]
    targets = [pairs[key].encode() for key in keys]
    count = len(keys)
    place = 28 + 16 * count
    tables, data = [], b""
    for texts in (sources, targets):
        for text in texts:
            tables.append(struct.pack("<II", len(text), place + len(data)))
            data += text + b"\0"
    head = struct.pack("<7I", MAGIC, 0, count, 28, 28 + 8 * count, 0, place)
    return head + b"".join(tables) + data

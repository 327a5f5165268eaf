"""The text of a bulletin. Numbers stand in it as places, ``{红灯}``: people word it, nobody types a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

PLACE = re.compile(r"\{([^{}\n]{1,40})\}")


class Piece(NamedTuple):
    """A run of text; ``place`` is its name where it came from a place."""

    text: str
    place: str = ""


def drafted_text(places: Iterable[str], *, last: date, bureau: str) -> str:
    """Return the first wording: headings and paragraphs, one line each; only places that exist are used."""
    have = set(places)
    day = f"{last.year}年{last.month}月{last.day}日"
    said = [
        "一、总体情况",
        f"截至{day}，全县各单位待办事项{{待办}}件，其中红灯{{红灯}}件，黄灯{{黄灯}}件。"
        "本月办结{办结}件，其中按期办结{按期办结}件，晚了才办完的{补办}件。本月新增红灯{新增红灯}件。",
        "二、通报",
        "红灯最多的单位：{红灯最多的单位}。",
        "没有红灯、按期办结最多的单位：{按期办结最多的单位}。",
        "三、更正",
        "本月查明并划掉的超期记录{更正}件，原记录保留，注明原因。",
        "四、督办情况",
        *(f"{name}：{{{name}}}。" for name in places if name not in _OWN),
        "五、要求",
        f"亮红灯的单位要逐件列出办结日期，办理情况报{bureau}。",
    ]
    kept = [line for line in said if set(PLACE.findall(line)) <= have]
    return "\n".join(
        line
        for line, after in zip(kept, [*kept[1:], ""], strict=True)
        if not (is_heading(line) and (is_heading(after) or not after))
    )


_OWN = frozenset(
    {"待办", "红灯", "黄灯", "办结", "按期办结", "补办", "新增红灯", "更正", "红灯最多的单位", "按期办结最多的单位"}
)


def is_heading(line: str) -> bool:
    """Return whether a line of the text is a heading: ``一、…`` and short."""
    return re.match(r"[一二三四五六七八九十]+、", line) is not None and len(line) <= 30


def unknown_places(text: str, places: Iterable[str]) -> list[str]:
    """Return the places of a text that stand for nothing, in their order."""
    known = set(places)
    return [name for name in dict.fromkeys(PLACE.findall(text)) if name not in known]


def pieces_of(text: str, values: Mapping[str, str]) -> list[list[Piece]]:
    """Return each line of a text as pieces, places filled with their values."""
    return [_line(line, values) for line in text.splitlines() if line.strip()]


def _line(line: str, values: Mapping[str, str]) -> list[Piece]:
    pieces, end = [], 0
    for found in PLACE.finditer(line):
        pieces.append(Piece(line[end : found.start()]))
        pieces.append(Piece(values.get(found[1], found[0]), found[1]))
        end = found.end()
    return [piece for piece in [*pieces, Piece(line[end:])] if piece.text]


def plain(pieces: Sequence[Piece]) -> str:
    """Return a line without its places."""
    return "".join(piece.text for piece in pieces)

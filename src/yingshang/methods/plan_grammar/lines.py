"""From blocks to paragraphs: page marks out, wrapped lines together, each as a shadow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from yingshang.methods.plan_grammar.blocks import Block, Paragraph, Table
from yingshang.methods.plan_grammar.numbering import begins_item
from yingshang.methods.plan_grammar.roles import LABELED
from yingshang.methods.plan_grammar.shadow import Shadow, converted, fold, shadow_of

PAGE_MARK = re.compile(
    r"^\s*(?:[-—–―－]+\s*\d{1,4}\s*[-—–―－]+|第?\s*\d{1,4}\s*页(?:\s*[/,，]?\s*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3})\s*$"
)
FRAME = re.compile(r"^[\s│┃|─━—┄┌┐└┘├┤┬┴┼+\-=]*$")
ENDS = tuple("。；;！!？?：:")
SHORTEST_FULL = 24


def paragraphs_of(text: str, blocks: Sequence[Block], convert: Callable[[str], str] | None) -> list[Shadow | Table]:
    """Return the paragraphs as shadows, tables as they are, in order.

    convert: from traditional to simplified script, for documents in the former.
    """
    width = _wrap_width(text, blocks)
    out: list[Shadow | Table] = []
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Table):
            out += _closed(text, run, convert)
            out.append(block)
            run = []
        elif not PAGE_MARK.match(text[block.start : block.end]) and not FRAME.match(text[block.start : block.end]):
            if run and not _goes_on(text, run[-1], block, width):
                out += _closed(text, run, convert)
                run = []
            run.append(block)
    return out + _closed(text, run, convert)


def _closed(text: str, run: list[Paragraph], convert: Callable[[str], str] | None) -> list[Shadow | Table]:
    if not run:
        return []
    parts = [shadow_of(text, each.start, each.end) for each in run]
    whole = parts[0].cut(0, len(parts[0]))
    for part in parts[1:]:
        part = part.cut(0, len(part))
        whole = Shadow(whole.printed + part.printed, whole.folded + part.folded, whole.origin + part.origin)
    return [converted(whole, convert) if convert else whole] if whole.printed else []


def width_of(text: str) -> int:
    """Return the width of a line in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _wrap_width(text: str, blocks: Sequence[Block]) -> int | None:
    """Return the width at which lines were wrapped, or None where lines are paragraphs."""
    widths = [
        width_of(text[block.start : block.end].rstrip())
        for block in blocks
        if isinstance(block, Paragraph) and block.is_line
    ]
    long = [width for width in widths if width >= SHORTEST_FULL]
    if len(long) < 4:
        return None
    widest = sorted(long)[int(len(long) * 0.9)]
    near = [width for width in long if widest - 8 <= width <= widest + 4]
    return widest if widest <= 110 and len(near) * 2 >= len(long) else None


def _goes_on(text: str, before: Paragraph, after: Paragraph, width: int | None) -> bool:
    """Return whether a printed line continues the one before it."""
    if not (before.is_line and after.is_line):
        return False
    first, second = text[before.start : before.end].rstrip(), text[after.start : after.end]
    if (
        begins_item(second.strip())
        or LABELED.match(fold(second.strip()))
        or text[before.end : after.start].count("\n") > 1
    ):
        return (
            _open_bracket(first) and not begins_item(second.strip()) and text[before.end : after.start].count("\n") <= 1
        )
    if _open_bracket(first):
        return True
    if width is None or first.endswith(ENDS):
        return False
    return width_of(first) >= width - 8 and not second.startswith(("\u3000\u3000", "    "))


def _open_bracket(line: str) -> bool:
    return sum(line.count(mark) for mark in "（(〔【") > sum(line.count(mark) for mark in "）)〕】") and bool(
        re.search(
            r"牵头|责任|负责|配合", line[max(line.rfind("（"), line.rfind("("), line.rfind("〔"), line.rfind("【")) :]
        )
    )

"""Lines back to paragraphs: page marks out, wraps undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yingshang.methods.plan_grammar import numbering, shadow, words
from yingshang.methods.plan_grammar.blocks import Block, Paragraph, Table
from yingshang.methods.plan_grammar.shadow import Shadow

_PAGE_MARK = re.compile(r"[-—–_\s·.]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/,共]*\s*\d{1,4}\s*页?)?[-—–_\s·.]*")
_RULE_LINE = re.compile(r"[\s\u2500-\u257f=_*+|\-—]{3,}")
_SENTENCE_END = re.compile(r"[。!?;:)】”]$")
_DATE_LINE = re.compile(
    r"^[\d一二三四五六七八九〇零○oO]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_ASSIGNS = re.compile(r"(?:牵头|负责|配合|参与)(?=[,;。、])")
# Longer lines than this many columns are paragraphs, not wrapped lines.
_WIDEST_WRAP = 140
# A line that reaches this share of the width ended because it was full.
_FULL = 0.88


@dataclass(slots=True)
class Passage:
    """A paragraph of the document, whatever lines it was printed on."""

    shadow: Shadow
    is_indented: bool = False

    @property
    def text(self) -> str:
        """Its repaired text."""
        return self.shadow.text


def passages(blocks: Sequence[Block]) -> list[Passage | Table]:
    """Return paragraphs and tables in order, without page marks and empty lines."""
    out: list[Passage | Table] = []
    lines: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.is_line:
            lines.append(block)
            continue
        out += _of_lines(lines)
        lines = []
        if isinstance(block, Table):
            out.append(block)
        else:
            out += _of_paragraph(block)
    out += _of_lines(lines)
    return _with_split_brackets(out)


def _of_paragraph(block: Paragraph) -> Iterator[Passage]:
    """A paragraph with manual line breaks is as many passages as it has lines."""
    begin = 0
    for line in block.text.split("\n"):
        if line.strip() and not is_page_mark(line):
            copy = shadow.of(line, block.start + begin)
            if copy.text:
                yield Passage(copy, block.is_indented)
        begin += len(line) + 1


def is_page_mark(line: str) -> bool:
    """Say whether a line holds a page number or a drawn rule and nothing else."""
    bare = line.strip()
    if _RULE_LINE.fullmatch(bare):
        return True
    return (
        bool(bare)
        and len(bare) <= 16
        and not bare.isdecimal()
        and bool(_PAGE_MARK.fullmatch(unicodedata.normalize("NFKC", bare)))
    )


def _of_lines(lines: list[Paragraph]) -> list[Passage | Table]:
    width = _wrap_width(lines)
    out: list[Passage | Table] = []
    parts: list[Shadow] = []
    before: Paragraph | None = None
    gap = False
    across_page = False
    indented = False
    for line in lines:
        if is_page_mark(line.text):
            across_page = True
            continue
        if not line.text.strip(" \t\r\u3000\u2500│┃|"):
            gap = True
            continue
        copy = shadow.of(line.text, line.start)
        if not copy.text:
            continue
        if before is None or not _continues(parts, before, line, copy, width, gap and not across_page):
            if parts:
                out.append(Passage(shadow.join(parts, ""), indented))
            parts = []
            indented = line.is_indented
            is_wrapped = False
        else:
            is_wrapped = bool(width) and _columns(before.text) >= width * _FULL
        if is_wrapped:
            parts[-1] = shadow.firmly(parts[-1], copy)
        else:
            parts.append(copy)
        before, gap, across_page = line, False, False
    if parts:
        out.append(Passage(shadow.join(parts, ""), indented))
    return out


def _continues(parts: list[Shadow], before: Paragraph, line: Paragraph, copy: Shadow, width: int, gap: bool) -> bool:
    """Say whether a line goes on with the paragraph of the line before."""
    joined = "".join(part.text for part in parts)
    if joined.endswith(("(", "〔", "[")) and not gap:
        return True
    if gap or numbering.at_start(copy) or _DATE_LINE.match(copy.text) or words.LABEL.match(copy.text):
        return False
    if _open_clause(joined):
        return True
    if not width or line.is_indented or re.match(r"附件\d*[:：]?|抄送|关于", copy.text):
        return False
    is_full = _columns(before.text) >= width * _FULL
    if _SENTENCE_END.search(joined):
        return (is_full and not joined.endswith(("。", ":"))) or (
            is_full and _columns(before.text) >= width * 0.95 and not line.text.startswith((" ", "\u3000", "\t"))
        )
    if line.text.startswith(("\u3000\u3000", "  ", "\t")) and not is_full:
        return False
    if is_full or joined.endswith(("、", ",")) or copy.text.startswith(("、", ",", "。", ";", ")")):
        return True
    # A short line inside running text: a wrap of uneven width, unless it looks like a heading.
    return len(joined) > 60 and bool(re.search(r"[,。;、]", joined))


def _open_clause(text: str) -> bool:
    """Say whether the text ends inside a bracket that assigns units, or in the first sentence of any."""
    depth = 0
    for index in range(len(text) - 1, max(-1, len(text) - 600), -1):
        if text[index] in ")〕]":
            depth += 1
        elif text[index] in "(〔[":
            if depth == 0:
                inside = text[index:]
                return bool("。" not in inside or _ASSIGNS.search(inside) or words.UNIT_LABEL.search(inside))
            depth -= 1
    return False


def _columns(text: str) -> int:
    bare = text.rstrip()
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in bare)


def _wrap_width(lines: list[Paragraph]) -> int:
    """Return the width lines were wrapped at, or 0 where every line is a paragraph."""
    widths = sorted(_columns(line.text) for line in lines if line.text.strip())
    if len(widths) < 4 or widths[-1] > _WIDEST_WRAP:
        return 0
    widest = widths[max(0, int(len(widths) * 0.97) - 1)]
    # One paragraph per line leaves few lines near the widest; a wrap leaves many.
    near = sum(1 for width in widths if width >= widest * 0.88)
    unended = sum(
        1
        for line in lines
        if _columns(line.text) > 24 and not re.search(r"[。;：:！？）)】”\d]\s*$", line.text.rstrip())
    )
    return widest if near >= max(3, len(widths) * 0.15) and unended >= max(2, len(widths) * 0.1) else 0


def _with_split_brackets(found: list[Passage | Table]) -> list[Passage | Table]:
    """Join a passage whose unit bracket is still open to the one that closes it."""
    out: list[Passage | Table] = []
    for one in found:
        last = out[-1] if out else None
        if isinstance(one, Passage) and isinstance(last, Passage) and not numbering.at_start(one.shadow):
            begin = max(last.text.rfind("("), last.text.rfind("〔"))
            is_open = (
                begin >= 0 and not re.search(r"[)〕]", last.text[begin:]) and words.UNIT_LABEL.search(last.text, begin)
            )
            closes = re.search(r"[)〕]", one.text)
            opens = re.search(r"[(〔]", one.text)
            if is_open and closes and (not opens or closes.start() < opens.start()):
                out[-1] = Passage(shadow.join([last.shadow, one.shadow], ""), last.is_indented)
                continue
        out.append(one)
    return out

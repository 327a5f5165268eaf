"""Where the text says who: unit clauses in brackets, on own lines, at the end of a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yingshang.methods.plan_grammar import names, roles, rules, words
from yingshang.methods.plan_grammar.shadow import Shadow

_OPEN, _CLOSE = "(〔[【", ")〕]】"
# More brackets than this, all left open, are no writing.
_DEEPEST = 20
_LINE_START = re.compile(r"(?:^|\n)[\s*·●■◆▲△▪★☆※\-—>]*(?:\(?[一二三四五六七八九\d]{1,2}[)、.])?")
_QUIET_TAIL = re.compile(r"[。;,、.\s]*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a shadow that assigns units, and what it says.

    is_line: it stands outside brackets; is_prose: as a sentence without labels.
    """

    start: int
    end: int
    assigned: roles.Assigned
    is_overall: bool = False
    is_line: bool = False
    is_prose: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A bracket with a role word in it that could not be read."""

    start: int
    end: int


def find(shadow: Shadow, year: int | None) -> tuple[list[Clause], list[Unread]]:
    """Return the unit clauses of a text in order, and the brackets that look like one but are not.

    year: the year of the document, for deadlines without one.
    """
    found: list[Clause] = []
    unread: list[Unread] = []
    text = shadow.text
    for start, end in brackets(text):
        is_closed = text[end - 1] in _CLOSE and names.balance(text[start:end]) <= 0
        inner = shadow.part(start + 1, end - 1 if is_closed else end)
        clause = _read(inner, year, start, end)
        if clause:
            found.append(clause)
        elif _looks_like_one(inner.text):
            unread.append(Unread(start, end))
    found += _lines(shadow, found, year)
    found.sort(key=lambda clause: clause.start)
    return _merged(found, text), unread


def brackets(text: str) -> list[tuple[int, int]]:
    """Return the outermost brackets; all kinds count alike, since half opens and full closes occur.

    A bracket that never closes ends with its line; 【责任单位】 and a number in
    brackets are no clauses and do not hide what follows.
    """
    spans: list[tuple[int, int]] = []
    begin, depth = 0, 0
    for index, letter in enumerate(text):
        if letter in _OPEN:
            if depth == 0:
                begin = index
            depth += 1
        elif letter in _CLOSE and depth:
            depth -= 1
            if depth == 0:
                spans.append((begin, index + 1))
        elif letter == "\n" and depth and not _may_go_on(text, begin, index):
            spans += _unclosed(text, begin, index) if depth <= _DEEPEST else []
            depth = 0
    if 0 < depth <= _DEEPEST:
        spans += _unclosed(text, begin, len(text))
    return spans


def _may_go_on(text: str, begin: int, index: int) -> bool:
    """Say whether a clause that a line end interrupts closes soon after."""
    if not words.UNIT_LABEL.search(text, begin, index):
        return False
    following = text[index + 1 : index + 300].split("\n")[0]
    close = min((p for p in (following.find(letter) for letter in _CLOSE) if p >= 0), default=-1)
    opened = min((p for p in (following.find(letter) for letter in _OPEN) if p >= 0), default=10**6)
    return 0 <= close < opened and "。" not in following[:close]


def _unclosed(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the bracket that lost its end, and those inside a bracket that is no clause."""
    label = words.UNIT_LABEL.search(text, begin, end)
    if label and label.start() - begin <= 3:
        stop = text.find("。", begin, end)
        return [(begin, stop if stop > 0 else end)]
    inner = brackets(text[begin + 1 : end])
    return [(begin + 1 + a, begin + 1 + b) for a, b in inner]


def _read(inner: Shadow, year: int | None, start: int, end: int) -> Clause | None:
    if not inner.text or len(inner.text) > 1500:
        return None
    if words.OVERALL_LABEL.match(inner.text):
        return Clause(start, end, roles.read(inner, year, default=words.LEAD), is_overall=True)
    is_bare = _is_bare_list(inner)
    if not is_bare and not roles.is_clause(inner.text):
        return None
    assigned = roles.read(inner, year, default=words.RESPONSIBLE if is_bare else "")
    if not assigned.has_units and not assigned.people:
        return None
    return Clause(start, end, assigned)


def _is_bare_list(inner: Shadow) -> bool:
    """Say whether a footnote that makes the first-named lead follows names without any role."""
    listed, is_ruled = rules.without_first_named(inner)
    bare = names.pieces(listed) if is_ruled and not roles.is_clause(listed.text) else []
    return len(bare) > 1 and all(names.is_unit_like(name.text) for name in bare)


def _looks_like_one(text: str) -> bool:
    return bool(words.UNIT_LABEL.search(text)) or bool(
        len(text) < 200 and re.search(r"(?:局|委|部|办|政府|单位|部门|中心)[^。]*(?:牵头|按职责分工|配合)$", text)
    )


def _lines(shadow: Shadow, taken: list[Clause], year: int | None) -> list[Clause]:
    """Return clauses outside brackets: lines that begin with a label, and closing sentences."""
    text = shadow.text
    found: list[Clause] = []
    reached = 0
    for label in words.LABEL.finditer(text):
        if label.start() < reached or label.lastgroup in (None, words.OTHER) or label[0].endswith("为"):
            continue
        if any(clause.start <= label.start() < clause.end for clause in taken):
            continue
        at_line_start = _starts_line(text, label.start())
        if not at_line_start and not _follows_a_stop(shadow, label.start()):
            continue
        end = _end_of_labels(shadow, label.start())
        part = shadow.part(label.start(), end)
        assigned = roles.read(part, year)
        if assigned.has_units or assigned.people or (assigned.deadlines and at_line_start):
            overall = label.lastgroup == words.OVERALL
            found.append(Clause(label.start(), end, assigned, is_overall=overall, is_line=True))
            reached = end
    return found + _verbal_sentences(shadow, [*taken, *found], year)


def _starts_line(text: str, index: int) -> bool:
    line = text.rfind("\n", 0, index) + 1
    prefix = text[line:index]
    return len(prefix) <= 6 and bool(_LINE_START.fullmatch(prefix))


def _follows_a_stop(shadow: Shadow, index: int) -> bool:
    before = shadow.text[index - 1]
    return before in "。;.!)】〕" or (index in shadow.soft and before not in "、,:和及各由")


def _end_of_labels(shadow: Shadow, start: int) -> int:
    """Return where a run of labelled lists ends: at a full stop, or a line without a label.

    A bracket clause inside (“责任单位:A、B(排名第一的为牵头单位)”) belongs to the run.
    """
    text, end = shadow.text, start
    while end < len(text):
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        stop = text.find("。", end, line_end)
        if 0 <= stop < line_end - 1:
            after = words.LABEL.match(text, stop + 1)
            if not after:
                return stop + 1
            end = stop + 1
            continue
        after = words.LABEL.match(text, line_end + 1)
        if (not after or after.lastgroup == words.OTHER) and not _list_goes_on(shadow, line_end):
            return line_end
        end = line_end + 1
    return len(text)


def _list_goes_on(shadow: Shadow, line_end: int) -> bool:
    """Say whether a label alone on its line, or a list cut at a separator, goes on with names in the next line."""
    text = shadow.text
    if line_end >= len(text) or text[line_end - 1] not in ":】]、,":
        return False
    stop = text.find("\n", line_end + 1)
    listed = names.pieces(shadow.part(line_end + 1, stop if stop >= 0 else len(text)).strip(" 。;"))
    return bool(listed) and all(names.is_unit_like(piece.text) for piece in listed)


def _verbal_sentences(shadow: Shadow, taken: list[Clause], year: int | None) -> list[Clause]:
    """Return sentences without brackets that say nothing but who does it: 由A牵头，B配合。"""
    found = []
    for sentence in re.finditer(r"[^。;\n]+(?:;[^。;\n]+)*[。\n]?", shadow.text):
        text = sentence[0].rstrip("。\n")
        if len(text) > 300 or any(c.start < sentence.end() and sentence.start() < c.end for c in taken):
            continue
        if roles.is_pure_clause(text):
            part = shadow.part(sentence.start(), sentence.start() + len(text))
            assigned = roles.read(part, year)
            if assigned.has_units:
                found.append(
                    Clause(sentence.start(), sentence.start() + len(text), assigned, is_line=True, is_prose=True)
                )
    return found


def _merged(clauses: list[Clause], text: str) -> list[Clause]:
    """Join clauses with nothing between them: (牵头单位:A)(责任单位:B), or line after line."""
    merged: list[Clause] = []
    for clause in clauses:
        if merged and not merged[-1].is_overall and not clause.is_overall:
            last = merged[-1]
            if not text[last.end : clause.start].strip(" \n。;,、.*·-—"):
                merged[-1] = Clause(
                    last.start, clause.end, roles.together(last.assigned, clause.assigned), is_line=last.is_line
                )
                continue
        merged.append(clause)
    return [clause for clause in merged if clause.is_overall or clause.assigned.has_units]

"""From the tree to tasks: the smallest numbered text with its own unit clause."""

from __future__ import annotations

import re
from typing import Any

from yingshang.methods.plan_grammar import deadlines, roles, spans, tree, words
from yingshang.methods.plan_grammar.clauses import Clause
from yingshang.methods.plan_grammar.numbering import RANK
from yingshang.methods.plan_grammar.shadow import Shadow
from yingshang.methods.plan_grammar.tree import TAIL, Node

_DEMANDS = re.compile(r"要求|保障|组织领导|加强领导|组织实施|督查|督导|考核|宣传引导|工作机制|实施步骤|总体|原则")


def of_node(node: Node, printed: str, year: int | None) -> list[dict[str, Any]]:
    """Return the tasks that a node directly holds, in the order of print."""
    own = [clause for clause in node.found if not clause.is_overall]
    if any(clause.is_prose for clause in own) and _demands(node):
        own = [clause for clause in own if not clause.is_prose]
    if not own or node.stands_in_demands:
        return []
    if any(child.has_clause or any(n.has_clause for n in child.walk()) for child in node.children):
        return []
    path = path_of(node.parent, printed)
    number = node.mark.number or None if node.mark else None
    begin = 0
    if len(own) > 1 and node.mark and RANK[node.mark.kind] < RANK["d"] and _is_title_alone(node):
        title = tree.title_of(node, printed)
        path, number, begin = [*path, title] if title else path, None, len(node.content[0]) + 1
    elif node.mark is None or node.mark.kind == "bare":
        number = None
        path = path_of(node, printed)
        begin = _after_preamble(node, own[0])
    built = []
    for index, clause in enumerate(own):
        end = _end(node, own, index)
        piece = (begin, end)
        begin = end
        built.append(build(node.text, piece, [clause], printed, year, number=number, path=path))
    return [one for one in built if one]


def _demands(node: Node | None) -> bool:
    """Say whether a node stands in a chapter that makes demands on everybody, or says nothing but who."""
    if node is not None and len(node.found) == 1 and node.found[0].start == 0:
        return True
    while node is not None and node.mark is not None:
        if node.content and _DEMANDS.search(node.content[0].text[:20]):
            return True
        node = node.parent
    return False


def path_of(node: Node | None, printed: str) -> list[str]:
    """Return the titles from the outermost heading down to this node."""
    titles: list[str] = []
    while node is not None and node.mark is not None:
        title = tree.title_of(node, printed)
        if title:
            titles.insert(0, title)
        node = node.parent
    return titles


def _is_title_alone(node: Node) -> bool:
    first = node.content[0].text
    return (
        len(node.content) > 1
        and len(first) <= 40
        and not re.search(r"[。;]", first)
        and node.found[0].start > len(first)
    )


def _after_preamble(node: Node, first: Clause) -> int:
    """Return where the paragraph (or paragraphs before its unit lines) of the first clause begins."""
    begin = node.text.text.rfind("\n", 0, first.start) + 1
    if begin == first.start and begin:
        begin = node.text.text.rfind("\n", 0, begin - 1) + 1
    return begin


def _end(node: Node, own: list[Clause], index: int) -> int:
    """Return where a task ends: after its clause, or with its body where the clause stands in the title."""
    text = node.text.text
    clause = own[index]
    end = clause.end
    while end < len(text) and text[end] in "。;,.":
        end += 1
    if index + 1 < len(own):
        line = text.find("\n", end)
        between = text[end : own[index + 1].start]
        if clause.is_line or line < 0 or "\n" not in between:
            return end
        rest = text[end:line]
        return line if len(rest) <= 60 and rest.strip() else end
    same_line = text.find("\n", end)
    same_line = len(text) if same_line < 0 else same_line
    title = text[: clause.start]
    clause_in_title = (
        "\n" not in title.strip() and "。" not in title and len(title) <= 60 and text[end:].strip() and len(own) == 1
    )
    if not clause_in_title and not node.holds_items:
        return same_line
    reached = same_line
    while reached < len(text):
        line = text.find("\n", reached + 1)
        line = len(text) if line < 0 else line
        if TAIL.match(text[reached + 1 : line]):
            break
        reached = line
    return reached


def build(
    text: Shadow,
    piece: tuple[int, int],
    own: list[Clause],
    printed: str,
    year: int | None,
    *,
    number: str | None,
    path: list[str],
) -> dict[str, Any] | None:
    """Return one task of plan/1, or None where there is no text to do.

    piece: its range in ``text``; own: its clauses, in ``text``'s positions.
    """
    whole = text.part(*piece).strip(" \n\t")
    if not whole.text:
        return None
    start, end = whole.span()
    task = empty(number, path, printed[start:end], start, end)
    for clause in own:
        assign(task, clause.assigned, printed)
    ranges = [text.span(clause.start, clause.end) for clause in own]
    found = [(found_in, one) for clause in own for found_in, one in clause.assigned.deadlines]
    outside = [(text.part(a, b)) for a, b in _gaps(piece, own)]
    stated = [(part, one) for part in outside for one in deadlines.in_text(part, year)]
    add_deadlines(task, [*stated, *found], printed)
    task["measures"] = spans.measures(task["text"], start, ranges)
    return task


def _gaps(piece: tuple[int, int], own: list[Clause]) -> list[tuple[int, int]]:
    gaps, reached = [], piece[0]
    for clause in own:
        gaps.append((reached, max(reached, clause.start)))
        reached = clause.end
    gaps.append((min(reached, piece[1]), piece[1]))
    return gaps


def empty(number: str | None, path: list[str], text: str, start: int, end: int) -> dict[str, Any]:
    """Return a task without units."""
    return {
        "number": number,
        "section_path": path,
        "text": text,
        "lead_units": [],
        "responsible_units": [],
        "support_units": [],
        "oversight_units": [],
        "lead_by_convention": [],
        "inherited_units": [],
        "deadlines": [],
        "open_list": False,
        "people": [],
        "measures": [],
        "citations": spans.citations(text, start),
        "source": {"start": start, "end": end},
    }


def assign(task: dict[str, Any], assigned: roles.Assigned, printed: str) -> None:
    """Add what a clause says to a task; a unit stands once in a role."""
    for role in words.UNIT_ROLES:
        listed = task[f"{role}_units"]
        for name in assigned.units[role]:
            spelled = name.name(printed)
            if spelled not in listed:
                listed.append(spelled)
    for person in assigned.people:
        spelled = person.name(printed)
        if spelled not in task["people"]:
            task["people"].append(spelled)
    task["open_list"] |= assigned.open_list


def add_deadlines(task: dict[str, Any], found: list[tuple[Shadow, deadlines.Found]], printed: str) -> None:
    """Add deadlines as printed; the same one stated twice counts once."""
    seen = {(one["raw"], one["date"]) for one in task["deadlines"]}
    for part, one in found:
        raw = part.name(printed, one.start, one.end)
        day = one.date.isoformat() if one.date else None
        if (raw, day) not in seen:
            seen.add((raw, day))
            task["deadlines"].append({"raw": raw, "kind": one.kind, "date": day})

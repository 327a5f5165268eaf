"""From the tree to tasks: the smallest numbered texts with unit clauses of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar.clauses import Assigned, Clause, clauses_in, read_clause
from yingshang.methods.plan_grammar.outline import Node
from yingshang.methods.plan_grammar.shadow import Shadow

LONGEST_REMAINDER = 80
TAIL_OF_DOCUMENT = re.compile(
    r"^(?:附件|附:|附表|抄送|\(此件|\(联系|联系人|联系电话|分享到|主办|版权|打印|关闭|扫一扫|注[:1-9]|备注|信息来源)"
)


@dataclass
class Found:
    """A task as found: its number, headings, paragraphs, what its clauses say, and where it stands."""

    number: str | None
    path: list[str]
    parts: list[Shadow]
    assigned: Assigned
    start: int
    end: int
    told: list[Shadow] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(part.printed for part in self.parts if part.printed)


@dataclass
class Chapter:
    """A heading: its label, title and who leads it overall."""

    label: str
    title: str
    overall_lead: list[str]
    node: Node


def tasks_in(node: Node, path: list[str], chapters: list[Chapter]) -> Iterator[Found]:
    """Yield the tasks of a node and everything below it, and note the headings they stand under."""
    if node.number is not None and node.is_about_the_plan and not node.tables:
        return
    if node.shared:
        yield from _whole(node, path)
        return
    children = [child for child in node.children if child.has_clauses]
    own = node.own_clauses()
    lead = _overall_lead(node, own, bool(children))
    if own and not children and not lead:
        yield from _segments(node, path)
        return
    inner = path
    if node.level >= 0:
        title = node.title
        chapters.append(Chapter(node.number.label if node.number else "", title, lead, node))
        inner = [*path, title] if title and node.level > 0 else path
    if own and not lead:
        yield from _segments(Node(node.level, node.number, node.start, parts=node.parts), path)
    for child in node.children:
        yield from tasks_in(child, inner, chapters)


def _overall_lead(node: Node, own: list[tuple[int, Clause]], has_children: bool) -> list[str]:
    """Return the units that lead a whole chapter: said so, or named in the heading above tasks with clauses."""
    heading = [clause for place, clause in own if place == 0 or (clause.own_line and has_children)]
    if len(heading) != len(own) or not own:
        return []
    said = Assigned()
    for clause in heading:
        said.merge(read_clause(clause.inner))
    if said.is_overall:
        return [name.printed for name in said.units["overall_lead"]]
    short = len(node.title) <= 40 and len(node.parts) == len({place for place, _ in own} | {0})
    if has_children and short:
        return [name.printed for role in ("overall_lead", "lead", "responsible") for name in said.units.get(role, [])]
    return []


def _whole(node: Node, path: list[str]) -> Iterator[Found]:
    parts = [*node.parts, *(part for child in node.children for part in _all_parts(child)), *node.shared]
    said = Assigned()
    for part in node.shared:
        for clause in clauses_in(part):
            said.merge(read_clause(clause.inner))
    yield Found(node.number.text if node.number else None, path, parts, said, node.start, parts[-1].span[1])


def _all_parts(node: Node) -> list[Shadow]:
    """Return the paragraphs of a node and below, each item with its label again."""
    parts = list(node.parts)
    if parts and node.number is not None:
        label = node.number.label
        first = parts[0]
        parts[0] = Shadow(label + first.printed, label + first.folded, ((node.start,) * len(label)) + first.origin)
    return [*parts, *(part for child in node.children for part in _all_parts(child))]


def _segments(node: Node, path: list[str]) -> Iterator[Found]:
    """Cut a node's text behind each clause; neighbors on lines of their own are one clause."""
    parts = [*node.parts, *(part for child in node.children for part in _all_parts(child))]
    number = node.number.text if node.number else None
    current: list[Shadow] = []
    said: Assigned | None = None
    start, out = node.start, []
    for part in parts:
        clauses = clauses_in(part)
        only_clause = len(clauses) == 1 and clauses[0].own_line
        if said is not None and not only_clause and not (not clauses and _belongs(part, current, node)):
            out.append((current, said, start))
            if not clauses:
                current, said = [], None
                continue
            current, said, start = [], None, part.span[0]
        place = 0
        for clause in clauses:
            if said is not None and not only_clause:
                out.append((current, said, start))
                current, said, start = [], None, part.cut(place, len(part)).span[0]
            current.append(part.cut(place, clause.end))
            said = said or Assigned()
            said.merge(read_clause(clause.inner))
            place = clause.end
        rest = part.cut(place, len(part))
        if rest.printed and (said is None or len(rest) <= LONGEST_REMAINDER or not clauses):
            current.append(rest)
    if said is not None:
        out.append((current, said, start))
    for pieces, assigned, begin in out:
        whole = _together(pieces)
        yield Found(number, path, whole, assigned, begin, whole[-1].span[1])


def _belongs(part: Shadow, current: list[Shadow], node: Node) -> bool:
    """A paragraph behind the clause belongs to the task where the clause stood on lines above the text."""
    if TAIL_OF_DOCUMENT.match(part.folded) or len(part) < 12:
        return False
    lines = [clauses for piece in current for clauses in [clauses_in(piece)] if clauses]
    body = [piece for piece in current if not clauses_in(piece)]
    return (
        all(one[0].own_line for one in lines) and sum(map(len, body)) <= LONGEST_REMAINDER and node.number is not None
    )


def _together(pieces: list[Shadow]) -> list[Shadow]:
    """Join pieces that were cut out of one paragraph again."""
    out: list[Shadow] = []
    for piece in pieces:
        if not piece.printed:
            continue
        if out and out[-1].span[1] == piece.span[0] and piece.origin and piece.origin[0] - out[-1].origin[-1] <= 1:
            last = out.pop()
            piece = Shadow(last.printed + piece.printed, last.folded + piece.folded, last.origin + piece.origin)
        out.append(piece)
    return out

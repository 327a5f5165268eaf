"""The tree of a document: chapters, sections, tasks, sub-items, with their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar.blocks import Table
from yingshang.methods.plan_grammar.clauses import Clause, clauses_in
from yingshang.methods.plan_grammar.numbering import Number, number_at
from yingshang.methods.plan_grammar.shadow import Shadow

LONGEST_TITLE = 60
NOT_TASKS = re.compile(
    r"^(?:有关要求|工作要求|几点要求|相关要求|具体要求|保障措施|保障机制|组织保障|组织领导|组织实施|工作保障|推进保障|落实保障|总体要求|总体目标|总体思路|指导思想|基本原则|工作目标|目标任务|主要目标"
    r"|工作原则|实施步骤|工作步骤|时间安排|方法步骤|附则|加强组织领导|工作机制|督导检查|考核评价与保障|强化保障|有关工作要求|实施保障|要求)$"
)
INLINE = re.compile(r"(?<=[。;:!?)\]”》\s])")
SUBHEAD_LEVEL = 3.5


@dataclass
class Node:
    """A numbered piece of the document with the paragraphs that stand before its first child.

    shared: paragraphs behind the last child that belong to all children together.
    """

    level: float
    number: Number | None
    start: int
    parts: list[Shadow] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    shared: list[Shadow] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    cached: dict[int, list[Clause]] = field(default_factory=dict)

    def clauses(self, place: int) -> list[Clause]:
        """Return the clauses of one of its paragraphs."""
        if place not in self.cached:
            self.cached[place] = clauses_in(self.parts[place])
        return self.cached[place]

    def own_clauses(self) -> list[tuple[int, Clause]]:
        """Return its clauses with the place of their paragraph; not those of its children."""
        return [(place, clause) for place in range(len(self.parts)) for clause in self.clauses(place)]

    @property
    def has_clauses(self) -> bool:
        """Whether it or anything below it has a clause that is more than a chapter's lead."""
        return bool(self.shared) or bool(self.own_clauses()) or any(child.has_clauses for child in self.children)

    @property
    def title(self) -> str:
        """The heading without label, clause and closing mark; empty where the text has no heading of its own."""
        if not self.parts:
            return ""
        first = self.parts[0]
        clauses = self.clauses(0)
        stop = clauses[0].start if clauses else len(first)
        head = first.cut(0, stop)
        if len(head) > LONGEST_TITLE or self.children or clauses or len(self.parts) > 1:
            sentence = re.match(r"[^。;:]*", head.folded)
            if sentence and 0 < sentence.end() <= LONGEST_TITLE:
                head = head.cut(0, sentence.end())
        return head.printed.strip(" 。：:；;，,.　") if len(head) <= 2 * LONGEST_TITLE else ""

    def walk(self) -> Iterator[Node]:
        """Yield it and everything below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_about_the_plan(self) -> bool:
        """Whether it holds requirements, aims or arrangements and no tasks."""
        return bool(NOT_TASKS.match(re.sub(r"[\s,、]", "", self.title)))


def outline_of(paragraphs: Sequence[Shadow | Table]) -> Node:
    """Return the root of the tree. Gaps in numbering are accepted as they are."""
    root = Node(-1, None, 0)
    stack = [root]
    pieces = [piece for paragraph in paragraphs for piece in _pieces(paragraph)]
    for index, piece in enumerate(pieces):
        if isinstance(piece, Table):
            stack[-1].tables.append(piece)
            continue
        number = number_at(piece.folded)
        if number is None and _is_subheading(pieces, index, stack):
            number = Number(4, "", "", 0, 0)
            level: float = SUBHEAD_LEVEL
        elif number is None:
            stack[-1].parts.append(piece)
            continue
        else:
            level = number.level
        while stack[-1].level >= level:
            stack.pop()
        node = Node(level, number if number.label else None, piece.span[0])
        body = piece.cut(number.length, len(piece))
        if body.printed:
            node.parts.append(body)
        stack[-1].children.append(node)
        stack.append(node)
    for node in root.walk():
        _lift_shared_clause(node)
    return root


def _pieces(paragraph: Shadow | Table) -> Iterator[Shadow | Table]:
    """Cut a paragraph where a number that continues a series, or begins one below, stands inside it."""
    if isinstance(paragraph, Table):
        yield paragraph
        return
    text, start = paragraph.folded, 0
    first = number_at(text)
    last: dict[int, int] = {first.level: first.value} if first else {}
    depth, place = 0, first.length if first else 0
    while place < len(text):
        number = number_at(text, place) if depth == 0 and place > start and _may_begin(text, place) else None
        if number and number.level >= 3 and number.value and _continues(number, last, first):
            yield paragraph.cut(start, place)
            start = place
            last = {level: value for level, value in last.items() if level < number.level} | {
                number.level: number.value
            }
            place += number.length
            continue
        depth = max(0, depth + (text[place] in "([{《“") - (text[place] in ")]}》”"))
        place += 1
    yield paragraph.cut(start, len(text))


def _may_begin(text: str, place: int) -> bool:
    return text[place - 1] in "。;:!?)]” " and not text[place - 1].isdigit()


def _continues(number: Number, last: dict[int, int], first: Number | None) -> bool:
    if number.level in last:
        return number.value == last[number.level] + 1
    below = all(level < number.level for level in last)
    return (number.value == 1 and below) or (first is not None and first.level < number.level and below)


def _is_subheading(pieces: Sequence[Shadow | Table], index: int, stack: list[Node]) -> bool:
    """An unnumbered line that is short, ends without a mark and is followed by numbered items."""
    piece = pieces[index]
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if not isinstance(piece, Shadow) or not isinstance(following, Shadow) or not 2 < len(piece) <= 30:
        return False
    if re.search(r"[。;:,!?]$|通知|〔|号$|方案$|要点$|\d{4}年", piece.folded) or clauses_in(piece):
        return False
    number = number_at(following.folded)
    inside = any(node.level >= 2 for node in stack)
    return number is not None and number.level == 4 and inside


def _lift_shared_clause(parent: Node) -> None:
    """A clause on a line of its own under the last of several items without one belongs to them all."""
    if len(parent.children) < 2 or parent.own_clauses():
        return
    *others, last = parent.children
    if any(child.has_clauses for child in others) or last.children:
        return
    mine = [place for place, clause in last.own_clauses() if clause.own_line and place > 0]
    if mine and len(mine) == len(last.own_clauses()):
        parent.shared, last.parts, last.cached = last.parts[mine[0] :], last.parts[: mine[0]], {}

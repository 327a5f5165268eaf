"""The heading tree: which paragraph stands under which number."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar import clauses, numbering, shadow
from yingshang.methods.plan_grammar.blocks import Table
from yingshang.methods.plan_grammar.numbering import RANK, Mark
from yingshang.methods.plan_grammar.paragraphs import Passage
from yingshang.methods.plan_grammar.shadow import Shadow

_APPENDIX = re.compile(r"^附(?:件|表|录)\s*[\d一二三四五六七八九十]*[:：]?$")
TAIL = re.compile(
    r"^(?:附件|附表|抄送|抄报|分享到?|打印|关闭|扫一扫|责任编辑|编辑[:：]|来源[:：]|上一篇|下一篇|相关(?:文档|链接|附件)|主办[:：]|承办[:：]|联系人|联系电话|\(?此件|信息来源|版权所有|备注[:：]|注[:：]|说明[:：]|主题词)"
    r"|^[^,。;]{0,30}\d{4}年\d{1,2}月\d{1,2}日(?:印发)?$|^[\d一二三四五六七八九〇零○oO]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)

_DEMANDS = re.compile(
    r"(?:(?:有关|工作|相关|几点|具体|组织|实施|落实)?要求|(?:工作|组织|实施|政策)?保障(?:措施)?|(?:加强|强化)?组织(?:领导|实施|保障)|附则)"
)


@dataclass(eq=False, slots=True)
class Node:
    """One number of the document with what stands directly under it.

    content: its own paragraphs, the first without the number.
    holds_items: its text goes on with numbered items that have no units of their own.
    """

    mark: Mark | None
    content: list[Shadow] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    parent: Node | None = None
    found: list[clauses.Clause] = field(default_factory=list)
    unread: list[clauses.Unread] = field(default_factory=list)
    text: Shadow = shadow.EMPTY
    holds_items: bool = False

    @property
    def rank(self) -> int:
        """How deep its kind of number stands."""
        return RANK[self.mark.kind] if self.mark else -1

    def walk(self) -> list[Node]:
        """Return itself and everything below it in the order of print."""
        return [self, *(node for child in self.children for node in child.walk())]

    @property
    def has_clause(self) -> bool:
        """Whether it directly holds a clause that makes a task."""
        return any(not clause.is_overall for clause in self.found)

    @property
    def stands_in_demands(self) -> bool:
        """Whether a chapter above it is named for its demands; such a chapter is no list of tasks."""
        above = self.parent
        while above is not None and above.mark is not None:
            if above.content and _DEMANDS.fullmatch(above.content[0].text.rstrip("。:")):
                return True
            above = above.parent
        return False


def build(found: list[Passage | Table], titles: set[str], year: int | None) -> Node:
    """Return the tree of a document.

    titles: titles of notice and plan, which are no headings inside the plan.
    year: the year of the document, for deadlines without one.
    """
    root = Node(None)
    stack = [root]
    pieces = _pieces(found, year)
    for index, piece in enumerate(pieces):
        if isinstance(piece, Table):
            _grow(stack[-1], root).tables.append(piece)
            continue
        mark = numbering.at_start(piece)
        if mark is None and _APPENDIX.match(piece.text):
            stack = [root]
            root.content.append(piece)
            continue
        if mark is None and _is_bare_heading(piece, pieces[index + 1 :], stack[-1], titles, year):
            mark = Mark("bare", 0, "", "", 0, 0)
        if mark is None:
            stack[-1].content.append(piece)
            continue
        while len(stack) > 1 and not _stands_under(mark, stack[-1], stack):
            stack.pop()
        node = Node(mark, [piece.part(mark.end)], parent=stack[-1])
        stack[-1].children.append(node)
        stack.append(node)
    for node in root.walk():
        node.text = shadow.join(node.content)
        node.found, node.unread = clauses.find(node.text, year)
    _lift_shared_clauses(root)
    for node in root.walk():
        if node.has_clause and node.children and not any(below.has_clause for below in node.walk()[1:]):
            _take_in_items(node)
    return root


def _grow(node: Node, root: Node) -> Node:
    return node if node.mark is None or node.rank < RANK["d"] else (node.parent or root)


def _stands_under(mark: Mark, top: Node, stack: list[Node]) -> bool:
    same = [node for node in stack[1:] if node.mark and node.mark.kind == mark.kind]
    if same:
        if top is same[-1]:
            return False
        # (一) restarting under 1. : a deeper level of the same form does not occur in practice.
        return stack.index(same[-1]) > stack.index(top)
    if top.rank < RANK[mark.kind]:
        return True
    # A higher form that begins anew right under a lower one without units: 1. … (一)(二) 2. …
    return (
        mark.value == 1
        and top.mark is not None
        and top.mark.kind == "d"
        and mark.kind == "pcn"
        and not any(child.mark and child.mark.kind == "pcn" for node in stack[:-1] for child in node.children)
    )


def _pieces(found: list[Passage | Table], year: int | None) -> list[Shadow | Table]:
    """Cut paragraphs that hold several numbers, where each has its own units or the next line counts on."""
    pieces: list[Shadow | Table] = []
    for index, one in enumerate(found):
        if isinstance(one, Table):
            pieces.append(one)
            continue
        following = next((later for later in found[index + 1 :]), None)
        pieces += split(one.shadow, year, following.shadow if isinstance(following, Passage) else None)
    return pieces


def split(passage: Shadow, year: int | None, following: Shadow | None = None) -> list[Shadow]:
    """Return a paragraph cut at the numbers inside it that begin tasks of their own."""
    first = numbering.at_start(passage)
    runs = numbering.inside(passage)
    if not runs:
        return [passage]
    spans, _ = clauses.find(passage, year)
    ends = [clause.end for clause in spans if not clause.is_overall]
    after = numbering.at_start(following) if following else None
    for kind, run in sorted(runs.items(), key=lambda item: RANK[item[0]]):
        run = [mark for mark in run if not any(c.start < mark.start < c.end and not c.is_overall for c in spans)]
        if first and first.kind == kind:
            run = [mark for mark in run if mark.value > first.value]
            if run and run[0].value != first.value + 1:
                continue
        if not run:
            continue
        starts = [mark.start for mark in run]
        bounds = [*([0] if first and first.kind == kind else []), *starts, len(passage)]
        own = [any(a < end <= b for end in ends) for a, b in itertools.pairwise(bounds)]
        counts_on = bool(
            after
            and after.kind == kind
            and after.value == run[-1].value + 1
            and own[-1]
            and first
            and RANK[first.kind] < RANK[kind]
        )
        is_only = (
            len(own) == 1
            and own[0]
            and bool(first)
            and first is not None
            and RANK[first.kind] < RANK[kind]
            and run[0].start <= 60
            and kind == "d"
            and counts_on
        )
        if any(own[:-1]) or counts_on or is_only:
            cut = [0, *starts, len(passage)]
            parts = [passage.part(a, b) for a, b in itertools.pairwise(cut) if a < b]
            return [piece for part in parts for piece in ([part] if part is passage else split(part, year))]
    return [passage]


def _is_bare_heading(piece: Shadow, later: list[Shadow | Table], top: Node, titles: set[str], year: int | None) -> bool:
    """Say whether an unnumbered short line heads the tasks that follow."""
    text = piece.text
    if not 3 <= len(text) <= 30 or re.search(r"[。;,:!?、]", text) or TAIL.match(text) or text in titles:
        return False
    if not later or isinstance(later[0], Table):
        return False
    following = numbering.at_start(later[0])
    if not following or following.kind not in ("d", "pcn"):
        return False
    if top.mark is None:
        return False
    if top.mark.kind in ("cn", "part", "bare") and top.content[0].text != "":
        return not any(content.text == text for content in top.content)
    joined = shadow.join(top.content)
    return bool(clauses.find(joined, year)[0])


def _lift_shared_clauses(root: Node) -> None:
    """Give a clause that closes a list of sub-items without own units to the list's head.

    1. … (1) … (2) … (牵头单位：A): only the last sub-item shows units, so they are those of 1.
    """
    for node in reversed(root.walk()):
        if node.mark is None or len(node.children) < 2 or node.has_clause or node.mark.kind in ("cn", "part"):
            continue
        below = [child for child in node.children if any(n.has_clause for n in child.walk())]
        last = node.children[-1]
        if below != [last] or last.children or node.children[0].rank < RANK["d"]:
            continue
        _absorb(node)


def _take_in_items(node: Node) -> None:
    """Make items without units part of the number above, whose units do them."""
    node.text = shadow.join([node.text, *(below.text for below in node.walk()[1:])])
    node.children = []
    node.holds_items = True


def _absorb(node: Node) -> None:
    parts = [node.text]
    for child in node.children:
        parts += [each.text for each in child.walk()]
    before = sum(len(part) + 1 for part in parts[:-1] if part.text)
    last = node.children[-1]
    moved = [
        clauses.Clause(clause.start + before, clause.end + before, clause.assigned, clause.is_overall, clause.is_line)
        for clause in last.found
    ]
    node.text = shadow.join(parts)
    node.found += moved
    node.children = []


def title_of(node: Node, printed: str) -> str:
    """Return a heading's title as printed, without number, overall lead and prose."""
    text = node.text.part(0, len(node.content[0])) if node.content else shadow.EMPTY
    end = len(text)
    for clause in node.found:
        end = min(end, clause.start)
    for _, letter in enumerate("。"):
        stop = text.text.find(letter)
        if stop > 0:
            end = min(end, stop)
    if end > 50:
        for letter in ":;,":
            stop = text.text.find(letter)
            if stop > 3:
                end = min(end, stop)
    title = text.part(0, end).strip(" \n\t。:;,、(")
    return title.name(printed) if title.text else ""

"""Read a notice: blocks in, plan/1 out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from yingshang.methods.plan_grammar.blocks import Block, Table
from yingshang.methods.plan_grammar.conventions import FIRST_NAMED, STANDING
from yingshang.methods.plan_grammar.deadlines import deadlines_in
from yingshang.methods.plan_grammar.document import Document, read_document
from yingshang.methods.plan_grammar.doubts import doubts_in, finding, is_spun
from yingshang.methods.plan_grammar.lines import paragraphs_of
from yingshang.methods.plan_grammar.names import split_names
from yingshang.methods.plan_grammar.outline import Node, outline_of
from yingshang.methods.plan_grammar.roles import UNIT_FIELDS
from yingshang.methods.plan_grammar.script import converter_for
from yingshang.methods.plan_grammar.shadow import Shadow
from yingshang.methods.plan_grammar.tables import columns_of, tasks_of_table
from yingshang.methods.plan_grammar.tasks import Chapter, Found, tasks_in
from yingshang.methods.plan_grammar.wording import citations_in, measures_in

SCHEMA_NAME = "plan/1"


def parse(blocks: Sequence[Block], text: str) -> dict[str, Any]:
    """Return what a notice says, as plan/1 (see ``schema.PLAN``).

    blocks: what a container reader yields, in document order. text: the plain
    text that all offsets count in. Nothing is filled in that the text does
    not state; what could not be read stands in ``findings``. Never raises for
    a text, however odd.
    """
    paragraphs = paragraphs_of(text, blocks, converter_for(text))
    shadows = [each for each in paragraphs if isinstance(each, Shadow)]
    document = read_document(shadows)
    root = outline_of(paragraphs)
    chapters: list[Chapter] = []
    tasks = list(tasks_in(root, [], chapters))
    spun = is_spun(text)
    tasks = [] if spun else _with_tables(text, root, tasks)
    bound = _bound_by_rule(shadows)
    first_leads = any(task.assigned.first_is_lead for task in tasks) or any(
        FIRST_NAMED.search(s.folded) for s in shadows
    )
    findings = [finding("warning", what, suggest, start, end) for what, suggest, start, end in document.doubts]
    findings += doubts_in(shadows, tasks, root, document.title or document.notice_title or "")
    findings += _about_the_whole(text, tasks, chapters, spun)
    return {
        "schema": SCHEMA_NAME,
        "doc": _doc(document),
        "sections": [_section(chapter) for chapter in _sections(chapters, tasks)],
        "tasks": [_task(task, document, bound, first_leads) for task in tasks],
        "findings": findings,
    }


def _with_tables(text: str, root: Node, tasks: list[Found]) -> list[Found]:
    """Return the tasks with those of tables; a table goes under the headings it stands under."""
    found = list(tasks)
    last = None
    for node, path in _with_paths(root, []):
        for table in node.tables:
            columns = columns_of(text, table)
            if columns is None and last is not None and _same_width(table, last[0]):
                columns = last[1].__class__(0, *list(vars(last[1]).values())[1:])
            if columns is not None:
                found += tasks_of_table(text, table, path, columns)
                last = (table, columns)
    return sorted(found, key=lambda task: task.start)


def _same_width(table: Table, other: Table) -> bool:
    """A table without a header that goes on with the one before it, over a page break."""
    return bool(table.rows and other.rows) and len(table.rows[0]) == len(other.rows[-1])


def _with_paths(node: Node, path: list[str]) -> list[tuple[Node, list[str]]]:
    inner = [*path, node.title] if node.level > 0 and node.title else path
    return [(node, inner), *(pair for child in node.children for pair in _with_paths(child, inner))]


def _doc(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "notice_title": document.notice_title,
        "doc_number": document.doc_number,
        "issuer": document.issuer,
        "issue_date": _iso(document.issue_date),
    }


def _sections(chapters: list[Chapter], tasks: list[Found]) -> list[Chapter]:
    """Return the headings over tasks, without one that only wraps all others."""
    used = {title for task in tasks for title in task.path}
    with_tasks = [chapter for chapter in chapters if chapter.title and chapter.title in used]
    return [
        chapter
        for chapter in with_tasks
        if chapter.overall_lead
        or not (
            all(task.path and task.path[0] == chapter.title for task in tasks)
            and any(len(task.path) > 1 for task in tasks)
        )
    ]


def _section(chapter: Chapter) -> dict[str, Any]:
    return {"label": chapter.label or None, "title": chapter.title, "overall_lead": chapter.overall_lead}


def _task(task: Found, document: Document, bound: list[tuple[int, list[str]]], first_leads: bool) -> dict[str, Any]:
    names = {
        field: [name.printed for name in task.assigned.units.get(role, [])]  # type: ignore[call-overload]
        for role, field in UNIT_FIELDS.items()
    }
    convention: list[str] = []
    if first_leads and not names["lead_units"] and names["responsible_units"]:
        convention = names["responsible_units"][:1]
    inherited = [name for start, units in bound if start <= task.start for name in units]
    return {
        "number": task.number,
        "section_path": task.path,
        "text": task.text,
        **names,
        "lead_by_convention": convention,
        "inherited_units": list(dict.fromkeys(inherited)),
        "deadlines": _deadlines(task, document.year),
        "open_list": task.assigned.open_list,
        "people": [name.printed for name in task.assigned.people],
        "measures": measures_in(task.parts),
        "citations": citations_in(task.parts),
        "source": {"start": task.start, "end": task.end},
    }


def _deadlines(task: Found, year: int | None) -> list[dict[str, Any]]:
    told = [(part, deadlines_in(part, year, told=True)) for part in task.assigned.when]
    unknown = [part for part, found in told if not found]
    rows: dict[str, dict[str, Any]] = {}
    printed = [one for part in task.parts for one in deadlines_in(part, year)]
    for one in [*(each for _, found in told for each in found), *printed]:
        rows.setdefault(one.raw, {"raw": one.raw, "kind": one.kind, "date": _iso(one.day)})
    for part in unknown:
        rows.setdefault(part.printed, {"raw": part.printed, "kind": "unknown", "date": None})
    longest = sorted(rows, key=len, reverse=True)
    return [row for raw, row in rows.items() if not any(raw != other and raw in other for other in longest)]


def _bound_by_rule(paragraphs: Sequence[Shadow]) -> list[tuple[int, list[str]]]:
    """Return the units that a standing rule binds, with where the rule stands: it covers what follows."""
    found = []
    for part in paragraphs:
        match = STANDING.search(part.folded)
        if match:
            names = split_names(part.cut(match.start("names"), match.end("names"))).names
            start = 0 if match.group().startswith(("以上", "上述", "本方案", "各项")) else part.span[0]
            found.append((start, [name.printed for name in names]))
    return found


def _about_the_whole(text: str, tasks: list[Found], chapters: list[Chapter], spun: bool) -> list[dict[str, Any]]:
    if spun:
        return [finding("error", "文字像是被机器换过词的网页，不是正式文件，没有采用。", "请找原件再导入。")]
    if tasks:
        return []
    if "附件" in text or "见附表" in text or "分解表" in text or "分工表" in text:
        return [
            finding("error", "任务和单位在附件的表里，这个文件没有附上那张表。", "请导入附件，或者带附件的完整文件。")
        ]
    return [finding("error", "没有读到带责任单位的任务。", "请确认文件里有任务和责任单位。")]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""The whole way from blocks to plan/1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from yingshang.methods.plan_grammar import (
    clauses,
    columns,
    document,
    findings,
    paragraphs,
    rules,
    shadow,
    tables,
    tasks,
    tree,
    words,
)
from yingshang.methods.plan_grammar.blocks import Block, Paragraph, Table, plain_text
from yingshang.methods.plan_grammar.paragraphs import Passage
from yingshang.methods.plan_grammar.shadow import Shadow


def parse(blocks: Sequence[Block], text: str | None = None, *, today: date | None = None) -> dict[str, Any]:
    """Return what an official plan says, as plan/1 (``plan.schema.json``).

    blocks: the container's paragraphs and tables in the order of print.
    text: the plain text that the blocks' offsets count in; without it, what
        ``plain_text(blocks)`` says.
    today: with it, a date of issue that lies after it is reported.
    Never raises on any text; what could not be read stands in ``findings``.
    """
    printed = plain_text(blocks) if text is None else text
    found = paragraphs.passages(_without_layout_tables(blocks))
    texts = [one for one in found if isinstance(one, Passage)]
    cells = [
        shadow.of(cell.text, cell.start) for block in blocks if isinstance(block, Table) for cell in block.cells[:80]
    ]
    stated = document.read(_headed(found), cells, printed)
    refused = findings.spun(printed)
    if refused:
        return _plan(stated, [], [], [refused, *findings.of_text(printed, stated)])
    root = tree.build(found, stated.titles, stated.year)
    made, first_is_lead = _tasks(root, printed, stated.year)
    first_is_lead |= any(rules.states_first_named(text.text) for text in texts)
    _apply_rules(made, texts, first_is_lead, printed)
    plan_tasks = sorted(made, key=lambda task: (task["source"]["start"], task["source"]["end"]))
    has_table = any(
        isinstance(one, Table) and len(one.cells) > 5 and columns.header(columns.grid(one)) for one in found
    )
    reported = [
        *findings.of_outcome(printed, plan_tasks, stated, has_table),
        *findings.of_tree(root, plan_tasks, printed),
        *(one for task in plan_tasks for one in findings.of_task(task, printed, stated.year)),
        *findings.of_text(printed, stated),
    ]
    if today and stated.issue_date and stated.issue_date > today:
        reported.append(findings.finding(findings.WARNING, "成文日期晚于今天。", "核对原件上的日期。", (0, 0)))
    return _plan(stated, _sections(root, plan_tasks, printed), plan_tasks, reported)


def _plan(
    stated: document.Document,
    sections: list[dict[str, Any]],
    made: list[dict[str, Any]],
    reported: list[dict[str, Any]],
) -> dict[str, Any]:
    return {"schema": "plan/1", "doc": stated.as_dict(), "sections": sections, "tasks": made, "findings": reported}


def _headed(found: list[Passage | Table]) -> list[Passage]:
    """Return the paragraphs, and the title rows of tables among them, for a title may be a table's first row."""
    out: list[Passage] = []
    for one in found:
        if isinstance(one, Passage):
            out.append(one)
            continue
        per_row = Counter(cell.row for cell in one.cells)
        out += [
            Passage(shadow.of(cell.text, cell.start))
            for cell in one.cells
            if cell.row < 3 and per_row[cell.row] == 1 and cell.columns > 1
        ]
    return out


def _without_layout_tables(blocks: Sequence[Block]) -> list[Block]:
    """A table without role columns is layout, or holds clauses in its text: its cells are paragraphs."""
    out: list[Block] = []
    layout: columns.Columns | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(block)
            continue
        filled = columns.grid(block)
        own = columns.header(filled)
        if own or (layout and layout.count == filled.columns):
            layout = own or layout
            out.append(block)
            continue
        turned = Table(tuple(columns.turned(block.cells)), block.is_wrapped)
        form = columns.header(columns.grid(turned))
        if form and form.first_row == 1:
            out.append(turned)
            continue
        out += [Paragraph(cell.text, cell.start) for cell in block.cells]
    return out


def _tasks(root: tree.Node, printed: str, year: int | None) -> tuple[list[dict[str, Any]], bool]:
    made: list[dict[str, Any]] = []
    first_is_lead = False
    layout: columns.Columns | None = None
    for node in root.walk():
        own = tasks.of_node(node, printed, year)
        made += own
        first_is_lead |= any(clause.assigned.first_is_lead for clause in node.found)
        for table in node.tables:
            rows, layout, ruled = tables.read(table, layout, tasks.path_of(node, printed), printed, year)
            made += rows
            first_is_lead |= ruled
    return made, first_is_lead


def _apply_rules(made: list[dict[str, Any]], texts: list[Passage], first_is_lead: bool, printed: str) -> None:
    if first_is_lead:
        for task in made:
            if not task["lead_units"] and task["responsible_units"]:
                task["lead_by_convention"] = task["responsible_units"][:1]
    if any(rules.states_responsible_is_lead(text.text) for text in texts):
        for task in made:
            if not task["lead_units"]:
                task["lead_by_convention"] = task["lead_by_convention"] or list(task["responsible_units"])
    for text in texts:
        rule = rules.standing(text.shadow)
        if not rule:
            continue
        units = [unit.name(printed) for unit in rule.units]
        for task in made:
            if not rule.below or task["source"]["end"] > rule.at:
                task["inherited_units"] += [unit for unit in units if unit not in task["inherited_units"]]


def _sections(root: tree.Node, made: list[dict[str, Any]], printed: str) -> list[dict[str, Any]]:
    """Return the headings that directly hold tasks or state an overall lead."""
    holding = {tuple(task["section_path"]) for task in made}
    sections = []
    for node in root.walk():
        if node.mark is None:
            continue
        path = tuple(tasks.path_of(node, printed))
        overall = _overall(node, printed)
        numbered = [task for task in made if task["section_path"] and tuple(task["section_path"]) == path]
        if not (overall or numbered) or (path not in holding and not overall):
            continue
        if node.has_clause and not node.children and not overall:
            continue
        sections.append({"label": node.mark.label or None, "title": path[-1] if path else "", "overall_lead": overall})
    listed = {section["title"] for section in sections}
    for task in made:
        if task["section_path"] and task["section_path"][-1] not in listed:
            listed.add(task["section_path"][-1])
            sections.append({"label": None, "title": task["section_path"][-1], "overall_lead": []})
    return sections


def _overall(node: tree.Node, printed: str) -> list[str]:
    """Return who leads a whole heading: its 总牵头单位, or a lead stated above tasks with own units."""
    spelled: list[str] = []
    has_tasks_below = any(below.has_clause for child in node.children for below in child.walk())
    for clause in node.found:
        if clause.is_overall or has_tasks_below:
            spelled += _names(clause, printed)
    return list(dict.fromkeys(spelled))


def _names(clause: clauses.Clause, printed: str) -> list[str]:
    units: list[Shadow] = clause.assigned.units[words.LEAD]
    return [unit.name(printed) for unit in units]

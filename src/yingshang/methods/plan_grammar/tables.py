"""Tables whose columns are roles: which rows are tasks, and who stands in them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from yingshang.methods.plan_grammar import (
    clauses,
    deadlines,
    names,
    numbering,
    people,
    roles,
    rules,
    shadow,
    tasks,
    tree,
    words,
)
from yingshang.methods.plan_grammar.blocks import Cell, Table
from yingshang.methods.plan_grammar.columns import (
    EMPTY,
    PATH,
    SERIAL,
    SERIAL_HEADER,
    TASK,
    Columns,
    Grid,
    grid,
    header,
    role_of,
)
from yingshang.methods.plan_grammar.shadow import Shadow


def read(
    table: Table, inherited: Columns | None, path: list[str], printed: str, year: int | None
) -> tuple[list[dict[str, Any]], Columns | None, bool]:
    """Return a table's tasks, its columns for the next page, and whether a first-named rule stood in it.

    inherited: the columns of the table before, for one that goes on without a header.
    path: titles of the headings the table stands under.
    """
    filled = grid(table)
    columns = header(filled)
    if columns is None and inherited and inherited.count == filled.columns:
        columns = Columns(inherited.roles, inherited.task_columns, 0, inherited.count)
    if columns is None or not columns.may_hold_tasks:
        return [], None, False
    reader = _Rows(filled, columns, list(path), printed, year, table.is_wrapped)
    return reader.tasks(), columns, reader.first_is_lead


@dataclass(slots=True)
class _Rows:
    filled: Grid
    columns: Columns
    path: list[str]
    printed: str
    year: int | None
    is_wrapped: bool
    first_is_lead: bool = False
    task_column: int = 0
    path_columns: list[int] = field(default_factory=list)

    def tasks(self) -> list[dict[str, Any]]:
        self._pick_task_column()
        built: list[dict[str, Any]] = []
        heads: list[str] = []
        done: dict[Cell, list[dict[str, Any]]] = {}
        for row in range(self.columns.first_row, self.filled.rows):
            cells = {cell for column in range(self.filled.columns) if (cell := self.filled.cell(row, column))}
            written = [cell for cell in cells if self.filled.shadows[cell].text]
            if not written or self._repeats_header(row):
                continue
            if len(written) == 1 and (written[0].columns > 1 or len(cells) == 1 or self._is_heading_cell(written[0])):
                self._heading(written[0], heads)
                continue
            cell = self.filled.cell(row, self.task_column)
            if cell is None or not self.filled.shadows[cell].text:
                continue
            assigned = self._assigned(row)
            if cell in done:
                for task in done[cell]:
                    self._add(task, assigned)
                continue
            made = self._tasks_of(cell, row, assigned, [*self.path, *heads, *self._row_path(row)])
            done[cell] = made
            built += made
        return [task for task in built if any(task[f"{role}_units"] for role in words.UNIT_ROLES) or task["people"]]

    def _pick_task_column(self) -> None:
        """The finest task column holds the text; coarser or merged ones to its left are its path."""
        candidates = list(self.columns.task_columns)
        if not candidates:
            free = [
                c for c in range(self.filled.columns) if c not in self.columns.roles or self.columns.roles[c] == PATH
            ]
            candidates = [(1, max(free, key=self._length))] if free else [(1, 0)]
        merged = {column: self._is_merged(column) for _, column in candidates}
        unmerged = [one for one in candidates if not merged[one[1]]] or candidates
        serious = [one for one in unmerged if one[0] > 2] or unmerged
        longest = max(self._length(column) for _, column in serious)
        best = max(serious, key=lambda one: (self._length(one[1]) >= longest * 0.6, one[0], one[1]))
        self.task_column = best[1]
        self.path_columns = [
            c for c in sorted(self.columns.roles) if self.columns.roles[c] == PATH and c != self.task_column
        ]
        self.path_columns += [column for _, column in candidates if column < self.task_column and merged[column]]
        self.path_columns = sorted(set(self.path_columns))

    def _length(self, column: int) -> int:
        cells = {self.filled.cell(row, column) for row in range(self.columns.first_row, self.filled.rows)}
        return sum(len(self.filled.shadows[cell]) for cell in cells if cell and cell.columns < self.filled.columns)

    def _is_merged(self, column: int) -> bool:
        return any(
            cell.rows > 1 and cell.columns < self.filled.columns
            for row in range(self.columns.first_row, self.filled.rows)
            if (cell := self.filled.cell(row, column))
        ) and any(
            cell.rows == 1
            for _, c in self.columns.task_columns
            if c != column
            for row in range(self.columns.first_row, self.filled.rows)
            if (cell := self.filled.cell(row, c))
        )

    def _repeats_header(self, row: int) -> bool:
        labels = {self.filled.text(row, c).text.replace("\n", "") for c in range(self.filled.columns)} - {""}
        matched = [
            text
            for text in labels
            if len(text) <= 16
            and (role_of(text) or SERIAL_HEADER.match(text))
            and not (names.is_unit_like(text) and role_of(text) == "")
        ]
        return len(matched) >= 2 and len(matched) >= len(labels) * 0.5

    def _is_heading_cell(self, cell: Cell) -> bool:
        mark = numbering.at_start(self.filled.shadows[cell])
        return bool(mark and mark.kind in ("part", "cn", "pcn"))

    def _heading(self, cell: Cell, heads: list[str]) -> None:
        text = self.filled.shadows[cell]
        mark = numbering.at_start(text)
        if re.match(r"^(?:注|备注|说明|合计|填报)[:：]", text.text):
            self.first_is_lead |= rules.states_first_named(text.text)
            return
        title = text.part(mark.end if mark else 0)
        node = tree.Node(mark, [title], text=title)
        node.found, _ = clauses.find(title, self.year)
        spelled = tree.title_of(node, self.printed)
        inner = bool(mark and mark.kind in ("pcn", "d", "pd") and heads)
        del heads[1 if inner else 0 :]
        if spelled:
            heads.append(spelled)

    def _row_path(self, row: int) -> list[str]:
        titles: list[str] = []
        for column in self.path_columns:
            text = self.filled.text(row, column)
            mark = numbering.at_start(text)
            title = text.part(mark.end if mark else 0).strip(" \n。:")
            if title.text and not EMPTY.match(title.text):
                spelled = title.name(self.printed).replace("\n", "")
                if spelled not in titles:
                    titles.append(spelled)
        return titles

    def _assigned(self, row: int) -> roles.Assigned:
        whole = roles.Assigned()
        seen: set[Cell] = set()
        for column, role in sorted(self.columns.roles.items()):
            cell = self.filled.cell(row, column)
            if cell is None or cell in seen or role in (TASK, PATH, SERIAL, words.OTHER):
                continue
            seen.add(cell)
            text = self.filled.shadows[cell]
            if EMPTY.match(text.text):
                continue
            if role == words.PEOPLE:
                whole.people += people.read(text)
            elif role == words.DEADLINE:
                field_text = text.strip(" \n\t。;,、:()")
                whole.deadlines += [(field_text, found) for found in deadlines.in_field(text, self.year)]
            else:
                whole = roles.together(whole, roles.read(text, self.year, default=role))
        self.first_is_lead |= whole.first_is_lead
        return whole

    def _number(self, row: int) -> str | None:
        for column, role in self.columns.roles.items():
            if role == SERIAL:
                text = self.filled.text(row, column).text.strip("()、. \n")
                return text or None
        return None

    def _shares_number(self, row: int) -> bool:
        """Say whether one serial number reaches over several rows."""
        serials = [column for column, role in self.columns.roles.items() if role == SERIAL]
        return any((cell := self.filled.cell(row, column)) is not None and cell.rows > 1 for column in serials)

    def _tasks_of(self, cell: Cell, row: int, assigned: roles.Assigned, path: list[str]) -> list[dict[str, Any]]:
        text = self.filled.shadows[cell]
        built = []
        parts = self._parts(text)
        for part in parts:
            mark = numbering.at_start(part)
            serial = self._number(row)
            has_own = len(parts) > 1 or not serial or (mark is not None and self._shares_number(row))
            number = mark.number if mark and has_own else serial
            if mark and mark.kind != "bare" and (has_own or mark.kind == "d"):
                part = part.part(mark.end)
            inline, _ = clauses.find(part, self.year)
            own = [clause for clause in inline if not clause.is_overall]
            task = tasks.build(part, (0, len(part)), own, self.printed, self.year, number=number, path=path)
            if task:
                self._add(task, assigned)
                built.append(task)
        return built

    def _parts(self, text: Shadow) -> list[Shadow]:
        """A cell with numbered lines, or with whole sentences line by line, holds several tasks."""
        lines = self._lines(text)
        if len(lines) > 1:
            marks = [numbering.at_start(line) for line in lines]
            if marks[0] and sum(1 for mark in marks if mark and mark.kind == marks[0].kind) > 1:
                return self._by_mark(lines, [bool(mark and mark.kind == marks[0].kind) for mark in marks])
            if not self.is_wrapped and all(re.search(r"[。;]$", line.text) and len(line) > 5 for line in lines):
                return lines
        first = numbering.at_start(text)
        for kind, run in numbering.inside(text).items():
            if first and first.kind == kind and run and run[0].value == first.value + 1:
                bounds = [0, *(mark.start for mark in run), len(text)]
                return [text.part(a, b) for a, b in itertools.pairwise(bounds)]
        return [text]

    def _lines(self, text: Shadow) -> list[Shadow]:
        lines, begin = [], 0
        for place in [*(m.start() for m in re.finditer("\n", text.text)), len(text)]:
            line = text.part(begin, place)
            begin = place + 1
            if line.text.strip():
                lines.append(line)
        return lines

    def _by_mark(self, lines: list[Shadow], begins: list[bool]) -> list[Shadow]:
        parts: list[list[Shadow]] = []
        for line, is_first in zip(lines, begins, strict=True):
            if is_first or not parts:
                parts.append([line])
            else:
                parts[-1].append(line)
        return [shadow.join(part) for part in parts]

    def _add(self, task: dict[str, Any], assigned: roles.Assigned) -> None:
        tasks.assign(task, assigned, self.printed)
        tasks.add_deadlines(task, assigned.deadlines, self.printed)

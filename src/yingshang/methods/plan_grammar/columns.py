"""The columns of a table: which holds the task, which the units of which role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar import shadow, words
from yingshang.methods.plan_grammar.blocks import Cell, Table
from yingshang.methods.plan_grammar.shadow import Shadow

TASK = "task"
PATH = "path"
SERIAL = "serial"
SERIAL_HEADER = re.compile(r"^(?:序号|编号|项次|序|项目编号|任务编号|任务序号|No\.?|NO\.?)$")
# Higher counts first: where several columns speak of the task, the finest is its text.
_TASK_HEADERS = (
    (
        9,
        re.compile(
            r"(?:具体任务|具体措施|具体内容|具体事项|任务内容|工作内容|细化措施|任务分解|改革措施|工作措施|主要措施|重点措施|主要举措|工作举措|改革举措|推进举措|落实措施|整改措施|任务清单|分解任务|措施内容|主要任务措施)"
        ),
    ),
    (
        7,
        re.compile(
            r"(?:工作任务|重点任务|主要任务|目标任务|任务事项|工作事项|改革事项|改革任务|任务名称|任务要求|重点工作|工作要点|主要内容|主要工作|年度任务|工作项目|改革内容|建设内容|建设任务|任务举措|任务|措施|举措)"
        ),
    ),
    (
        5,
        re.compile(
            r"^(?:内容|事项|事项名称|项目|项目名称|工作|要点|指标任务|指标名称|主要指标|问题|工作安排|内容及要求|报告内容|政策措施|政策内容)$"
        ),
    ),
    (2, re.compile(r"(?:工作目标|目标要求|年度目标|预期目标|目标|工作要求|成果形式|工作标准|评价标准|要求)")),
)
_PATH_HEADER = re.compile(
    r"(?:类别|领域|分类|板块|方面|专项|类型|大项|大类|章节|行动名称|指标类|一级|专题|环节|任务类|所属|名称$)"
)
_IGNORED = re.compile(r"(?:备注|联系电话|联系方式|电话|完成情况|进展|说明|签字|依据|来源|总投资|投资|金额|状态|是否)")
EMPTY = re.compile(r"^[\s\-—–/\\.·无〇○]*$")


@dataclass(slots=True)
class Columns:
    """What each column of a table holds."""

    roles: dict[int, str] = field(default_factory=dict)
    task_columns: list[tuple[int, int]] = field(default_factory=list)
    first_row: int = 0
    count: int = 0

    @property
    def precision(self) -> tuple[int, int]:
        """How much a header says: a second row may part 责任单位 into 牵头单位 and 协办单位."""
        return len(self.roles), len(set(self.roles.values()))

    @property
    def may_hold_tasks(self) -> bool:
        """Whether a column is left for what is to be done; a list of contacts has none."""
        return bool(self.task_columns) or len([role for role in self.roles.values() if role != PATH]) < self.count

    @property
    def has_units(self) -> bool:
        """Whether a column holds units."""
        return any(role in words.UNIT_ROLES for role in self.roles.values())


@dataclass(slots=True)
class Grid:
    """A table with every place filled: merged cells repeated where they reach."""

    places: dict[tuple[int, int], Cell]
    rows: int
    columns: int
    shadows: dict[Cell, Shadow]

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place."""
        return self.places.get((row, column))

    def text(self, row: int, column: int) -> Shadow:
        """Return the shadow of the cell that covers a place."""
        cell = self.places.get((row, column))
        return self.shadows[cell] if cell else shadow.EMPTY


def grid(table: Table) -> Grid:
    """Return a table with merged cells carried to every place they cover."""
    places: dict[tuple[int, int], Cell] = {}
    shadows: dict[Cell, Shadow] = {}
    rows = columns = 0
    for cell in table.cells:
        lines, begin = [], 0
        for line in cell.text.split("\n"):
            lines.append(shadow.of(line, cell.start + begin))
            begin += len(line) + 1
        shadows[cell] = shadow.join(lines, "" if table.is_wrapped else "\n")
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                places.setdefault((row, column), cell)
        rows, columns = max(rows, cell.row + cell.rows), max(columns, cell.column + cell.columns)
    return Grid(places, rows, columns, shadows)


def header(filled: Grid) -> Columns | None:
    """Return what the columns hold, from the first rows that name roles; None if none do."""
    for first in range(min(filled.rows, 8)):
        best: Columns | None = None
        for depth in (1, 2, 3):
            if first + depth > filled.rows:
                break
            found = _read_header(filled, first, depth)
            if (
                found
                and (best is None or found.precision > best.precision)
                and (depth == 1 or _is_header_row(filled, first + depth - 1))
            ):
                best = found
        if best:
            return best
    return None


def _is_header_row(filled: Grid, row: int) -> bool:
    texts = {filled.text(row, column).text.replace("\n", "") for column in range(filled.columns)}
    labels = [
        text
        for text in texts
        if text and len(text) <= 16 and (role_of(text) or _task_score(text) or SERIAL_HEADER.match(text))
    ]
    return len(labels) >= max(2, len([t for t in texts if t]) * 0.6)


def _read_header(filled: Grid, first: int, depth: int) -> Columns | None:
    columns = Columns(first_row=first + depth, count=filled.columns)
    for column in range(filled.columns):
        labels = dict.fromkeys(filled.text(row, column).text.replace("\n", "") for row in range(first, first + depth))
        texts = [label for label in labels if label]
        if any(len(text) > 22 for text in texts):
            return None
        role = ""
        for text in reversed(texts):
            role = role or role_of(text)
        joined = "".join(texts)
        score = max((_task_score(text) for text in texts), default=0)
        if role in (*words.UNIT_ROLES, words.PEOPLE, words.DEADLINE):
            columns.roles[column] = role
        elif any(SERIAL_HEADER.match(text) for text in texts):
            columns.roles[column] = SERIAL
        elif score:
            columns.task_columns.append((score, column))
            columns.roles[column] = TASK
        elif _IGNORED.search(joined):
            columns.roles[column] = words.OTHER
        elif _PATH_HEADER.search(joined):
            columns.roles[column] = PATH
    return columns if columns.has_units and len(columns.roles) >= 2 else None


def role_of(text: str) -> str:
    """Return the role of a column by the longest label in its header."""
    bare = re.sub(r"[\s:(（)）]*$", "", text)
    best: tuple[int, str] = (0, "")
    for found in words.HEADER.finditer(text):
        if found.lastgroup and found.lastgroup != words.OTHER and len(found[0]) > best[0]:
            best = (len(found[0]), found.lastgroup)
    if best[1] == words.PEOPLE and re.search(r"(?:单位|部门)(?:及|和|、|/|\()", text):
        return words.RESPONSIBLE
    if best[1] == words.OVERALL:
        return words.LEAD
    if best[1]:
        if best[1] == words.DEADLINE and _task_score(text) > 5:
            return ""
        return best[1]
    short = {
        "牵头": words.LEAD,
        "主办": words.LEAD,
        "主责": words.LEAD,
        "配合": words.SUPPORT,
        "协办": words.SUPPORT,
        "参与": words.SUPPORT,
        "负责": words.RESPONSIBLE,
        "责任": words.RESPONSIBLE,
        "承办": words.RESPONSIBLE,
        "落实": words.RESPONSIBLE,
        "单位": words.RESPONSIBLE,
        "部门": words.RESPONSIBLE,
        "牵头(主责)": words.LEAD,
        "督导": words.OVERSIGHT,
        "督办": words.OVERSIGHT,
        "领导": words.PEOPLE,
        "时限": words.DEADLINE,
    }
    return short.get(bare, "")


def _task_score(text: str) -> int:
    for score, pattern in _TASK_HEADERS:
        if pattern.search(text):
            return score
    return 0


def turned(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield the cells of a form whose labels stand in the first column, as a table with a header row."""
    for cell in cells:
        yield Cell(cell.text, cell.start, cell.column, cell.row, cell.columns, cell.rows)

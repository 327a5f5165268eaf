"""Tables of tasks: which column says what, and a task for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yingshang.methods.plan_grammar.blocks import Cell, Table
from yingshang.methods.plan_grammar.clauses import Assigned, clauses_in, read_clause
from yingshang.methods.plan_grammar.names import SUFFIX
from yingshang.methods.plan_grammar.numbering import number_at
from yingshang.methods.plan_grammar.roles import LABEL, Role, role_of_label
from yingshang.methods.plan_grammar.shadow import Shadow, fold, shadow_of
from yingshang.methods.plan_grammar.tasks import Found

SERIAL = re.compile(r"^(?:序号|编号|序|号|项目序号|任务序号|No\.?)$")
MEASURE = re.compile(
    r"(?:具体|主要|工作|改革|重点|推进|落实|实施|细化|政策|创新|优化|任务|整改|对标|提升)*(?:措施|举措|内容|做法|任务内容|工作内容|事项内容|任务要求|工作要求|任务举措|要点|任务分解|细化任务|任务清单|改革事项|工作事项)"
)
TASK = re.compile(
    r"(?:重点|主要|工作|改革|目标|具体|年度|牵头|任务|一级|二级|三级|量化|试点|攻坚|提升|优化|专项)*(?:任务|工作|事项|项目|目标|行动|名称|任务名称|工作任务|重点工作|指标)(?:名称)?(?:和目标|及目标|目标)?"
)
GROUP = re.compile(
    r"(?:类别|分类|领域|板块|一级指标|指标|方面|项目类别|任务类别|工作类别|章节|大类|任务领域|工作领域|所属领域|维度|体系|模块)"
)
HEADER_ROWS = 4


@dataclass(frozen=True)
class Columns:
    """Which place of a row says what; several places may say the same."""

    header_rows: int
    serial: list[int]
    group: list[int]
    task: list[int]
    measure: list[int]
    units: list[tuple[int, Role]]
    time: list[int]
    people: list[int]


@dataclass
class _Row:
    number: str | None
    path: list[str]
    text: Shadow
    assigned: Assigned
    start: int
    end: int
    key: tuple[tuple[int, int], ...]


def columns_of(text: str, table: Table) -> Columns | None:
    """Return what the columns say, or None for a table that assigns nothing to units."""
    for height in (1, 2):
        for top in range(min(HEADER_ROWS, len(table.rows))):
            heads = _heads(text, table, top, height)
            columns = _mapped(heads, top + height)
            if columns is not None and columns.units:
                return columns
    return None


def tasks_of_table(text: str, table: Table, path: list[str], columns: Columns) -> Iterator[Found]:
    """Yield a task for each row; rows that go on with the row above are one with it."""
    section: list[str] = []
    pending: _Row | None = None
    for row in table.rows[columns.header_rows :]:
        banner = _banner(text, row)
        if banner is not None:
            section = [_without_number(banner)]
            continue
        if _repeats_header(text, row, columns):
            continue
        read = _read_row(text, row, [*path, *section], columns)
        if read is None:
            continue
        if pending is not None and _continues(read, pending):
            pending.assigned.merge(read.assigned)
            pending.end = max(pending.end, read.end)
            continue
        if pending is not None:
            yield _found(pending)
        pending = read
    if pending is not None:
        yield _found(pending)


def _heads(text: str, table: Table, top: int, height: int) -> list[str]:
    rows = table.rows[top : top + height]
    if len(rows) < height:
        return []
    width = max(map(len, rows))
    heads = []
    for place in range(width):
        cells = dict.fromkeys(row[place] for row in rows if place < len(row))
        heads.append("".join(re.sub(r"\s+", "", _cell(text, cell).folded) for cell in cells))
    return heads


def _mapped(heads: list[str], header_rows: int) -> Columns | None:
    serial, group, task, measure, time, people = [], [], [], [], [], []
    units: list[tuple[int, Role]] = []
    for place, head in enumerate(heads):
        if not head or len(head) > 24:
            continue
        label = LABEL.search(head)
        if SERIAL.match(head):
            serial.append(place)
        elif label and label["people"] and not label["unit"]:
            people.append(place)
        elif label and label["time"]:
            time.append(place)
        elif label and label["unit"]:
            units.append((place, role_of_label(head)))
        elif re.fullmatch(
            r"(?:牵头|主办|责任|配合|协办|承办|实施|落实|参与)(?:和配合)?|部门|单位|(?:责任|落实)主体|分工", head
        ):
            units.append(
                (place, role_of_label(f"{head}单位") if head not in {"部门", "单位", "分工"} else "responsible")
            )
        elif MEASURE.fullmatch(head) or re.search(r"措施|举措|内容", head):
            measure.append(place)
        elif TASK.fullmatch(head) or re.search(r"任务|工作|事项", head):
            task.append(place)
        elif GROUP.search(head):
            group.append(place)
    if not task and not measure and group:
        task, group = group[-1:], group[:-1]
    if not units or not (task or measure):
        return None
    return Columns(header_rows, serial, group, task, measure, units, time, people)


def _cell(text: str, cell: Cell) -> Shadow:
    whole = shadow_of(text, cell.start, cell.end)
    return whole.cut(0, len(whole))


def _raw_cell(text: str, cell: Cell) -> Shadow:
    """Return a cell with its line ends as spaces: they may stand between names."""
    stretch = text[cell.start : cell.end]
    flat = "".join(" " if character in "\n\r\t\u3000\u00a0" else character for character in stretch)
    return Shadow(flat, fold(flat), tuple(range(cell.start, cell.end)))


def _unit_cell(text: str, cell: Cell) -> Shadow:
    """Return a cell of units: a line end inside a name is dropped, one between names separates."""
    raw = _raw_cell(text, cell)
    keep: list[int] = []
    for place, character in enumerate(raw.printed):
        if character == " ":
            before = re.split(r"[、,;，；\s]", raw.folded[:place].rstrip())[-1]
            ended = raw.folded[:place].rstrip()[-1:] in "、,;:" or not raw.folded[:place].strip()
            if ended or not (SUFFIX.search(before) and len(before) > 2):
                continue
        keep.append(place)
    return Shadow(
        "".join(raw.printed[p] for p in keep), "".join(raw.folded[p] for p in keep), tuple(raw.origin[p] for p in keep)
    )


def _banner(text: str, row: tuple[Cell, ...]) -> str | None:
    """Return the words of a row that is one merged cell: a heading inside the table."""
    if len(row) > 1 and len(set(row)) == 1:
        words = _cell(text, row[0]).printed
        return words if words and len(words) <= 80 else None
    return None


def _repeats_header(text: str, row: tuple[Cell, ...], columns: Columns) -> bool:
    place, _ = columns.units[0]
    return place < len(row) and bool(LABEL.fullmatch(re.sub(r"\s+", "", _cell(text, row[place]).folded)))


def _read_row(text: str, row: tuple[Cell, ...], path: list[str], columns: Columns) -> _Row | None:
    def cells(places: list[int]) -> list[Cell]:
        return list(dict.fromkeys(row[place] for place in places if place < len(row)))

    tasks = [each for each in (_cell(text, cell) for cell in cells(columns.task)) if each.printed]
    measures = [each for each in (_cell(text, cell) for cell in cells(columns.measure)) if each.printed]
    body = measures or tasks
    if not body:
        return None
    above = [
        _without_number(each.printed) for each in (_cell(text, cell) for cell in cells(columns.group)) if each.printed
    ]
    if measures:
        above += [_without_number(each.printed) for each in tasks]
    main = body[-1]
    if len(body) > 1:
        above += [_without_number(each.printed) for each in body[:-1]]
    number, main = _numbered(text, cells(columns.serial), main)
    said = Assigned()
    used = []
    for place, role in columns.units:
        if place < len(row) and text[row[place].start : row[place].end].strip():
            used.append(row[place])
            said.merge(read_clause(_unit_cell(text, row[place]), role, in_cell=True))
    for cell in cells(columns.time):
        when = _cell(text, cell)
        if when.printed:
            used.append(cell)
            said.when.append(when)
    for cell in cells(columns.people):
        people = read_clause(_labeled(_raw_cell(text, cell)), in_cell=True).people
        said.people += people
    for clause in clauses_in(main):
        said.merge(read_clause(clause.inner))
    if not said.has_units and not tasks and not measures:
        return None
    spans = [main.span, *((cell.start, cell.end) for cell in used)]
    key = tuple((cell.start, cell.end) for cell in [*cells(columns.task), *cells(columns.measure)])
    return _Row(number, [*path, *above], main, said, min(s for s, _ in spans), max(e for _, e in spans), key)


def _labeled(cell: Shadow) -> Shadow:
    label = "责任领导:"
    return Shadow(label + cell.printed, label + cell.folded, (0,) * len(label) + cell.origin)


def _numbered(text: str, serial: list[Cell], main: Shadow) -> tuple[str | None, Shadow]:
    own = number_at(main.folded)
    stated = re.sub(r"\s+", "", _cell(text, serial[0]).folded) if serial else ""
    stated = stated.strip("().、")
    if own and own.level >= 3 and own.length < len(main):
        body = main.cut(own.length, len(main))
        return (stated or own.text), body
    return (stated or None), main


def _without_number(words: str) -> str:
    number = number_at(fold(words))
    return (words[number.length :] if number and number.level > 0 else words).strip(" 。：:；;")


def _continues(row: _Row, before: _Row) -> bool:
    """The same task cell in the next row, with other units: one task whose units stand in several rows."""
    return row.key == before.key and bool(row.key)


def _found(row: _Row) -> Found:
    path = [title for title in dict.fromkeys(row.path) if title]
    return Found(row.number, path, [row.text], row.assigned, row.start, row.end)

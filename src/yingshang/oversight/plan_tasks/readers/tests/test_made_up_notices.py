"""Made-up notices in the layouts of real ones, as text, web page and Word document.

What a clerk reads in each stands in ``corpus/`` in a short notation.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from docx import Document

from yingshang.methods import plan_grammar
from yingshang.oversight.plan_tasks import readers

CORPUS = Path(__file__).parent / "corpus"
FIELDS = {
    "L": "lead_units",
    "R": "responsible_units",
    "S": "support_units",
    "O": "oversight_units",
    "I": "inherited_units",
    "C": "lead_by_convention",
    "P": "people",
}


CASES: dict[str, dict[str, Any]] = {
    case["name"]: case
    for path in sorted(CORPUS.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
}


@dataclass
class Expected:
    """One task as a clerk reads it."""

    number: str | None
    units: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FIELDS.values()})
    deadlines: list[str] = field(default_factory=list)
    is_open: bool = False
    path: list[str] | None = None
    text: str | None = None


def expected(line: str) -> Expected:
    """Read one line of the notation: number | L:… | R:… | D:… | open | path:… | begin…end."""
    number, *parts = (part.strip() for part in line.split(" | "))
    task = Expected(None if number == "-" else number)
    for part in parts:
        key, _, rest = part.partition(":")
        if part == "open":
            task.is_open = True
        elif key == "path":
            task.path = rest.split(">")
        elif key == "D":
            task.deadlines = rest.split()
        elif key in FIELDS:
            task.units[FIELDS[key]] = rest.split()
        else:
            task.text = part
    return task


def containers(case: dict[str, Any], folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the case into each container that can hold it."""
    if "text" in case:
        (folder / "notice.txt").write_text(case["text"], encoding="utf-8")
        yield "text", folder / "notice.txt"
    if case.get("wrapped"):
        return
    (folder / "notice.html").write_text(_page(case), encoding="utf-8")
    yield "html", folder / "notice.html"
    _word(case, folder / "notice.docx")
    yield "docx", folder / "notice.docx"


def spans(rows: list[list[str]]) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield (row, column, rows, columns, text) of every cell that is no continuation."""
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text in ("^", "<"):
                continue
            across = down = 1
            while column + across < len(row) and row[column + across] == "<":
                across += 1
            while at + down < len(rows) and rows[at + down][column] == "^":
                down += 1
            yield at, column, down, across, text


def _page(case: dict[str, Any]) -> str:
    lines = case["text"].split("\n") if "text" in case else []
    page = [f"<p>{html.escape(line)}</p>" for line in [*case.get("before", []), *lines]]
    if "rows" in case:
        page.append("<table>")
        row = -1
        for at, _, down, across, text in spans(case["rows"]):
            page += ["<tr>"] * (at - row)
            row = at
            inner = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("//"))
            page.append(f"<td rowspan={down} colspan={across}>{inner}</td>")
        page.append("</table>")
    page += [f"<p>{html.escape(line)}</p>" for line in case.get("after", [])]
    return "<html><body>" + "".join(page) + "</body></html>"


def _word(case: dict[str, Any], path: Path) -> None:
    document = Document()
    lines = case["text"].split("\n") if "text" in case else []
    for line in [*case.get("before", []), *lines]:
        document.add_paragraph(line)
    if "rows" in case:
        rows = case["rows"]
        table = document.add_table(len(rows), len(rows[0]))
        for at, column, down, across, text in spans(rows):
            cell = table.cell(at, column).merge(table.cell(at + down - 1, column + across - 1))
            first, *more = text.split("//")
            cell.text = first
            for line in more:
                cell.add_paragraph(line)
    for line in case.get("after", []):
        document.add_paragraph(line)
    document.save(str(path))


def read(path: Path) -> tuple[dict[str, Any], str]:
    """Return plan/1 of a file and its plain text."""
    source = readers.read(path)
    return plan_grammar.parse(source.blocks, source.text), source.text


def compare(case: dict[str, Any], plan: dict[str, Any], text: str, tally: Counter[str]) -> list[str]:
    """Return every difference from what was expected; ``tally`` counts tasks and units for F1."""
    problems: list[str] = []
    left = list(plan["tasks"])
    for line in case["tasks"]:
        want = expected(line)
        tally["tasks wanted"] += 1
        tally["units wanted"] += sum(map(len, want.units.values()))
        task = next((task for task in left if _is_it(want, task)), None)
        if task is None:
            problems.append(f"missing: {line}")
            continue
        left.remove(task)
        tally["tasks right"] += 1
        problems += _differences(want, task, text, tally)
    for task in left:
        problems.append(f"not there: {task['number']} {task['text'][:40]}")
    tally["tasks found"] += len(plan["tasks"])
    tally["units found"] += sum(len(task[name]) for task in plan["tasks"] for name in FIELDS.values())
    for key, value in case.get("doc", {}).items():
        if str(plan["doc"][key]) != str(value):
            problems.append(f"doc {key}: {plan['doc'][key]!r}, not {value!r}")
    sections = [f"{section['title']}={','.join(section['overall_lead'])}" for section in plan["sections"]]
    if "sections" in case and sections != case["sections"]:
        problems.append(f"sections {sections}")
    if any(finding["level"] == "error" for finding in plan["findings"]) != case.get("fails", False):
        problems.append(f"errors: {[finding['what'] for finding in plan['findings'] if finding['level'] == 'error']}")
    return problems


def f1(tally: Counter[str], what: str) -> float:
    """Return the F1 of ``tasks`` or ``units``."""
    return 2 * tally[f"{what} right"] / (tally[f"{what} wanted"] + tally[f"{what} found"])


def _is_it(want: Expected, task: dict[str, Any]) -> bool:
    if task["number"] != want.number:
        return False
    begin, _, end = (want.text or "").partition("…")
    end = end or ("" if "…" in (want.text or "") else begin)
    bare = task["text"].replace("\n", "").rstrip()
    return bool(bare.startswith(begin) and bare.endswith(end))


def _differences(want: Expected, task: dict[str, Any], text: str, tally: Counter[str]) -> list[str]:
    problems = []
    for name, units in want.units.items():
        tally["units right"] += len(set(units) & set(task[name]))
        if task[name] != units:
            problems.append(f"{want.number} {name}: {task[name]}, not {units}")
    if task["open_list"] != want.is_open:
        problems.append(f"{want.number} open_list: {task['open_list']}")
    days = ["ongoing" if one["kind"] == "ongoing" else one["date"] or "none" for one in task["deadlines"]]
    if sorted(days) != sorted(want.deadlines):
        problems.append(f"{want.number} deadlines: {task['deadlines']}, not {want.deadlines}")
    if want.path is not None and task["section_path"] != want.path:
        problems.append(f"{want.number} path: {task['section_path']}")
    if text[task["source"]["start"] : task["source"]["end"]] != task["text"]:
        problems.append(f"{want.number} source does not cut out the text")
    return problems


@cache
def outcome(name: str) -> tuple[dict[str, list[str]], Counter[str]]:
    """Return the differences per container of a case, and its counts for F1; each case is read once."""
    case = CASES[name]
    tally: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        problems = {kind: compare(case, *read(path), tally) for kind, path in containers(case, Path(folder))}
    return problems, tally


@pytest.mark.parametrize("name", CASES)
def test_a_made_up_notice_is_read_as_a_clerk_reads_it(name):
    problems, _ = outcome(name)
    assert not any(problems.values()), problems


def test_units_and_task_boundaries_reach_the_wanted_f1():
    tally: Counter[str] = Counter()
    for name in CASES:
        tally += outcome(name)[1]
    assert min(f1(tally, "tasks"), f1(tally, "units")) >= 0.95

"""What the plan's text says about who owes what, as pure functions over plan/1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["lead", "responsible", "support", "oversight", "inherited"]

FIELD_OF_ROLE: Mapping[str, Role] = {
    "lead_units": "lead",
    "responsible_units": "responsible",
    "support_units": "support",
    "oversight_units": "oversight",
    "inherited_units": "inherited",
}
SUB_PLAN, CARRY_OUT, NAME_UNITS = "plan_tasks.file_sub_plan", "plan_tasks.carry_out", "plan_tasks.name_units"
"""What a unit may owe under a task: a sub-plan where the task has no date, else the task itself; and naming units."""

FINISH_STAGE, YEARLY_PLAN = "plan_tasks.finish_stage", "plan_tasks.file_yearly_plan"
SIGN_LETTER = "plan_tasks.sign_letter"
"""What a unit owes by its own plan: each stage, the letter; and the yearly plan itself."""

BY_DOCUMENT = frozenset({CARRY_OUT})
"""What is fulfilled by a document that the unit hands in. A sub-plan is fulfilled when the desk accepts it."""

PLANNED = frozenset({SUB_PLAN, CARRY_OUT, YEARLY_PLAN})
"""What a unit answers with a plan of its own, in stages."""

STRONGEST_FIRST: Sequence[Role] = ("lead", "responsible", "support", "inherited")


@dataclass(frozen=True)
class Named:
    """A unit or group as a task prints it, in a role."""

    role: Role
    printed: str
    is_lead_by_convention: bool = False


@dataclass(frozen=True)
class Resolved:
    """What the register of units makes of a printed name on a date.

    kind: ``unit``, ``group`` or ``unknown``. code: of the unit or group.
    concerned: a group with 有关, whose members a person has to name.
    needs_person: known, but a person should look (``why`` says it).
    """

    kind: Literal["unit", "group", "unknown"]
    code: str = ""
    concerned: bool = False
    needs_person: bool = False
    why: str = ""


@dataclass(frozen=True)
class OpenQuestion:
    """A thing a person must settle; the fields are those of the table of questions."""

    kind: str
    printed: str
    said: str
    suggestion: str = ""
    task_place: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Share:
    """What falls to one unit under a task: its strongest role, and the group it comes from, if it comes from one."""

    unit: str
    role: Role
    group: str = ""


def named_in(task: Mapping[str, Any]) -> list[Named]:
    """Return the units and groups a task of plan/1 names, each once per role, in the order printed."""
    by_convention = set(task["lead_by_convention"])
    found = [
        Named(role, printed, printed in by_convention)
        for field, role in FIELD_OF_ROLE.items()
        for printed in dict.fromkeys(task[field])
    ]
    return found + [Named("lead", name, True) for name in by_convention - {each.printed for each in found}]


def names_of(result: Mapping[str, Any]) -> list[str]:
    """Return every unit string of a plan/1, section leads included, each once."""
    tasks = [each.printed for task in result["tasks"] for each in named_in(task)]
    return list(dict.fromkeys([*(lead for section in result["sections"] for lead in section["overall_lead"]), *tasks]))


def questions_of(result: Mapping[str, Any], resolved: Mapping[str, Resolved]) -> list[OpenQuestion]:
    """Return what a person must settle before this plan/1 is published, in the order of the tasks.

    A name is asked about once, where it first stands: its answer holds for
    every task. ``resolved`` has an entry for each of ``names_of(result)``.
    """
    names = [*_about_names(result, resolved)]
    return [*names, *_about_wording(result, {question.printed for question in names})]


def _about_names(result: Mapping[str, Any], resolved: Mapping[str, Resolved]) -> Iterator[OpenQuestion]:
    first_place = {
        each.printed: place for place, task in reversed([*enumerate(result["tasks"], 1)]) for each in named_in(task)
    }
    for name in names_of(result):
        found, place = resolved[name], first_place.get(name)
        task = result["tasks"][place - 1] if place else None
        start, end = _where(name, task)
        if found.kind == "unknown":
            said = f"单位名录中没有“{name}”。"
            yield OpenQuestion("unknown_unit", name, said, found.why, place, start, end)
        elif found.concerned:
            said = f"“{name}”没有点名是哪些单位。发布后由牵头单位点名。"
            yield OpenQuestion("concerned_group", name, said, found.why, place, start, end)
        elif found.needs_person:
            yield OpenQuestion("doubtful_unit", name, f"“{name}”需要核实。", found.why, place, start, end)


def _where(name: str, task: Mapping[str, Any] | None) -> tuple[int | None, int | None]:
    """Return where a name stands last in its task: the unit clause closes the task."""
    at = task["text"].rfind(name) if task else -1
    if task is None or at < 0:
        return None, None
    start: int = task["source"]["start"] + at
    return start, start + len(name)


def _about_wording(result: Mapping[str, Any], asked: Set[str]) -> Iterator[OpenQuestion]:
    """Yield what the grammar doubts, but for names that are asked about already."""
    for finding in result["findings"]:
        if any(f"“{name}”" in finding["what"] for name in asked):
            continue
        start, end = finding.get("start"), finding.get("end")
        yield OpenQuestion(
            kind="finding",
            printed="",
            said=finding["what"],
            suggestion=finding.get("suggest") or "",
            task_place=place_at(result, start),
            start=start,
            end=end,
        )


def place_at(result: Mapping[str, Any], position: int | None) -> int | None:
    """Return the place of the task in whose source a position of the text lies, or None."""
    if position is None:
        return None
    for place, task in enumerate(result["tasks"], 1):
        if task["source"]["start"] <= position < task["source"]["end"]:
            return place
    return None


def shares_of(named: Iterable[tuple[Named, Sequence[str], str]]) -> list[Share]:
    """Return each unit's share in one task.

    named: what the task names, with the unit codes it stands for on the day
    and the code of the group (empty for a unit named itself). A unit that is
    named twice owes once: in its strongest role, and as itself rather than
    through a group. Units in oversight watch and owe nothing.
    """
    best: dict[str, Share] = {}
    for each, units, group in named:
        if each.role == "oversight":
            continue
        for unit in units:
            new = Share(unit, each.role, group)
            if unit not in best or _strength(new) < _strength(best[unit]):
                best[unit] = new
    return list(best.values())


def _strength(share: Share) -> tuple[int, bool]:
    return STRONGEST_FIRST.index(share.role), bool(share.group)

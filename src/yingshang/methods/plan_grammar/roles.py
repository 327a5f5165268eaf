"""Inside one unit clause: labels, verbs and lists, and who ends up in which role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from yingshang.methods.plan_grammar import deadlines, names, people, rules, words
from yingshang.methods.plan_grammar.shadow import Shadow

_PHRASE_END = re.compile(r"[、,;。\n()]")
_NAME_START = r"(?:各|县|市|区|州|省|旗|镇|乡|国网|全体|会同|联合)"


@dataclass(slots=True)
class Assigned:
    """What one clause says."""

    units: dict[str, list[Shadow]] = field(default_factory=lambda: {role: [] for role in words.UNIT_ROLES})
    people: list[Shadow] = field(default_factory=list)
    deadlines: list[tuple[Shadow, deadlines.Found]] = field(default_factory=list)
    open_list: bool = False
    first_is_lead: bool = False

    @property
    def has_units(self) -> bool:
        """Whether it names a unit in any role."""
        return any(self.units.values())


@cache
def _verb() -> re.Pattern[str]:
    after = rf"(?=$|[,;。、()\n]|会同|{_NAME_START}[\u4e00-\u9fff])"
    return re.compile("|".join(f"(?P<{role}>(?:{pattern}){after})" for role, pattern in words.VERBS))


def together(first: Assigned, second: Assigned) -> Assigned:
    """Return two clauses as one."""
    units = {role: first.units[role] + second.units[role] for role in words.UNIT_ROLES}
    return Assigned(
        units,
        first.people + second.people,
        first.deadlines + second.deadlines,
        first.open_list or second.open_list,
        first.first_is_lead or second.first_is_lead,
    )


def is_clause(text: str) -> bool:
    """Say whether a bracket holds a unit clause: a label, or a role verb that ends a phrase with a unit in it."""
    if words.UNIT_LABEL.search(text):
        return True
    return len(text) <= 400 and _has_verbal_phrase(text)


def is_pure_clause(text: str) -> bool:
    """Say whether a sentence without brackets is a unit clause and nothing else."""
    if words.LABEL.search(text) or not _has_verbal_phrase(text):
        return False
    rest = text
    for found in reversed(list(_phrases(text))):
        if found.group(0) and found.start() == 0:
            return False
        rest = rest[: found.start()] + "," + rest[found.end() :]
    listed = names.pieces(_plain(rest))
    bare = [re.sub(r"^(?:由|分别由|会同|联合)|等(?:有关|相关)?(?:部门|单位)?$", "", piece.text) for piece in listed]
    bare = [name for name in bare if name and not deadlines.in_text(_plain(name), None)]
    return bool(bare) and all(len(name) <= 20 and names.is_unit_like(name) for name in bare)


def _plain(text: str) -> Shadow:
    return Shadow(text, tuple(range(len(text))))


def _phrases(text: str) -> Iterable[re.Match[str]]:
    return _verb().finditer(text)


def _has_verbal_phrase(text: str) -> bool:
    begin = 0
    for verb in _phrases(text):
        before = text[begin : verb.start()]
        listed = [
            re.sub(r"^(?:由|会同)|等(?:[^、,;]{0,8})?$", "", piece.text) for piece in names.pieces(_plain(before))
        ]
        if listed and any(names.is_unit_like(name) and len(name) <= 25 for name in listed):
            return True
        begin = verb.end()
    return False


def read(clause: Shadow, year: int | None, *, default: str = "") -> Assigned:
    """Read a clause without its outer bracket.

    default: the role of names that no label and no verb claims (a table
        column's role); without one such names are nobody's.
    """
    assigned = Assigned()
    clause, assigned.first_is_lead = rules.without_first_named(clause)
    clause = rules.without_standing(clause)
    role = default
    begin = 0
    for label in words.LABEL.finditer(clause.text):
        if _balance(clause.text[: label.start()]) > 0 and clause.text[label.start()] not in "【[":
            continue
        _segment(clause.part(begin, label.start()), role, year, assigned)
        role = (label.lastgroup or "").removeprefix("short_")
        begin = label.end()
    _segment(clause.part(begin), role, year, assigned)
    return assigned


def _balance(text: str) -> int:
    return sum(letter in "(〔" for letter in text) - sum(letter in ")〕" for letter in text)


def _segment(segment: Shadow, role: str, year: int | None, assigned: Assigned) -> None:
    segment = segment.strip(" \n\t,;、。:")
    if not segment.text or role == words.OTHER:
        return
    if role == words.PEOPLE:
        assigned.people += people.read(segment)
        return
    if role == words.DEADLINE:
        assigned.deadlines += [(segment.strip(" \n\t。;,、:()"), found) for found in deadlines.in_field(segment, year)]
        return
    if role == words.OVERALL:
        role = words.LEAD
    found, ranges = deadlines.take_out(segment, year)
    assigned.deadlines += [(segment, one) for one in found]
    for part in _outside(segment, [(start, _with_what_is_due(segment, end)) for start, end in ranges]):
        _verbal(part, role, assigned)


def _with_what_is_due(segment: Shadow, end: int) -> int:
    """Return where the phrase of a deadline ends: 11月底前主体封顶 says what is due, not who."""
    stop = _PHRASE_END.search(segment.text, end)
    reached = stop.start() if stop else len(segment)
    rest = segment.text[end:reached]
    return end if names.is_unit_like(rest) or _has_verbal_phrase(rest) or _verb().search(rest) else reached


def _outside(segment: Shadow, ranges: list[tuple[int, int]]) -> list[Shadow]:
    parts, reached = [], 0
    for start, end in sorted(ranges):
        if start > reached:
            parts.append(segment.part(reached, start))
        reached = max(reached, end)
    parts.append(segment.part(reached))
    return [part for part in parts if part.text.strip(" ,;、。()")]


def _verbal(part: Shadow, role: str, assigned: Assigned) -> None:
    """Cut at verbs that end a phrase; all names since the verb before belong to it."""
    begin = 0
    for verb in _phrases(part.text):
        if _balance(part.text[begin : verb.start()]) > 0:
            continue
        if verb.start() == begin and begin == 0 and verb.end() == len(part.text):
            break
        _give(part.part(begin, verb.start()), verb.lastgroup or role, assigned)
        begin = verb.end()
    rest = part.part(begin).strip(" ,;、。")
    if rest.text:
        joined_by = rest.text.startswith(("会同", "联合"))
        _give(rest, role or (words.SUPPORT if joined_by else ""), assigned)


def _give(listed: Shadow, role: str, assigned: Assigned) -> None:
    """Add the names of a list to a role; 会同 parts who leads from whom it joins."""
    listed = listed.strip(" ,;、。:")
    if not listed.text:
        return
    joins = re.search(r"(?<=[\u4e00-\u9fff)])(?:会同|联合)(?=[\u4e00-\u9fff])", listed.text)
    if joins and names.is_unit_like(listed.text[: joins.start()].split("、")[-1]):
        _give(listed.part(0, joins.start()), words.LEAD, assigned)
        _give(listed.part(joins.end()), role if role != words.LEAD else words.RESPONSIBLE, assigned)
        return
    read_names = names.read(listed)
    assigned.open_list |= read_names.open_list
    for own_role, name in read_names.units:
        target = own_role or role
        if names.is_person(name.text):
            assigned.people.append(name)
            continue
        if target in assigned.units and is_name(name.text):
            assigned.units[target].append(name)


def is_name(text: str) -> bool:
    """Say whether a piece of a list is a name at all: not empty, not a sentence, not a number."""
    return (
        1 < len(text) <= 45
        and bool(re.search(r"[\u4e00-\u9fff]{2}", text))
        and not re.search(r"[。;!?:]|^(?:有关部门等|无|暂无|略)$", text)
    )

"""Find the clauses that assign a task to units, and read them.

A clause stands in brackets at the end of a task, on lines of its own under it,
or behind its last sentence; it has labels before lists, verbs behind lists, or
both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yingshang.methods.plan_grammar.conventions import FIRST_NAMED
from yingshang.methods.plan_grammar.deadlines import is_deadline
from yingshang.methods.plan_grammar.names import CLOSE, ETC, OPEN, SUFFIX, looks_like_unit, split_names
from yingshang.methods.plan_grammar.roles import LABELED, TOGETHER, VERB, Role, role_of_label, role_of_verb
from yingshang.methods.plan_grammar.shadow import EMPTY, Shadow

LONGEST_BRACKET = 600
MARKS = " \t·●○◆■*-—"


@dataclass
class Assigned:
    """What clauses say: names by role in the order printed, and what else stood there."""

    units: dict[Role, list[Shadow]] = field(default_factory=dict)
    open_list: bool = False
    when: list[Shadow] = field(default_factory=list)
    people: list[Shadow] = field(default_factory=list)
    unread: list[Shadow] = field(default_factory=list)
    first_is_lead: bool = False

    def add(self, role: Role, part: Shadow, *, spaces_separate: bool = False) -> None:
        """Read a list of names in a role."""
        names = split_names(part, spaces_separate=spaces_separate)
        self.open_list = self.open_list or names.open_list
        self.unread += names.unread
        have = self.units.setdefault(role, [])
        known = {name.printed for name in have}
        have += [name for name in names.names if name.printed not in known]

    def merge(self, other: Assigned) -> None:
        """Take over what another clause of the same task says."""
        for role, names in other.units.items():
            have = self.units.setdefault(role, [])
            known = {name.printed for name in have}
            have += [name for name in names if name.printed not in known]
        self.open_list = self.open_list or other.open_list
        self.when += other.when
        self.people += other.people
        self.unread += other.unread
        self.first_is_lead = self.first_is_lead or other.first_is_lead

    @property
    def has_units(self) -> bool:
        return any(names for role, names in self.units.items())

    @property
    def is_overall(self) -> bool:
        """Whether it only says who leads a whole chapter."""
        return bool(self.units.get("overall_lead")) and not any(
            names for role, names in self.units.items() if role != "overall_lead"
        )


@dataclass(frozen=True)
class Clause:
    """A clause in a shadow: where it stands, what it says, and whether it has a line of its own."""

    start: int
    end: int
    inner: Shadow
    own_line: bool = False


def clauses_in(part: Shadow) -> list[Clause]:
    """Return the clauses of a paragraph, in order; neighbors without a word between them are one."""
    line = _line(part)
    if line is not None:
        return [line]
    found = sorted([*_bracketed(part), *_tails(part)], key=lambda clause: clause.start)
    out: list[Clause] = []
    for clause in found:
        if out and clause.start < out[-1].end:
            continue
        if out and not re.search(r"[\w]", part.folded[out[-1].end : clause.start]):
            last = out.pop()
            inner = Shadow(
                f"{last.inner.printed};{clause.inner.printed}",
                f"{last.inner.folded};{clause.inner.folded}",
                (*last.inner.origin, last.inner.origin[-1], *clause.inner.origin),
            )
            clause = Clause(last.start, clause.end, inner, last.own_line and clause.own_line)
        out.append(clause)
    if len(out) == 1 and not re.search(r"\w", part.folded[: out[0].start] + part.folded[out[0].end :]):
        return [Clause(out[0].start, out[0].end, out[0].inner, own_line=True)]
    return out


def _line(part: Shadow) -> Clause | None:
    """A line that begins with a label, such as ``责任单位：县司法局``."""
    start = len(part.folded) - len(part.folded.lstrip(MARKS))
    label = LABELED.match(part.folded, start)
    if label is None or (label["time"] and not part.folded[label.end() :].strip()):
        return None
    return Clause(0, len(part), part.cut(start, len(part)), own_line=True)


def _bracketed(part: Shadow) -> Iterator[Clause]:
    text = part.folded
    depth = start = 0
    for place, character in enumerate(text):
        if character in "([{":
            if depth == 0:
                start = place
            depth += 1
        elif character in ")]}" and depth:
            depth -= 1
            if depth == 0 and _assigns(text[start + 1 : place], at_end=not text[place + 1 :].strip("。.;；!， ,")):
                yield Clause(start, _with_stop(text, place + 1), part.cut(start + 1, place))
    if depth and _assigns(text[start + 1 :], at_end=True):
        # The last bracket is missing: the clause ends where the paragraph does.
        yield Clause(start, len(text), part.cut(start + 1, len(text)))


def _with_stop(text: str, place: int) -> int:
    return place + 1 if text[place : place + 1] in {"。", ";", "."} else place


def _assigns(inner: str, *, at_end: bool) -> bool:
    if len(inner) > LONGEST_BRACKET:
        return False
    label = LABELED.search(inner)
    if label and not label["time"]:
        return True
    if _verbs(inner):
        return True
    pieces = [piece for piece in re.split(r"[、,;]", inner) if piece]
    return at_end and bool(pieces) and all(_is_plain_unit(piece) for piece in pieces)


def _is_plain_unit(piece: str) -> bool:
    stem = ETC.split(piece)[0]
    return (
        len(stem) >= 3
        and looks_like_unit(stem)
        and bool(re.search(r"(?:局|委|办|部|政府|部门|法院|检察院|公司|中心|单位|委员会)(?:\([^()]*\))?$", stem))
    )


def _verbs(inner: str) -> list[re.Match[str]]:
    """Return the verbs at ends of phrases whose phrase ends in something like a unit."""
    found = []
    for match in VERB.finditer(inner):
        phrase = re.split(r"[,;。]", inner[: match.start("verb")])[-1]
        last = re.split(r"[、及和]", phrase)[-1].strip() or phrase
        stem = ETC.split(last)[0] if ETC.search(last) else last
        if (
            stem
            and (SUFFIX.search(stem) or (ETC.search(last) and len(phrase) > 2))
            and _depth(inner[: match.start()]) == 0
        ):
            found.append(match)
    return found


def _depth(text: str) -> int:
    return sum(text.count(mark) for mark in OPEN) - sum(text.count(mark) for mark in CLOSE)


def _tails(part: Shadow) -> Iterator[Clause]:
    """Clauses without brackets behind the last sentence: ``……。责任单位：县司法局`` or ``……。县发改局牵头。``"""
    text = part.folded
    for label in LABELED.finditer(text):
        before = text[: label.start()].rstrip()
        if (
            (label["unit"] or label["people"])
            and _depth(before) == 0
            and (not before or before[-1] in "。;!?)]”.:" or text[label.start() - 1] == " ")
        ):
            yield Clause(label.start(), len(text), part.cut(label.start(), _tail_end(text, label.start())))
            return
    sentences = [*re.finditer(r"[^。]+(?:。|$)", text)]
    for sentence in sentences[-1:]:
        said = sentence.group().strip("。 ")
        if _is_verbal_sentence(said):
            yield Clause(sentence.start(), sentence.end(), part.cut(sentence.start(), sentence.end()))


def _tail_end(text: str, start: int) -> int:
    place = start
    while (stop := text.find("。", place)) >= 0:
        if not LABELED.match(text[stop + 1 :].lstrip()):
            return stop
        place = stop + 1
    return len(text)


def _is_verbal_sentence(said: str) -> bool:
    phrases = [phrase for phrase in re.split(r"[,;]", said) if phrase]
    if not phrases or len(said) > 160 or not re.search(r"牵头|负责|配合|落实", said):
        return False
    for phrase in phrases:
        verb = VERB.search(phrase)
        if verb is None or verb.end() != len(phrase) or verb.start() == 0:
            return False
        names = re.split(r"[、]|及|和", re.sub(r"^由", "", phrase[: verb.start()]))
        if not all(looks_like_unit(ETC.split(name)[0]) for name in names if name):
            return False
    return True


def read_clause(inner: Shadow, default: Role | None = None, *, in_cell: bool = False) -> Assigned:
    """Return what a clause says.

    default: the role of the column or label it stands under; verbs overrule it.
    in_cell: names may be separated by spaces and line ends.
    """
    said = Assigned()
    rule = FIRST_NAMED.search(inner.folded)
    if rule:
        said.first_is_lead = True
        inner = _without(inner, rule.start(), rule.end())
    labels = [label for label in LABELED.finditer(inner.folded) if _depth(inner.folded[: label.start()]) == 0]
    if not labels:
        _read_list(inner, default, said, in_cell)
        return said
    before = inner.cut(0, labels[0].start())
    if before.printed.strip("，,；;、 "):
        _read_list(before, default, said, in_cell)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        content = inner.cut(label.end(), following.start() if following else len(inner))
        _read_labeled(role_of_label(label.group()), content, said, in_cell)
    return said


def _read_labeled(role: Role, content: Shadow, said: Assigned, in_cell: bool) -> None:
    if role == "time":
        if content.printed:
            said.when.append(content)
    elif role == "people":
        said.people += split_names(content, spaces_separate=True).names
    elif role != "other":
        _read_list(content, role, said, in_cell)


def _read_list(content: Shadow, default: Role | None, said: Assigned, in_cell: bool) -> None:
    content = _without_deadlines(content, said)
    place = 0
    for match in _verbs(content.folded):
        if match.start("verb") <= place:
            continue
        names, role = content.cut(place, match.start("verb")), role_of_verb(match["verb"])
        together = TOGETHER.search(names.folded)
        if together:
            said.add(
                "lead" if role in {"lead", "responsible"} else role,
                names.cut(0, together.start()),
                spaces_separate=in_cell,
            )
            said.add("support", names.cut(together.end(), len(names)), spaces_separate=in_cell)
        else:
            said.add(role, names, spaces_separate=in_cell)
        place = match.end("verb")
    rest = content.cut(place, len(content))
    if not re.search(r"\w", rest.folded):
        return
    if default is not None:
        said.add(default, rest, spaces_separate=in_cell)
    elif place or all(_is_plain_unit(piece) for piece in re.split(r"[、,;]", rest.folded.strip("。, ;")) if piece):
        said.add("responsible", rest, spaces_separate=in_cell)
    else:
        said.unread.append(rest)


def _without_deadlines(content: Shadow, said: Assigned) -> Shadow:
    """Take out the phrases that say when."""
    kept, place = EMPTY, 0
    for stop in [*(match.start() for match in re.finditer(r"[,;。、]", content.folded)), len(content)]:
        phrase = content.cut(place, stop)
        if phrase.printed and is_deadline(phrase) and not SUFFIX.search(phrase.folded):
            said.when.append(phrase)
        else:
            raw = Shadow(
                content.printed[place : stop + 1], content.folded[place : stop + 1], content.origin[place : stop + 1]
            )
            kept = Shadow(kept.printed + raw.printed, kept.folded + raw.folded, kept.origin + raw.origin)
        place = stop + 1
    return kept


def _without(part: Shadow, start: int, end: int) -> Shadow:
    return Shadow(
        part.printed[:start] + part.printed[end:],
        part.folded[:start] + part.folded[end:],
        part.origin[:start] + part.origin[end:],
    )

"""A procedure in words, for its page: whoever reads it sees no code name that has a title."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yingshang.kernel import clock, org
from yingshang.kernel.errors import NotFound
from yingshang.kernel.procedures.definition import APPLICANT, CLOCK, HOLDER, LEAD, Definition, LimitRule
from yingshang.methods.dates import Unit

WORDS = {APPLICANT: "申请人", CLOCK: "到期自动", HOLDER: "承办单位", LEAD: "牵头单位"}
OUTCOMES = {
    "granted": "准予",
    "refused": "不予",
    "withdrawn": "撤回",
    "lapsed": "终止",
    "revoked": "撤销",
    "done": "办结",
}


@dataclass(frozen=True)
class Way:
    """One line of the table of moves."""

    line: str
    begins: str
    title: str
    to: str
    by: str
    needs: str


@dataclass(frozen=True)
class Period:
    """One line of the table of limits. ``length`` is empty where the limit is not in force on the day."""

    title: str
    code: str
    length: str
    source: str
    begins: str
    until: str
    on_miss: str


def ways(definition: Definition) -> list[Way]:
    """Return every move and join with its titles, in the order of the file. One query."""
    codes = {post for move in definition.moves for post in move.by}
    posts = WORDS | dict(org.Post.objects.filter(code__in=codes).values_list("code", "title"))
    moves = [
        Way(
            line=_line(definition, move.to),
            begins="、".join(definition.title_of(state) for state in move.begins),
            title=move.title,
            to=definition.title_of(move.to),
            by="、".join(posts.get(post, post) for post in move.by),
            needs="、".join(move.needs.values()),
        )
        for move in definition.moves
    ]
    joins = [
        Way("", definition.title_of(join.begins), join.title, definition.title_of(join.to), "各分支办结后自动", "")
        for join in definition.joins
    ]
    return moves + joins


def periods(definition: Definition, day: date) -> list[Period]:
    """Return the limits with their lengths as in force on a day. One query."""
    return [_period(definition, rule, day) for rule in definition.limits.values()]


def outcomes(definition: Definition) -> list[tuple[str, str]]:
    """Return the final states and what each means."""
    return [(definition.states[state], OUTCOMES[outcome]) for state, outcome in definition.final.items()]


def _line(definition: Definition, state: str) -> str:
    key = definition.line_of(state)
    return definition.branches[key].title if key else ""


def _period(definition: Definition, rule: LimitRule, day: date) -> Period:
    try:
        limit = clock.limit_on(rule.limit, day)
    except NotFound:
        length, source = "", ""
    else:
        own = f"{rule.amount}{Unit(limit.unit).word}" if rule.amount else ""
        length, source = own or limit.length, limit.source
    if rule.extends:
        begins, until = f"延长“{definition.limits[rule.extends].title}”", ""
    else:
        begins = definition.title_of(rule.begins)
        until = "、".join(definition.title_of(state) for state in rule.until)
    on_miss = definition.title_of_move(rule.on_miss) if rule.on_miss else ""
    return Period(rule.title, rule.limit, length, source, begins, until, on_miss)

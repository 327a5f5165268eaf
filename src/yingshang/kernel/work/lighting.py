"""The lamp of an obligation on a day: computed, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from yingshang.kernel import clock
from yingshang.kernel.work.lamp_rules import GRAY, LAMP_RULES
from yingshang.kernel.work.models import LampRule
from yingshang.methods.dates import Calendar

ANY_KIND = "*"
WORDS = {"gray": "未定期限", "green": "正常", "yellow": "临近或轻微超期", "red": "超期"}


@dataclass(frozen=True)
class Lamp:
    """A color, its word, and the rule that lit it. ``source`` is empty where the county has not named one."""

    color: str
    word: str
    rule: str
    source: str


class Datable(Protocol):
    """What a lamp is lit from: an obligation, or a row with these columns of it."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def clock_id(self) -> int | None: ...
    @property
    def due_date(self) -> date | None: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def closed_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Lights:
    """What lamps are lit by, read once for many questions: every edition of every rule, and the calendar."""

    rules: Mapping[str, Sequence[LampRule]]
    calendar: Calendar

    def rules_for(self, kind: str) -> Sequence[LampRule]:
        """Return the editions of the rule for a kind of obligation, oldest first; its own, or that of every other."""
        return self.rules.get(kind) or self.rules.get(ANY_KIND, ())

    def rule_on(self, kind: str, on: date) -> LampRule | None:
        """Return the rule in force for a kind on a day: its own, or that of every other kind."""
        for named in (kind, ANY_KIND):
            for rule in self.rules.get(named, ()):
                if rule.effective_from <= on and (rule.effective_to is None or on <= rule.effective_to):
                    return rule
        return None


def lights() -> Lights:
    """Return what lamps are lit by now. Two queries."""
    rules: dict[str, list[LampRule]] = defaultdict(list)
    for rule in LampRule.objects.order_by("kind", "effective_from"):
        rules[rule.kind].append(rule)
    return Lights(rules, clock.calendar())


def lamp(obligation: Datable, on: date) -> Lamp:
    """Return the lamp of one obligation on a day. Two queries."""
    return lamps([obligation], on)[obligation.pk]


def lamps(obligations: Iterable[Datable], on: date, *, by: Lights | None = None) -> dict[int, Lamp]:
    """Return the lamps of many obligations on a day, by id. Two queries, whatever their number; none with ``by``.

    A closed obligation shows the lamp of the day it was closed.
    """
    held = by or lights()
    return {
        obligation.pk: _lit(obligation, held.rule_on(obligation.kind, on), on, held.calendar)
        for obligation in obligations
    }


def _lit(obligation: Datable, rule: LampRule | None, on: date, calendar: Calendar) -> Lamp:
    if obligation.due_date is None or rule is None:
        paused = obligation.clock_id is not None and obligation.due_date is None
        return Lamp(
            GRAY, "已停止计时" if paused else WORDS[GRAY], rule.rule if rule else "", rule.source if rule else ""
        )
    day = min(on, clock.beijing_date(obligation.closed_at)) if obligation.closed_at else on
    function, _ = LAMP_RULES[rule.rule]
    color = function(clock.beijing_date(obligation.opened_at), obligation.due_date, day, calendar, rule.thresholds)
    return Lamp(color, WORDS[color], rule.rule, rule.source)

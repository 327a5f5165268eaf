"""The lamp of an obligation on a day: computed, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yingshang.kernel import clock
from yingshang.kernel.work.lamp_rules import GRAY, LAMP_RULES
from yingshang.kernel.work.models import LampRule, Obligation
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


def lamp(obligation: Obligation, on: date) -> Lamp:
    """Return the lamp of one obligation on a day. Two queries."""
    return lamps([obligation], on)[obligation.pk]


def lamps(obligations: Iterable[Obligation], on: date) -> dict[int, Lamp]:
    """Return the lamps of many obligations on a day, by id. Two queries, whatever their number.

    A closed obligation shows the lamp of the day it was closed.
    """
    rules = _rules_on(on)
    calendar = clock.calendar()
    return {obligation.pk: _lit(obligation, rules, on, calendar) for obligation in obligations}


def _rules_on(on: date) -> dict[str, LampRule]:
    standing = Q(effective_to=None) | Q(effective_to__gte=on)
    return {rule.kind: rule for rule in LampRule.objects.filter(standing, effective_from__lte=on)}


def _lit(obligation: Obligation, rules: dict[str, LampRule], on: date, calendar: Calendar) -> Lamp:
    rule = rules.get(obligation.kind) or rules.get(ANY_KIND)
    if obligation.due_date is None or rule is None:
        paused = obligation.clock_id is not None and obligation.due_date is None
        return Lamp(
            GRAY, "已停止计时" if paused else WORDS[GRAY], rule.rule if rule else "", rule.source if rule else ""
        )
    day = min(on, clock.beijing_date(obligation.closed_at)) if obligation.closed_at else on
    function, _ = LAMP_RULES[rule.rule]
    color = function(clock.beijing_date(obligation.opened_at), obligation.due_date, day, calendar, rule.thresholds)
    return Lamp(color, WORDS[color], rule.rule, rule.source)

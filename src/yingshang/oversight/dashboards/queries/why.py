"""Why a lamp burns as it does: the rule, the clock, its pauses, and what is on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yingshang.kernel import access, clock, documents, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.dashboards.queries.watching import MONTHS


@dataclass(frozen=True)
class Why:
    """One duty with everything that its lamp comes from. lamp: None where only counts of the unit come in."""

    obligation: work.Obligation
    lamp: work.Lamp | None
    rule: work.LampRule | None
    remaining: clock.Remaining | None
    pauses: Sequence[clock.Pause]
    extensions: Sequence[clock.Extension]
    facts: Sequence[work.ObligationFact]
    months: Sequence[work.MonthLamp]
    ground: work.Ground | None
    documents: Sequence[documents.Document]

    @property
    def rule_in_words(self) -> str:
        """How the rule lights, with its numbers."""
        return rule_words(self.rule)


def why(actor: Actor, obligation_id: int, on: date) -> Why:
    """Return one duty with its ground and the reasons of its lamp. Raises NotFound for what the actor may not see.

    Queries: fixed.
    """
    rows = access.visible(actor, "work.see_obligation").select_related("unit", "clock__limit")
    found: work.Obligation | None = rows.filter(pk=obligation_id, unit__isnull=False, is_sealed=False).first()
    if found is None or found.unit is None:
        raise NotFound("这项应办事项")
    shown = not found.unit.counts_only
    by = work.lights()
    day = min(on, clock.beijing_date(found.closed_at)) if found.closed_at else on
    history = work.lamp_history([found], months=work.months_before(on, MONTHS), on=on, by=by)[found.pk]
    running: Any = found.clock
    is_open = found.closed_at is None
    return Why(
        obligation=found,
        lamp=work.lamps([found], on, by=by)[found.pk] if shown else None,
        rule=by.rule_on(found.kind, day) if shown else None,
        remaining=clock.remaining(running, on, working=by.calendar) if running and is_open and shown else None,
        pauses=list(running.pauses.order_by("first_day")) if running else [],
        extensions=list(running.extensions.order_by("granted_on")) if running else [],
        facts=list(found.facts.order_by("pk")) if shown else [],
        months=history if shown else (),
        ground=work.grounds(actor, [found.pk]).get(found.pk),
        documents=list(documents.documents_of(f"obligation:{found.pk}", actor)),
    )


def rule_words(rule: work.LampRule | None) -> str:
    """Return a lamp rule as people read it."""
    if rule is None:
        return "县里还没有为这类事项规定亮灯标准。"
    numbers = rule.thresholds
    if rule.rule == "share_of_span":
        return (
            f"剩余时间不到全部时间的{numbers['yellow_percent']}%亮黄灯；过了期限先亮黄灯，"
            f"超过{numbers['red_after']}天亮红灯。按自然日算。"
        )
    late = f"超过{numbers['red_after']}个工作日亮红灯" if numbers["red_after"] else "过了期限就亮红灯"
    return f"剩{numbers['yellow_within']}个工作日亮黄灯；{late}。"

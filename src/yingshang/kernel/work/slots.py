"""What this package puts on shared pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from yingshang.kernel import clock, registry
from yingshang.kernel.parties import Actor
from yingshang.kernel.work.lighting import ANY_KIND
from yingshang.kernel.work.models import LampRule, NumberSeries


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return lamp rules and number series that have no source or something to confirm."""
    weak = Q(source="") | ~Q(todo="")
    titles = {kind: title for manifest in registry.capabilities() for kind, title in manifest.obligations.items()}
    titles[ANY_KIND] = "其他各类应办事项"
    lamps = [
        clock.Unsourced(kind="亮灯规则", title=titles.get(rule.kind, rule.kind), todo=rule.todo, source=rule.source)
        for rule in LampRule.objects.filter(weak, effective_to=None).order_by("kind")
    ]
    series = [
        clock.Unsourced(kind="编号", title=row.wording.format(year="年份", n="序号"), todo=row.todo, source=row.source)
        for row in NumberSeries.objects.filter(weak).order_by("code")
    ]
    return lamps + series

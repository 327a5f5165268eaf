"""What became of the applications under each version of an item: how a trial is compared with what it is to replace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from yingshang.casework.cases.models import Case, Decision
from yingshang.kernel.measures import Rate, percentile
from yingshang.kernel.parties import Actor

Facts = list[tuple[str, str]]


def version_facts(_actor: Actor, versions: Sequence[int]) -> dict[int, Facts]:
    """Return version → figures in words, of all time: received, decided, on time, median working days, visits.

    Fills the slot ``catalogue.version_facts``. Counts only, so that everybody may see them. Queries: 3.
    """
    came_in = dict(
        Case.objects.filter(version__in=versions).values_list("version").annotate(Count("pk")).order_by("version")
    )
    decisions = Decision.objects.filter(case__version__in=versions)
    counted = {
        row["case__version"]: row
        for row in decisions.values("case__version").annotate(
            dated=Count("pk", filter=Q(due_on__isnull=False)),
            on_time=Count("pk", filter=Q(decided_on__lte=F("due_on"))),
        )
    }
    used: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for version, days, visits in decisions.values_list("case__version", "working_days", "case__visits"):
        used[version].append((days, visits))
    return {
        version: _told(came_in.get(version, 0), dict(counted.get(version, {})), used.get(version, []))
        for version in versions
    }


def _told(received: int, counted: Mapping[str, Any], used: list[tuple[int, int]]) -> Facts:
    median = percentile([days for days, _visits in used], 50)
    return [
        (_("收到办件"), str(received)),
        (_("作出决定"), str(len(used))),
        (_("按时办结率"), str(Rate(counted.get("on_time", 0), counted.get("dated", 0)))),
        (_("用时中位数（工作日）"), "—" if median is None else str(median)),
        (_("平均跑动次数"), f"{sum(visits for _days, visits in used) / len(used):.1f}" if used else "—"),
    ]

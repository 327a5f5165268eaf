"""Who visits whom: a queue of inspectors, refilled in rounds by ticket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from yingshang.methods.draw.plan import Inspector, Plan
from yingshang.methods.draw.tickets import ticket

Pair = tuple[str, str]
MOST_TURNS = 2


class Queue:
    """The inspectors who wait for their next visit.

    When nobody in it fits, a new round lets everybody join again by ticket, so
    that loads differ by one but for skips. Nobody stands in it more than twice:
    where one lead is scarce, it doesn't grow with every target. ``opened``
    collects each conflict that stood in the way: inspector and target.
    """

    def __init__(self, plan: Plan, key: bytes, serial: int) -> None:
        self.plan, self.key, self.serial = plan, key, serial
        self.conflicts = {(one.inspector, one.target): one.salt for one in plan.conflicts}
        self.waiting: list[Inspector] = []
        self.round = 0
        self.opened: set[Pair] = set()

    def pair(self, target: str, field: str) -> Pair | None:
        """Take a lead who knows the field and a companion out of the queue; None when no two fit."""
        found = self._pair(target, field) or (self._extend() and self._pair(target, field)) or None
        if found:
            self.waiting.remove(found[0])
            self.waiting.remove(found[1])
        return (found[0].id, found[1].id) if found else None

    def beside(self, target: str, field: str, stays: str, barred: Collection[str]) -> str:
        """Take one out of the queue to go with the one who stays; empty when nobody fits. field: "" for a companion."""
        found = self._beside(target, field, stays, barred)
        if found is None and self._extend():
            found = self._beside(target, field, stays, barred)
        if found is None:
            return ""
        self.waiting.remove(found)
        return found.id

    def _pair(self, target: str, field: str) -> tuple[Inspector, Inspector] | None:
        tried: set[str] = set()  # units whose lead found no companion: their others wouldn't either
        apart = self.plan.different_units
        for lead in self.waiting:
            if (field and field not in lead.fields) or self._in_conflict(lead, target) or lead.unit in tried:
                continue
            for other in self.waiting:
                if other is lead or (apart and other.unit == lead.unit) or self._in_conflict(other, target):
                    continue
                return lead, other
            tried.add(lead.unit)
        return None

    def _beside(self, target: str, field: str, stays: str, barred: Collection[str]) -> Inspector | None:
        unit = next(one.unit for one in self.plan.inspectors if one.id == stays)
        for one in self.waiting:
            if one.id == stays or one.id in barred or (field and field not in one.fields):
                continue
            if (self.plan.different_units and one.unit == unit) or self._in_conflict(one, target):
                continue
            return one
        return None

    def _in_conflict(self, one: Inspector, target: str) -> bool:
        if (one.id, target) not in self.conflicts:
            return False
        self.opened.add((one.id, target))
        return True

    def _extend(self) -> bool:
        """Begin a round: everybody who stands in the queue less than twice joins its end, by ticket. Return True."""
        self.round += 1
        standing = Counter(one.id for one in self.waiting)
        back = [one for one in self.plan.inspectors if standing[one.id] < MOST_TURNS]
        prefix = f"{self.serial}|inspector|{self.round}|"
        self.waiting += sorted(back, key=lambda one: ticket(self.key, prefix + one.id))
        return True

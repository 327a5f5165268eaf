"""Which of what should climb goes into today's digest: worst first, capped for each unit, the rest carried over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from yingshang.oversight.supervision.rules.triggers import RED, Rise


@dataclass(frozen=True)
class Candidate:
    """One obligation that should climb. since: whatever identifies its supervision, 0 for none yet."""

    obligation_id: int
    unit_id: int
    rise: Rise
    color: str
    days_late: int
    due_date: date
    supervision_id: int = 0

    @property
    def badness(self) -> tuple[int, int, int, date, int]:
        """Sorts the worst first: the highest rung, red before yellow, the latest, the oldest date."""
        return (-self.rise.place, 0 if self.color == RED else 1, -self.days_late, self.due_date, self.obligation_id)


@dataclass
class Picked:
    """What one unit gets today, worst first, and how many wait for the days after."""

    chosen: list[Candidate] = field(default_factory=list)
    carried: int = 0


def pick(candidates: Iterable[Candidate], *, items_per_unit: int, letters_per_unit: int) -> Mapping[int, Picked]:
    """Return, by unit, what is chosen and how many are carried over.

    One letter per unit and rung lists its obligations, so the cap on letters
    is a cap on rungs: the highest come first. Whoever has the worst stands
    first in the mapping.
    """
    by_unit: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_unit[candidate.unit_id].append(candidate)
    picked: dict[int, Picked] = {}
    for unit_id, own in sorted(by_unit.items(), key=lambda pair: min(each.badness for each in pair[1])):
        own.sort(key=lambda each: each.badness)
        today, rungs = Picked(), set[int]()
        for candidate in own:
            is_room = candidate.rise.place in rungs or len(rungs) < letters_per_unit
            if is_room and len(today.chosen) < items_per_unit:
                rungs.add(candidate.rise.place)
                today.chosen.append(candidate)
            else:
                today.carried += 1
        picked[unit_id] = today
    return picked

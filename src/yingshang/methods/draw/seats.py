"""The verifier's own account of who visits whom; see docs/methods/draw.md, Pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from yingshang.methods.draw.shapes import Json

Tickets = Callable[[str, list[str]], list[bytes]]


class Queue:
    """The inspectors who wait. opened: conflicts known so far; used: those that stood in the way."""

    def __init__(self, plan: Json, tickets: Tickets, opened: set[tuple[str, str]]) -> None:
        self.tickets, self.opened, self.used = tickets, opened, set[tuple[str, str]]()
        self.people, self.apart = plan["inspectors"], plan["pairs"]["different_units"]
        self.waiting: list[Json] = []
        self.round, self.gone = 0, set[tuple[str, str]]()

    def team(self, target: str, field: str) -> list[str]:
        return [one["id"] for one in self.take(lambda: self.two(target, field))]

    def beside(self, target: str, field: str, stays: str, out: str) -> str:
        self.gone.add((out, target))
        return "".join(one["id"] for one in self.take(lambda: self.one(target, field, stays)))

    def take(self, find: Callable[[], list[Json]]) -> list[Json]:
        found = find()
        if not found:
            self.round += 1
            standing = Counter(one["id"] for one in self.waiting)
            back = [one for one in self.people if standing[one["id"]] < 2]
            tickets = self.tickets(f"inspector|{self.round}", [one["id"] for one in back])
            self.waiting += [one for _, _, one in sorted(zip(tickets, range(len(back)), back, strict=True))]
            found = find()
        for one in found:
            self.waiting.remove(one)
        return found

    def two(self, target: str, field: str) -> list[Json]:
        tried = set()
        for lead in self.waiting:
            if (field and field not in lead["fields"]) or self.bars(lead, target) or lead["unit"] in tried:
                continue
            for other in self.waiting:
                if other is not lead and self.goes(other, target, lead):
                    return [lead, other]
            tried.add(lead["unit"])
        return []

    def one(self, target: str, field: str, stays: str) -> list[Json]:
        partner = next(one for one in self.people if one["id"] == stays)
        for one in self.waiting:
            free = one is not partner and (one["id"], target) not in self.gone and (not field or field in one["fields"])
            if free and self.goes(one, target, partner):
                return [one]
        return []

    def goes(self, one: Json, target: str, partner: Json) -> bool:
        return not (self.apart and one["unit"] == partner["unit"]) and not self.bars(one, target)

    def bars(self, one: Json, target: str) -> bool:
        is_barred = (one["id"], target) in self.opened
        if is_barred:
            self.used.add((one["id"], target))
        return is_barred

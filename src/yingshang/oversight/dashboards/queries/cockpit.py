"""The leader's cockpit in one picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yingshang.kernel import org, work
from yingshang.kernel.parties import Actor
from yingshang.oversight.dashboards.queries.running import running
from yingshang.oversight.dashboards.queries.watching import Seen, read
from yingshang.oversight.dashboards.rules import (
    SORTS,
    Board,
    Headline,
    Running,
    Slice,
    Standing,
    Tense,
    board_of,
    finding,
    finding_of_running,
    headline_of,
)


@dataclass(frozen=True)
class CountedUnit:
    """A unit of which only counts come in: no lamp, no rank, no row."""

    unit: org.Unit
    open: int
    late: int

    @property
    def words(self) -> str:
        """Its state in words."""
        if self.late:
            return "有事项过了期限"
        return "有事项在办" if self.open else "没有待办事项"


@dataclass(frozen=True)
class Picture:
    """Everything on the cockpit: what was read, the counts, the units in the order asked for, the sentence on top."""

    seen: Seen
    board: Board
    headline: Headline
    standings: Sequence[Standing]
    worst: Sequence[Standing]
    running: Sequence[Running]
    finding: str


WORST_SHOWN = 5


def picture(actor: Actor, on: date, *, sort: str = "worst", kind: str = "", section: str = "") -> Picture:
    """Return the cockpit of what an actor may see on a day.

    sort: a name of ``SORTS``. kind: of units; section: as printed; both may be empty.
    running: of all units, whatever is asked for. Queries: as ``read``, and one more.
    """
    seen = read(actor, on)
    matters = running(actor, on)
    duties = Slice(kind=kind, section=section, tense=Tense.ALL).of(seen.duties) if kind or section else seen.duties
    board = board_of(duties, on)
    paths = {code: unit.path for code, unit in seen.units.items()}
    as_listed = sorted(board.units.values(), key=lambda standing: paths[standing.key])
    names = {code: unit.short_name for code, unit in seen.units.items()}
    worst = sorted((one for one in as_listed if one.total.colors["red"]), key=SORTS["worst"])
    return Picture(
        seen=seen,
        board=board,
        headline=headline_of(duties, seen.months[-1], seen.months[-2]),
        standings=sorted(as_listed, key=SORTS.get(sort, SORTS["worst"])),
        worst=worst[:WORST_SHOWN],
        running=matters,
        finding=finding(duties, on, names) + finding_of_running(matters),
    )


def strip_of(standing: Standing) -> tuple[work.MonthLamp, ...]:
    """Return the worst lamp of each month over all duties of a unit or section."""
    courses = list(standing.total.courses.values())
    return tuple(work.worst(months) for months in zip(*courses, strict=True))


def counted_units(units: Iterable[org.Unit], on: date) -> list[CountedUnit]:
    """Return those of the units of which only counts come in, as the register lists them. Queries: 1."""
    silent = sorted((unit for unit in units if unit.counts_only), key=lambda unit: unit.path)
    counted = {tally.unit_id: tally for tally in work.tally(silent, on)}
    none = work.Tally(0, 0, 0, 0)
    rows = [CountedUnit(unit, counted.get(unit.pk, none).open, counted.get(unit.pk, none).late) for unit in silent]
    return [row for row in rows if row.unit.valid_to is None or row.unit.valid_to > on or row.open]

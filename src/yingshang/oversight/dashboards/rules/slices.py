"""A slice: which duties a number stands for. The number and the list behind it are the same slice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from yingshang.oversight.dashboards.rules.duties import Watched


class Tense(StrEnum):
    """Which duties of a month, or of today, are meant.

    OPEN: still to be done at the end of the month, or today. DONE, ON_TIME:
    done in the month. LIT: those that showed the lamp at any time in the month.
    NEW: red today and not a week ago. ALL: whatever was watched in these months.
    """

    OPEN = "open"
    DONE = "done"
    ON_TIME = "on_time"
    LIT = "lit"
    NEW = "new"
    ALL = "all"


TENSES = frozenset(each.value for each in Tense)


@dataclass(frozen=True, kw_only=True)
class Slice:
    """A choice of duties; an empty part leaves that open.

    unit: code. kind: of unit. section: as printed, or NOWHERE: duties that rest
    on no chapter of a plan. lamp: a color. month: ``2026-03``; empty is today.
    tense: a ``Tense``.
    """

    unit: str = ""
    kind: str = ""
    section: str = ""
    lamp: str = ""
    month: str = ""
    tense: str = Tense.OPEN

    NOWHERE: ClassVar[str] = "-"

    def holds(self, duty: Watched) -> bool:
        """Return whether a duty belongs to this slice."""
        named = (self.unit in ("", duty.unit)) and (self.kind in ("", duty.unit_kind))
        if not named or (self.section and self.section != (duty.section or self.NOWHERE)):
            return False
        return self._in_month(duty) if self.month else self._today(duty)

    def of(self, duties: Iterable[Watched]) -> list[Watched]:
        """Return the duties of this slice, in the order given."""
        return [duty for duty in duties if self.holds(duty)]

    @property
    def query(self) -> dict[str, str]:
        """The parts that are not empty, as an address carries them."""
        parts = {name: str(value) for name, value in asdict(self).items() if value}
        return {name: value for name, value in parts.items() if (name, value) != ("tense", Tense.OPEN)}

    def _today(self, duty: Watched) -> bool:
        match self.tense:
            case Tense.ALL:
                return self.lamp in ("", duty.lamp)
            case Tense.DONE:
                return duty.is_done
            case Tense.ON_TIME:
                return duty.is_on_time
            case Tense.NEW:
                return duty.is_new_red
            case _:
                return duty.is_open and self.lamp in ("", duty.lamp)

    def _in_month(self, duty: Watched) -> bool:
        first = date(int(self.month[:4]), int(self.month[5:]), 1)
        shown = next((month for month in duty.months if month.month == first), None)
        if shown is None:
            return False
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        if self.tense in (Tense.DONE, Tense.ON_TIME):
            done = duty.is_done and duty.closed is not None and first <= duty.closed <= last
            return done and (self.tense == Tense.DONE or duty.is_on_time)
        is_open = duty.opened <= last and (duty.closed is None or duty.closed > last)
        if not self.lamp and self.tense != Tense.LIT:
            return is_open
        is_lit = bool(shown.color) and (not self.lamp or (shown.color == self.lamp and not shown.struck))
        return is_lit and (is_open or self.tense == Tense.LIT)

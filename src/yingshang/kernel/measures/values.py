"""What a measure gives: cells of a table, exact numbers only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from yingshang.kernel.measures.periods import Period


@dataclass(frozen=True)
class Rate:
    """A share, kept as its two counts. A rate over nothing is None, not 0."""

    numerator: int
    denominator: int

    @property
    def value(self) -> Fraction | None:
        """The share, 0 to 1; None over nothing."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def __str__(self) -> str:
        if self.value is None:
            return "—（无）"
        percent = Decimal(self.numerator * 100) / self.denominator
        return f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)}%（{self.numerator}/{self.denominator}）"


Value = Rate | Decimal | int | None


@dataclass(frozen=True)
class Cell:
    """The value for one unit and period. None: there was nothing to measure.

    sources: the rows it was computed from, ``kind:id``, for whoever disputes it.
    """

    unit: str
    period: Period
    value: Value
    sources: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Table:
    """One cell for every unit and period asked for, units first."""

    measure: str
    cells: Sequence[Cell]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def at(self, unit: str, period: Period) -> Cell:
        """Return the cell of a unit and period. Raises KeyError."""
        for cell in self.cells:
            if cell.unit == unit and cell.period == period:
                return cell
        raise KeyError((unit, period.code))

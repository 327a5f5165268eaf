"""Compute a declared measure, and explain it."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from yingshang.kernel import registry
from yingshang.kernel.errors import NotFound
from yingshang.kernel.measures.periods import Period
from yingshang.kernel.measures.values import Cell, Rate, Table

ShownAs = Literal["rate", "count", "days", "fen"]
Better = Literal["higher", "lower", ""]
Function = Callable[[Sequence[str], Sequence[Period]], Iterable[Cell]]


@dataclass(frozen=True)
class Told:
    """What a measure says of itself.

    title, formula: Chinese; the formula in one sentence that the measured unit
    can follow. shown_as: what kind of number. better: which way is up; empty
    where neither is.
    """

    title: str
    formula: str
    shown_as: ShownAs
    better: Better = ""


@dataclass(frozen=True)
class Explanation:
    """How a measure comes about.

    contract: the docstring of its function. digest: SHA-256 (hex) of the
    function's source, which a frozen value carries.
    """

    name: str
    told: Told
    contract: str
    digest: str


def measure(*, title: str, formula: str, shown_as: ShownAs, better: Better = "") -> Callable[[Function], Function]:
    """Mark the function of a measure that a manifest declares; for the arguments see ``Told``.

    The function takes unit codes and periods and
    yields one cell for each pair, with a fixed number of queries; a unit's
    subordinate units count with it unless its docstring says otherwise.
    """

    def mark(function: Function) -> Function:
        function.told = Told(title, formula, shown_as, better)  # type: ignore[attr-defined]
        return function

    return mark


def compute(name: str, units: Sequence[str], periods: Sequence[Period]) -> Table:
    """Return the live values of a measure for every unit and period.

    Raises NotFound for an undeclared measure, ValueError for a function that
    leaves out a pair, gives one twice, or gives a float.
    """
    cells = {(cell.unit, cell.period): cell for cell in _checked(name, _function(name)(units, periods))}
    wanted = [(unit, period) for unit in units for period in periods]
    if set(wanted) != cells.keys():
        raise ValueError(f"{name} did not give one cell for each unit and period")
    return Table(name, [cells[pair] for pair in wanted])


def explain(name: str) -> Explanation:
    """Return how a measure comes about. Raises NotFound for an undeclared one."""
    function = _function(name)
    told: Told = function.told  # type: ignore[attr-defined]
    source = inspect.getsource(function)
    return Explanation(name, told, inspect.getdoc(function) or "", hashlib.sha256(source.encode()).hexdigest())


def problems() -> list[str]:
    """Return the declared measures that nobody marked with ``measure``, one English sentence each."""
    return [
        f"measure “{name}” is not marked: put @measures.measure(title=…, formula=…, shown_as=…) on {dotted}."
        for name, dotted in registry.measures().items()
        if not hasattr(registry.resolve(dotted), "told")
    ]


def _function(name: str) -> Function:
    dotted = registry.measures().get(name)
    if dotted is None:
        raise NotFound(f"名为“{name}”的指标量")
    found: Any = registry.resolve(dotted)
    return found  # type: ignore[no-any-return]


def _checked(name: str, cells: Iterable[Cell]) -> Iterable[Cell]:
    seen = set()
    for cell in cells:
        if (cell.unit, cell.period) in seen:
            raise ValueError(f"{name} gave {cell.unit} {cell.period.code} twice")
        # A float is not the same number on every engine; only exact ones may be frozen.
        if cell.value is not None and not isinstance(cell.value, Rate | Decimal | int):
            raise ValueError(f"{name} gave a {type(cell.value).__name__}; give a Rate, a Decimal, an int or None")
        seen.add((cell.unit, cell.period))
        yield cell

"""An edition of an index: its tree of indicators, and how values become scores. Plain data, no arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


class Gap(StrEnum):
    """Why a series has no number.

    The three look alike in a table and mean the opposite: who has no practice
    scores 0; what does not apply drops out and the rest is averaged again;
    what is missing follows the edition's policy.
    """

    NO_PRACTICE = "no_practice"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"


Value = Decimal | Gap


class WhenMissing(StrEnum):
    """What an edition does about a missing value: refuse to score, count 0, or average what is there."""

    REFUSE = "refuse"
    ZERO = "zero"
    AVERAGE = "average"


@dataclass(frozen=True)
class Frontier:
    """Distance to the frontier: 0 at ``worst``, the full score at ``best``, clipped; best may be the smaller one.

    log: the distance is measured on the logarithm of the value (income in the
    Human Development Index). exponent: bends the result (0.8 for the total tax
    rate in Doing Business).
    """

    best: Decimal
    worst: Decimal
    exponent: Decimal = Decimal(1)
    log: bool = False


class Steps(StrEnum):
    """How a distance from the standard is counted in steps: each begun, each complete, or in proportion."""

    STARTED = "started"
    WHOLE = "whole"
    EXACT = "exact"


@dataclass(frozen=True)
class Standard:
    """Full score at the standard or better; ``deduct`` points off for each ``step`` beyond it, down to 0.

    standard: None takes the best value found among all places.
    """

    standard: Decimal | None
    step: Decimal
    deduct: Decimal
    lower_is_better: bool = True
    steps: Steps = Steps.STARTED


@dataclass(frozen=True)
class ByRank:
    """The score follows the rank among the places that have a value; ties share the better rank.

    points: for rank 1, 2, …; later ranks get the last. Without points the
    first gets the full score, the last 0, the others in proportion.
    """

    lower_is_better: bool = True
    points: tuple[Decimal, ...] = ()


Mark = Frontier | Standard | ByRank


@dataclass(frozen=True)
class Indicator:
    """One place in the tree: a series (it has a mark) or a group of others.

    weight: its share among its siblings; the shares of siblings sum to 1.
    least, most: the values that can be true in its unit; others are refused.
    words: what a word in the values means here, before the edition's own words.
    todo: what is still to be confirmed about it.
    """

    key: str
    title: str
    under: str | None
    weight: Fraction
    mark: Mark | None = None
    is_geometric: bool = False
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    words: Mapping[str, Value] = field(default_factory=dict)
    only_input: bool = False
    todo: str = ""


@dataclass(frozen=True)
class SwitchedOff:
    """What the edition carries without scoring it, and why."""

    key: str
    title: str
    under: str | None
    why: str


@dataclass(frozen=True)
class Condition:
    """One part of a gate: the value of a series, or the score of an indicator, is one of these or within bounds."""

    of: str
    looks_at_score: bool
    words: frozenset[str] = frozenset()
    at_least: Decimal | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True)
class Gate:
    """When all conditions hold the indicator has this score, whatever its parts say."""

    indicator: str
    score: Decimal
    conditions: tuple[Condition, ...]
    why: str


@dataclass(frozen=True)
class Rounding:
    """Where scores are rounded before they count further up. ``at``: among series, indicators, total."""

    digits: int = 2
    at: frozenset[str] = frozenset()
    halves_up: bool = True


@dataclass(frozen=True)
class Ranking:
    """Competition ranking (1, 2, 2, 4) or dense (1, 2, 2, 3), on the score rounded to ``digits`` or as it is."""

    digits: int | None = None
    is_dense: bool = False
    marks_ties: bool = False


@dataclass(frozen=True)
class Edition:
    """All that turns values into scores. ``indicators`` in the order of the file; ``inputs`` only open gates.

    method: editions of one method can be compared over the years; a trend
    does not cross from one method to another.
    """

    key: str
    title: str
    method: str
    valid_from: date
    valid_to: date | None
    source: str
    indicators: tuple[Indicator, ...]
    full: Decimal = Decimal(100)
    when_missing: WhenMissing = WhenMissing.REFUSE
    words: Mapping[str, Value] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    rounding: Rounding = Rounding()
    ranking: Ranking = Ranking()
    shown_digits: int = 2
    off: tuple[SwitchedOff, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Indicator]:
        """The indicators by key."""
        return {one.key: one for one in self.indicators}

    @cached_property
    def children(self) -> dict[str, tuple[Indicator, ...]]:
        """Parent → the indicators under it."""
        found: dict[str, list[Indicator]] = {one.key: [] for one in self.indicators}
        for one in self.indicators:
            if one.under is not None:
                found[one.under].append(one)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def series(self) -> tuple[Indicator, ...]:
        """What takes values: series that are scored, and inputs."""
        return tuple(one for one in self.indicators if one.mark is not None or one.only_input)

    @cached_property
    def root(self) -> Indicator:
        """The total."""
        return next(one for one in self.indicators if one.under is None and not one.only_input)

    @cached_property
    def upwards(self) -> tuple[Indicator, ...]:
        """All indicators, each after what is under it."""
        found: list[Indicator] = []

        def walk(one: Indicator) -> None:
            for child in self.children[one.key]:
                walk(child)
            found.append(one)

        walk(self.root)
        return tuple(found)

"""One measured figure beside the baseline of the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, in which unit, and what it is compared with.

    baseline: the same work done the barest way, in the same run on the same machine.
    ratio_at_least, ratio_at_most: bounds of ours / baseline.
    at_most: a bound for counts (statements, KiB), which are the same on every machine.
    Absolute times never fail: they say more about the machine than about us.
    """

    what: str
    ours: float
    unit: str
    baseline: float | None = None
    baseline_is: str = ""
    ratio_at_least: float | None = None
    ratio_at_most: float | None = None
    at_most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the baseline; None without one."""
        return self.ours / self.baseline if self.baseline else None

    @property
    def holds(self) -> bool:
        """Whether every bound that was given is kept."""
        ratio = self.ratio
        low = self.ratio_at_least is None or (ratio is not None and ratio >= self.ratio_at_least)
        high = self.ratio_at_most is None or (ratio is not None and ratio <= self.ratio_at_most)
        return low and high and (self.at_most is None or self.ours <= self.at_most)

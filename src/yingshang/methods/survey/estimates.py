"""Means, totals and shares with their uncertainty, on the whole design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from yingshang.methods.survey.design import Design

CONFIDENCE = 0.95
NOTHING = 1e-12  # of a population; less is the rounding of its weights


@dataclass(frozen=True)
class Estimate:
    """A value with its standard error and interval. answers: how many sheets it rests on. degrees: of freedom."""

    value: float
    error: float
    low: float
    high: float
    answers: int
    degrees: int

    def is_publishable(self, least: int) -> bool:
        """Whether enough answers stand behind it that nobody can be guessed from it."""
        return self.answers >= least


def mean(
    design: Design,
    values: Sequence[float | None],
    *,
    within: Sequence[bool] | None = None,
    confidence: float = CONFIDENCE,
) -> Estimate:
    """Return the mean over the population, or over the domain ``within``.

    values: one for each answer sheet, None where the question was left open.
    Open ones and those outside the domain stay in the design with nothing:
    filtering them out first would understate the error (Lumley 2010, 2.4).
    Raises NotEnough for strata with one answer, ValueError where nobody answered.
    """
    counted = _counted(values, within)
    weights = design.weights
    whole = fsum(weight for weight, is_in in zip(weights, counted, strict=True) if is_in)
    if not whole:
        raise ValueError("没有人回答这个问题。")
    rows = list(zip(weights, values, counted, strict=True))
    found = fsum(weight * value for weight, value, is_in in rows if is_in and value is not None) / whole
    around = [weight * (value - found) / whole if is_in and value is not None else 0.0 for weight, value, is_in in rows]
    return _with_interval(design, found, around, sum(counted), confidence)


def total(design: Design, values: Sequence[float | None], *, confidence: float = CONFIDENCE) -> Estimate:
    """Return the total over the population; an open answer counts nothing. Raises NotEnough."""
    parts = [weight * (value or 0.0) for weight, value in zip(design.weights, values, strict=True)]
    return _with_interval(design, fsum(parts), parts, sum(value is not None for value in values), confidence)


def share(
    design: Design, said: Sequence[bool | None], *, within: Sequence[bool] | None = None, confidence: float = CONFIDENCE
) -> Estimate:
    """Return the share of the population that says yes, in 0..1, with Wilson's interval on the effective answers.

    The interval stays inside 0..1, and is a single point only where everybody
    answered: 14 of 14 out of 300 is "at least 74 %", not "100 %". Where the
    answers do not vary, the finite population correction alone makes more of
    them count. Raises as `mean` does.
    """
    values = [None if one is None else float(one) for one in said]
    plain = mean(design, values, within=within, confidence=confidence)
    variance = plain.value * (1 - plain.value)
    if plain.error and variance:
        effective = variance / plain.error**2
    else:
        counted = _counted(values, within)
        there = fsum(weight for weight, is_in in zip(design.weights, counted, strict=True) if is_in)
        unheard = 1 - plain.answers / there
        if unheard < NOTHING:
            return Estimate(plain.value, 0.0, plain.value, plain.value, plain.answers, plain.degrees)
        effective = plain.answers / unheard
    low, high = wilson(plain.value, effective, _quantile(plain.degrees, confidence))
    return Estimate(plain.value, plain.error, low, high, plain.answers, plain.degrees)


def wilson(value: float, answers: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's interval of a share (Wilson 1927)."""
    square = quantile**2
    middle = (value + square / (2 * answers)) / (1 + square / answers)
    half = quantile / (1 + square / answers) * sqrt(value * (1 - value) / answers + square / (4 * answers**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _counted(values: Sequence[float | None], within: Sequence[bool] | None) -> list[bool]:
    inside = within if within is not None else [True] * len(values)
    return [is_in and value is not None for value, is_in in zip(values, inside, strict=True)]


def _with_interval(design: Design, value: float, around: Sequence[float], answers: int, confidence: float) -> Estimate:
    error = sqrt(design.variance(around))
    half = _quantile(design.degrees, confidence) * error if error else 0.0
    return Estimate(value, error, value - half, value + half, answers, design.degrees)


def _quantile(degrees: int, confidence: float) -> float:
    from scipy.special import stdtrit  # on first use: it takes longer to import than all of this package

    return float(stdtrit(max(degrees, 1), 1 - (1 - confidence) / 2))

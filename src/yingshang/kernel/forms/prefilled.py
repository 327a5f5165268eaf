"""What is already held and not asked again: shown with its source, never typed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yingshang.kernel.forms.schema import Schema, all_fields


@dataclass(frozen=True)
class Prefilled:
    """A held value. source: where it comes from, in words. correct_at: where a wrong one is put right (纠错)."""

    value: Any
    source: str
    correct_at: str = ""


def held_names(schema: Schema) -> dict[str, str]:
    """Return field → held name for the fields whose ``x-held`` says what may be prefilled."""
    return {one.name: one.held for one in all_fields(schema) if one.held}


def laid_over(values: Mapping[str, Any], prefilled: Mapping[str, Prefilled]) -> dict[str, Any]:
    """Return values in which every prefilled one stands as it is held."""
    return {**values, **{name: held.value for name, held in prefilled.items()}}

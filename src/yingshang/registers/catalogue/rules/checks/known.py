"""What a content is checked against, as plain values: the operation reads it once, the checks only look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Word:
    """A wording that must not stand somewhere. whole: only when it is all that stands there."""

    words: str
    source: str
    whole: bool = False

    def stands_in(self, text: str) -> bool:
        """Return whether the text says it."""
        return text.strip() == self.words if self.whole else self.words in text


@dataclass(frozen=True)
class BasicRow:
    """The row of the basic catalogue that an item implements. canceled: the day and text, or empty."""

    code: str
    title: str
    kind: str
    levels: tuple[str, ...] = ()
    canceled: str = ""


@dataclass(frozen=True)
class Known:
    """Names and rows on the day a version begins.

    codes: code list → its codes. words: rule → wordings. certificates, fees:
    rows of the county's lists in effect, None while the county has no such
    list. limits: code → its amount in its unit (``(20, "wd")``).
    """

    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: Mapping[str, Sequence[Word]] = field(default_factory=dict)
    units: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    limits: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    certificates: frozenset[str] | None = None
    fees: frozenset[str] | None = None
    basic: BasicRow | None = None

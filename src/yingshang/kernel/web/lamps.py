"""The lamp: shape, word and color, so that it reads in black and white and without sight."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Lamp:
    """How one state is drawn. ``color`` is the name that style sheet and data use."""

    color: str
    shape: str
    word: str


LAMPS = {
    "red": Lamp("red", "■", gettext_noop("超期")),
    "yellow": Lamp("yellow", "▲", gettext_noop("临期")),
    "green": Lamp("green", "●", gettext_noop("正常")),
    "gray": Lamp("gray", "○", gettext_noop("未定")),
}


def lamp_of(state: object) -> Lamp:
    """Return the lamp of a state: a color name, or anything with ``color``. Unknown states burn gray."""
    return LAMPS.get(str(getattr(state, "color", None) or state or "gray"), LAMPS["gray"])


def lamp_word(state: object) -> str:
    """Return ``■ 超期`` for a state: what a workbook and a plain-text message print."""
    lamp = lamp_of(state)
    return f"{lamp.shape} {_(lamp.word)}"

"""The named masks that data may ask for."""

from __future__ import annotations

from collections.abc import Callable

from yingshang.methods.identifiers import masks


def show(text: str) -> str:
    """Return the text as it is."""
    return text


def hide(text: str) -> None:
    """Return nothing: the field does not appear at all, not even as empty."""
    return


MASKS: dict[str, Callable[[str], str | None]] = {
    "show": show,
    "hide": hide,
    "person": masks.person,
    "number": masks.number,
    "phone": masks.phone,
}

"""Drawings that come in as SVG: nothing but shapes and text is let through."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from lxml import etree

from yingshang.kernel.errors import Refusal
from yingshang.kernel.typesetting.engine import compiler
from yingshang.kernel.typesetting.glyphs import plain

SVG = "{http://www.w3.org/2000/svg}"
REFUSED = {f"{SVG}{name}" for name in ("image", "script", "foreignObject", "feImage")}
LARGEST = 2_000_000  # characters
PIXELS_PER_INCH = 200


def checked(svg: str) -> str:
    """Return the SVG with our face on every text and □ for characters the face lacks.

    Raises Refusal ``typesetting.drawing_unreadable`` for what is no SVG, has a
    document type or entities, reaches for another file, or is beyond 2 million characters.
    """
    root = _read(svg)
    for part in root.iter(f"{SVG}text"):
        part.set("font-family", "Yingshang Serif")
    for part in root.iter(f"{SVG}text", f"{SVG}tspan"):
        part.text, part.tail = plain(part.text or ""), plain(part.tail or "")
    return etree.tostring(root, encoding="unicode")


def _read(svg: str) -> etree._Element:
    try:
        if len(svg) > LARGEST or "<!DOCTYPE" in svg:
            raise ValueError("too large, or with a document type")
        root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        if root.tag != f"{SVG}svg" or any(part.tag in REFUSED for part in root.iter()):
            raise ValueError("not an SVG of shapes and text")
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable() from error
    return root


@contextmanager
def drawings_answered() -> Iterator[None]:
    """Turn what typst says of an SVG it cannot draw, such as one of no size, into the refusal."""
    import typst

    try:
        yield
    except typst.TypstError as error:
        if "SVG" not in error.message:
            raise
        raise _unreadable() from error


def _unreadable() -> Refusal:
    reason, remedy = "这张图不是可以排印的SVG图。", "请重新生成图表，再生成文书。"
    return Refusal("typesetting.drawing_unreadable", reason, remedy)


def words(svg: str) -> str:
    """Return the text in a drawing. Raises as ``checked`` does."""
    return "".join(str(text) for text in _read(svg).itertext())


def as_png(svg: str) -> tuple[bytes, float]:
    """Return the drawing as a picture, for a format that holds no SVG, and its width in millimeters.

    Raises as ``checked`` does.
    """
    with drawings_answered():
        made = compiler("drawing.typ", svg=checked(svg)).compile(format="png", ppi=PIXELS_PER_INCH)
    picture = cast(bytes, made)
    (width,) = struct.unpack_from(">I", picture, 16)  # of the first chunk, IHDR
    return picture, width / PIXELS_PER_INCH * 25.4

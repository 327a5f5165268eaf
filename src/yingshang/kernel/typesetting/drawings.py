"""Drawings that come in as SVG: nothing but shapes and text is let through."""

from __future__ import annotations

from typing import cast

from lxml import etree

from yingshang.kernel.errors import Refusal
from yingshang.kernel.typesetting.engine import compiler
from yingshang.kernel.typesetting.glyphs import plain

SVG = "{http://www.w3.org/2000/svg}"
REFUSED = {f"{SVG}{name}" for name in ("image", "script", "foreignObject", "feImage")}
LARGEST = 2_000_000  # characters


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
        raise Refusal(
            "typesetting.drawing_unreadable", "这张图不是可以排印的SVG图。", "请重新生成图表，再生成文书。"
        ) from error
    return root


def words(svg: str) -> str:
    """Return the text in a drawing. Raises as ``checked`` does."""
    return "".join(str(text) for text in _read(svg).itertext())


def as_png(svg: str) -> bytes:
    """Return the drawing as a picture, for a format that holds no SVG. Raises as ``checked`` does."""
    made = compiler("drawing.typ", svg=checked(svg)).compile(format="png", ppi=200)
    return cast(bytes, made)

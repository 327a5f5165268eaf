"""typst with the committed fonts and layouts, and nothing else of the machine it runs on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from yingshang.kernel.typesetting.glyphs import FONTS

if TYPE_CHECKING:
    import typst

LAYOUTS = Path(__file__).parent / "layouts"


def compiler(layout: str, **inputs: str) -> typst.Compiler:
    """Return a compiler for one layout. inputs: read by the layout as data; it can open no file but layouts."""
    import typst  # here: 80 MB that no page should wait for

    return typst.Compiler(LAYOUTS / layout, root=LAYOUTS, font_paths=_fonts(), sys_inputs=inputs)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the committed fonts: not the machine's, not those inside typst."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])

"""Cut the committed fonts out of Noto Serif CJK: ``python cut.py FOLDER_WITH_THE_TTC_FILES``.

A tool for whoever renews the fonts, run by hand with fontTools at its side
(``pip install fonttools``); the program itself never imports it. The subset
gets a family name of its own, so that nobody takes it for the whole font.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
SIMPLIFIED = "Noto Serif CJK SC"
FAMILY = "Yingshang Serif"
SIGNS = """
0020-007E 00A0-017F 01CD-01DC 2010-2027 2030-203B 2070-208E 2100-2126 2150-2199 2200-2265
2460-249B 2500-257F 25A0-25CF 2605-2642 2713-2718 3000-303F 3220-3243 3280-32B0 3380-33DF
FE10-FE4F FF01-FF60 FFE0-FFE6
"""


def wanted() -> set[int]:
    """Return the code points to keep: GB 2312, rare characters of names and places, and signs."""
    kept = {ord(letter) for letter in (HERE / "rare_characters.txt").read_text(encoding="utf-8") if letter > " "}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            kept |= {ord(letter) for letter in bytes([row, cell]).decode("gb2312", errors="ignore")}
    for span in SIGNS.split():
        first, last = (int(code, 16) for code in span.split("-"))
        kept |= set(range(first, last + 1))
    return kept


def cut(source: Path, style: str) -> None:
    """Write ``YingshangSerif-<style>.otf`` beside this file from a collection of Noto Serif CJK."""
    from fontTools import subset
    from fontTools.ttLib import TTCollection

    font = next(f for f in TTCollection(source, lazy=True).fonts if f["name"].getDebugName(1).startswith(SIMPLIFIED))
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = ["locl"]
    options.name_IDs = [0, 5, 7, 11, 13, 14]
    options.notdef_outline = True
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    for place, text in ((1, FAMILY), (2, style), (4, f"{FAMILY} {style}"), (6, f"YingshangSerif-{style}")):
        font["name"].setName(text, place, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [f"YingshangSerif-{style}"]
    top[0].FamilyName, top[0].FullName = FAMILY, f"{FAMILY} {style}"
    font.save(HERE / f"YingshangSerif-{style}.otf")


if __name__ == "__main__":
    for style in ("Regular", "Bold"):
        cut(Path(sys.argv[1]) / f"NotoSerifCJK-{style}.ttc", style)

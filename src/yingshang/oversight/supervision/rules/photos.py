"""Photos without what a camera writes into them: place, time, device, owner.

JPEG (ITU-T T.81, Exif 2.32) and PNG (ISO/IEC 15948). The picture itself is
left byte for byte; of the marks only the orientation stays, without which a
photo taken upright would lie on its side.
"""

from __future__ import annotations

import struct

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
KEPT_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
)
ORIENTATION = 0x0112


def without_marks(content: bytes) -> bytes:
    """Return a JPEG or PNG photo without its marks. Raises ValueError for anything else, and for a broken file."""
    try:
        if content.startswith(JPEG):
            return _jpeg(content)
        if content.startswith(PNG):
            return _png(content)
    except (IndexError, struct.error) as error:
        raise ValueError("the photo is broken off") from error
    raise ValueError("neither JPEG nor PNG")


def _jpeg(content: bytes) -> bytes:
    kept, at, orientation = [b"\xff\xd8"], 2, 1
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker where one must stand")
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == 0xDA:
            break
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        segment = content[at : at + 2 + length]
        if length < 2 or len(segment) < 2 + length:
            raise ValueError("a segment is broken off")
        if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            orientation = _orientation(segment[10:])
        # APP0 (JFIF) and APP14 (Adobe) say how to draw it; all other APPn and comments are marks.
        if marker in {0xE0, 0xEE} or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(segment)
        at += 2 + length
    # Inside the picture FF is always followed by 00 or a restart, so the first end is the end.
    end = content.find(b"\xff\xd9", at)
    if end < 0:
        raise ValueError("the photo has no end")
    turned = [_orientation_only(orientation)] if orientation != 1 else []
    # What stands behind the end of the picture (a clip, a second picture) goes as well.
    return b"".join([kept[0], *turned, *kept[1:], content[at : end + 2]])


def _orientation(exif: bytes) -> int:
    """Return the orientation of an Exif block, 1 (upright) when it says nothing sensible."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    try:
        if order is None:
            return 1
        (at,) = struct.unpack(f"{order}I", exif[4:8])
        (entries,) = struct.unpack(f"{order}H", exif[at : at + 2])
        for place in range(entries):
            entry = exif[at + 2 + 12 * place : at + 14 + 12 * place]
            tag, kind, count, value = struct.unpack(f"{order}HHIH", entry[:10])
            if (tag, kind, count) == (ORIENTATION, 3, 1):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _orientation_only(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    exif = b"Exif\x00\x00MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _png(content: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while True:
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, whole = content[at + 4 : at + 8], content[at : at + 12 + length]
        if len(whole) < 12 + length:
            raise ValueError("a chunk is broken off")
        if kind in KEPT_CHUNKS:
            kept.append(whole)
        if kind == b"IEND":
            return b"".join(kept)
        at += 12 + length

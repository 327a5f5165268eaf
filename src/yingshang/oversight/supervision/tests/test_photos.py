"""A photo goes on without its marks: a table of files put together by the standards."""

import io
import struct
import zlib

import pytest

from yingshang.oversight.supervision.rules.photos import without_marks

PICTURE = b"\xff\xdb\x00\x03\x00\xff\xda\x00\x02\x12\xff\x00\x34"


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def exif(orientation: int, order: str = ">") -> bytes:
    head = b"MM\x00\x2a" if order == ">" else b"II\x2a\x00"
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    gps = struct.pack(f"{order}HHII", 0x8825, 4, 1, 99)
    return b"Exif\x00\x00" + head + struct.pack(f"{order}IH", 8, 2) + entry + gps + bytes(4) + b"46.02N 128.03E"


def jpeg(*marks: bytes, behind: bytes = b"") -> bytes:
    return b"\xff\xd8" + b"".join(marks) + PICTURE + b"\xff\xd9" + behind


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*marks: bytes) -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + b"".join(marks) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "marked",
    [
        jpeg(segment(0xE1, exif(1))),
        jpeg(segment(0xE1, exif(1, "<")), segment(0xFE, b"taken by Wu")),
        jpeg(segment(0xED, b"Photoshop 3.0\x00Wu")),
        jpeg(behind=b"a short clip \xff\xd9 of the moment"),
    ],
)
def test_a_jpeg_loses_place_owner_and_whatever_hangs_behind_it(marked):
    assert without_marks(marked) == jpeg()


@pytest.mark.parametrize("order", [">", "<"])
def test_a_photo_taken_upright_stays_upright_and_says_nothing_else(order):
    clean = without_marks(jpeg(segment(0xE1, exif(6, order))))
    assert b"46.02N" not in clean
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in clean
    assert clean.endswith(PICTURE + b"\xff\xd9")
    assert without_marks(clean) == clean


def test_how_to_draw_it_stays():
    drawn = jpeg(segment(0xE0, b"JFIF\x00\x01\x01"), segment(0xEE, b"Adobe\x00"))
    assert without_marks(drawn) == drawn


def test_a_png_keeps_what_draws_it():
    marked = png(
        chunk(b"tEXt", b"Author\x00Wu"), chunk(b"eXIf", exif(1)[6:]), chunk(b"gAMA", b"1234"), chunk(b"tIME", b"now")
    )
    assert without_marks(marked) == png(chunk(b"gAMA", b"1234"))


def test_a_real_picture_is_drawn_the_same():
    from PIL import Image

    for form in ("JPEG", "PNG"):
        held = io.BytesIO()
        Image.new("RGB", (8, 6), (200, 10, 10)).save(held, form)
        before = Image.open(held).convert("RGB").tobytes()
        assert Image.open(io.BytesIO(without_marks(held.getvalue()))).convert("RGB").tobytes() == before


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\xff\xff",
        jpeg()[:-2],
        png()[:-20],
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 8,
        b"%PDF-1.4",
    ],
)
def test_what_is_no_whole_photo_is_refused(broken):
    with pytest.raises(ValueError, match=r"photo|segment|chunk|marker|JPEG"):
        without_marks(broken)

"""QR codes as SVG."""

from __future__ import annotations

import io

import segno

from yingshang.kernel.errors import Refusal

LONGEST = 1000  # bytes; a denser code is read badly from paper by an old telephone


def qr_code(text: str) -> segno.QRCode:
    """Return a QR code (error correction M). Raises Refusal ``typesetting.code_too_long`` beyond 1,000 bytes."""
    content = text.encode("utf-8", errors="replace")
    if len(content) > LONGEST:
        raise Refusal("typesetting.code_too_long", "二维码里的文字太长，印出来手机读不了。", "请改用短些的网址或编号。")
    return segno.make(content, error="m", micro=False)


def qr_svg(text: str) -> str:
    """Return a QR code as an SVG element with attributes only: no style, no script.

    It has a view box and no size; a page gives it a width by its class ``qr``.
    Raises as ``qr_code`` does.
    """
    stream = io.BytesIO()
    drawn = {"svgclass": "qr", "lineclass": None, "light": "#ffffff", "omitsize": True}
    qr_code(text).save(stream, kind="svg", xmldecl=False, nl=False, **drawn)
    return stream.getvalue().decode("ascii")

"""QR codes as SVG."""

from __future__ import annotations

import io

import segno

from yingshang.kernel.errors import Refusal

LONGEST = 1000  # bytes; a denser code is read badly from paper by an old telephone


def qr_svg(text: str) -> str:
    """Return a QR code (error correction M) as an SVG element, with attributes only: no style, no script.

    Its size is one unit a module; a page gives it a width by a class of its own.
    Raises Refusal ``typesetting.code_too_long`` beyond 1,000 bytes.
    """
    if len(text.encode("utf-8", errors="replace")) > LONGEST:
        raise Refusal(
            "typesetting.code_too_long", "二维码里的文字太长，印出来手机读不了。", "请改用短一些的网址或编号。"
        )
    code = segno.make(text.encode("utf-8", errors="replace"), error="m", micro=False)
    stream = io.BytesIO()
    code.save(
        stream,
        kind="svg",
        xmldecl=False,
        svgns=True,
        nl=False,
        light="#ffffff",
        omitsize=True,
        svgclass="qr",
        lineclass=None,
    )
    return stream.getvalue().decode("ascii")

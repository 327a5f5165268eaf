"""Two-dimensional codes as pictures in the page."""

from __future__ import annotations

import base64

from yingshang.kernel import typesetting


def qr_picture(text: str) -> str:
    """Return a data address of an SVG picture that holds a text (QR code, level M).

    Raises as ``typesetting.qr_svg`` does.
    """
    return f"data:image/svg+xml;base64,{base64.b64encode(typesetting.qr_svg(text).encode()).decode()}"

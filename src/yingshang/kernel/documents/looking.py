"""One page of a PDF as a picture: papers are read beside a checklist, and nothing in them runs."""

from __future__ import annotations

import io
import threading

from yingshang.kernel import access
from yingshang.kernel.documents import store
from yingshang.kernel.documents.models import Document
from yingshang.kernel.documents.opening import open_document
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor

MOST_PAGES = 2_000
LONGEST_SIDE = 1_600  # pixels: a page of A4 can be read, and a page of a hundred meters fits into the memory

DRAWING = threading.Lock()  # the library must not be entered by two threads


def page_picture(document: Document, page: int, actor: Actor) -> bytes:
    """Return one page of a kept PDF as a PNG. page: from 1.

    Raises NotFound for whoever may not open it and for a page it has not,
    Refusal ``documents.page_cannot_be_shown`` for a file that cannot be drawn.
    Records ``documents.opened`` like every opening.
    """
    import pypdfium2  # heavy, and only needed here

    if not 1 <= page <= MOST_PAGES:
        raise NotFound("这一页")
    with open_document(document, actor) as file:
        content = file.read()
    try:
        with DRAWING, pypdfium2.PdfDocument(content) as pdf:
            if page > len(pdf):
                raise NotFound("这一页")
            drawn = pdf[page - 1]
            scale = LONGEST_SIDE / max(drawn.get_width(), drawn.get_height(), 1)
            picture = drawn.render(scale=min(scale, LONGEST_SIDE)).to_pil()
    except pypdfium2.PdfiumError:
        raise Refusal(
            "documents.page_cannot_be_shown", "这份文件不能在页面上显示。", "请下载后用自己的软件打开。"
        ) from None
    made = io.BytesIO()
    picture.save(made, format="PNG", optimize=False)
    return made.getvalue()


def page_count(document: Document, actor: Actor) -> int:
    """Return how many pages a kept PDF has, 0 where it cannot be read. Nothing of it is shown, so nothing is recorded.

    Raises NotFound for whoever may not open it.
    """
    import pypdfium2

    if access.may(actor, "documents.open", document):
        raise NotFound("这份文件")
    try:
        with DRAWING, pypdfium2.PdfDocument(store.place_of(document.digest)) as pdf:
            return len(pdf)
    except pypdfium2.PdfiumError:
        return 0

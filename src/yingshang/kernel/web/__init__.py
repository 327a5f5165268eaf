"""Pages, tables and the REST base: how people and machines reach the deeds.

The design system (``templates/web``, ``{% load ys %}``), log-in, tables in and
out, keyset pages, the four errors on a screen, and the API of ``rest``.
Imports ``errors``, ``registry`` and ``parties`` only, so that every other
package may have pages.
"""

from yingshang.kernel.web.errors import render_refusal
from yingshang.kernel.web.forms import offer
from yingshang.kernel.web.pace import Pace
from yingshang.kernel.web.paging import Page, keyset
from yingshang.kernel.web.request import ActorRequest
from yingshang.kernel.web.source_text import Span
from yingshang.kernel.web.tables import Column, Fault, SheetDoor, Table, Wanted, rows_of, table, xlsx_out
from yingshang.kernel.web.uploads import PHOTOS, OneFileField, SeveralFilesField, largest_upload
from yingshang.kernel.web.workbench import Card

__all__ = [
    "PHOTOS",
    "ActorRequest",
    "Card",
    "Column",
    "Fault",
    "OneFileField",
    "Pace",
    "Page",
    "SeveralFilesField",
    "SheetDoor",
    "Span",
    "Table",
    "Wanted",
    "keyset",
    "largest_upload",
    "offer",
    "render_refusal",
    "rows_of",
    "table",
    "xlsx_out",
]

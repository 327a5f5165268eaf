"""What a paper says, without how it looks. Every text is plain: no markup is read out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Heading:
    """A heading in the body. level 1 to 4 is 一、 （一） 1. （1）; a text that brings its number keeps it."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, its first line indented by two characters. A line break in the text breaks the line."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table. Its head, if it has one, is repeated on every page; short rows are filled with empty cells."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""


@dataclass(frozen=True)
class Drawing:
    """A drawing as SVG text, colors and widths in attributes: no style sheet of a page reaches it."""

    svg: str
    caption: str = ""


@dataclass(frozen=True)
class Code:
    """A QR code of a text, with the text beside it for whoever cannot scan."""

    text: str


Block = Heading | Paragraph | Grid | Drawing | Code


@dataclass(frozen=True)
class OfficialDocument:
    """公文 as GB/T 9704—2012 lays it out.

    issuer: 发文机关. number: 发文字号, e.g. ``木营督〔2026〕3号``; empty for none.
    title: a line break in it breaks the line. to: 主送. attachments: names. signed_by: 署名, the place of the seal.
    signed_on: 成文日期. copies_to: 抄送.
    note: 附注, under the date and again at the head of every page; a
    demonstration county passes ``演示``.
    """

    issuer: str
    number: str
    title: str
    to: Sequence[str] = ()
    body: Sequence[Block] = ()
    attachments: Sequence[str] = ()
    signed_by: str = ""
    signed_on: date | None = None
    copies_to: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Form:
    """表单: a check sheet, a notice to an enterprise. A4, fields above, body, lines to sign at the end.

    fields: label and value; an empty value leaves room to write.
    signatures: whose, e.g. ``检查人员``; each gets a line and a date.
    note: printed at the head of every page.
    """

    title: str
    number: str = ""
    fields: Sequence[tuple[str, str]] = ()
    body: Sequence[Block] = ()
    signatures: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Certificate:
    """证照: A4 across in a frame, for a license or a certificate that a party holds. PDF only.

    fields: label and value. code: the text of the QR code by which it is
    checked; code_words: what stands beside it. foot: one line at the bottom, as an identifier.
    stamp: the name on the ring of the round seal drawn over the date; empty
    for none. stamp_mark: a word in the seal, ``演示章``. A drawn seal proves
    nothing; what proves is the electronic seal put on afterwards.
    note: printed at the head.
    """

    title: str
    number: str = ""
    fields: Sequence[tuple[str, str]] = ()
    code: str = ""
    code_words: str = ""
    issuer: str = ""
    issued_on: date | None = None
    stamp: str = ""
    stamp_mark: str = ""
    foot: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chapter:
    """One chapter of a booklet, on a page of its own. fields: label and value, under the title."""

    title: str
    fields: Sequence[tuple[str, str]] = ()
    body: Sequence[Block] = ()


@dataclass(frozen=True)
class Booklet:
    """小册子: a cover, a table of contents with page numbers, chapters. PDF only.

    One chapter alone has neither cover nor contents. subtitle: lines on the
    cover. note: printed at the head of every page.
    """

    title: str
    subtitle: Sequence[str] = ()
    chapters: Sequence[Chapter] = ()
    note: str = ""


Paper = OfficialDocument | Form
Printed = Paper | Certificate | Booklet

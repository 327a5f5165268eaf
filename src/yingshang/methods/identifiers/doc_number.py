"""Number of an official document (发文字号): organ, year, number, as in 木环组发〔2019〕1号."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from yingshang.methods.identifiers.cleaning import UNSEEN

FORM = re.compile(
    r"(?P<organ>[^\W\d_][^〔〕\[\]()【】]*?)[〔\[(【](?P<year>(?:19|20)\d{2})年?[〕\])】]第?(?P<number>\d+)号"
)


@dataclass(frozen=True, order=True)
class DocNumber:
    """A document number; sorts by organ, then year, then number as numbers.

    >>> sorted([DocNumber("木政发", 2019, 12), DocNumber("木政发", 2019, 2)])[0].number
    2
    """

    organ: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.organ}〔{self.year}〕{self.number}号"


def parse(text: str) -> DocNumber:
    """Return the parts of a document number; any brackets are read, 〔 〕 (U+3014, U+3015) are written.

    Raises ValueError with a Chinese reason.

    >>> str(parse("木环组发 [2019] １ 号"))
    '木环组发〔2019〕1号'
    """
    plain = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    found = FORM.fullmatch(plain)
    if found is None:
        raise ValueError(f"“{text.strip()}”不是发文字号。形式应为“机关代字〔年份〕序号号”，例如木环组发〔2019〕1号。")
    return DocNumber(found["organ"], int(found["year"]), int(found["number"]))


def check(text: str) -> str:
    """Return a document number as it is written. Raises ValueError with a Chinese reason."""
    return str(parse(text))

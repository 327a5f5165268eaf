"""Code of an investment project (投资项目代码) as the national online platform gives it: 24 characters."""

from __future__ import annotations

import re

from yingshang.methods.identifiers.cleaning import cleaned

NAME = "投资项目代码"
FORM = re.compile(r"(\d{4})-?(\d{6})-?(\d{2})-?(\d{2})-?(\d{6})")


def check(text: str) -> str:
    """Return the code with its hyphens: year, division, industry, kind, serial number.

    Only the form is checked; the code has no check digit. Dashes of any kind
    are taken for hyphens. Raises ValueError with a Chinese reason.

    >>> check("2026 230127 44 01 000123")
    '2026-230127-44-01-000123'
    """
    code = re.sub("[‐‑‒–—―−－]", "-", cleaned(text))
    found = FORM.fullmatch(code)
    if found is None:
        raise ValueError(f"{NAME}的形式是“年份-区划-行业-类型-序号”，例如2026-230127-44-01-000123。")
    return "-".join(found.groups())

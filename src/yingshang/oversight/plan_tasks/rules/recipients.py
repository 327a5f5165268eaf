"""Whom a notice is addressed to (主送), as its head prints it."""

from __future__ import annotations

import re

HEAD = re.compile(r"^[ \t　]*(?P<names>[^\n:：《》。]{2,400})[:：][ \t　]*$", re.MULTILINE)
"""A line that ends with a colon: the addressees of an official letter stand so (GB/T 9704—2012, 7.3.2 主送机关)."""

LETTER = re.compile(r"现将|印发|转发|同意")
"""What the letter itself says right after its addressees."""

SIGN_FOR = "plan_tasks.sign_for"
"""The duty to sign for a notice that was delivered."""

BETWEEN_GROUPS = re.compile(r"[,，;；]")


def recipients_of(text: str) -> list[str]:
    """Return the addressees of a notice as printed, in order; empty where it has none.

    A comma parts one addressee from the next; “、” may stand inside one
    (各乡镇党委、政府), so whoever looks names up tries the whole first.

    >>> recipients_of("某县通知\\n各乡镇党委、政府,县法院:\\n现将方案印发给你们。\\n")
    ['各乡镇党委、政府', '县法院']
    >>> recipients_of("一、任务分工:\\n1.公布清单。\\n")
    []
    """
    for found in HEAD.finditer(text):
        following = text[found.end() :].lstrip()
        if LETTER.search(following.partition("\n")[0]):
            return [name.strip() for name in BETWEEN_GROUPS.split(found["names"]) if name.strip()]
    return []


def parts_of(printed: str) -> list[str]:
    """Return the names that “、” may part in one addressee; the whole alone where it has none."""
    return [part.strip() for part in printed.split("、") if part.strip()]

"""The four kinds of error, and no more.

Anything that is none of these is a defect: a trace number for the person, the
traceback for the operator, nothing else to either.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NotFound", "Refusal", "Stale", "Unavailable"]


@dataclass(eq=False)
class Refusal(Exception):
    """Understood, and must not be done (HTTP 409).

    code: ``package.what_is_wrong``, listed in docs/errors.md.
    reason: what is so and why, one Chinese sentence for the person.
    remedy: what the person can do now, one Chinese sentence.
    source: the text that decides, e.g. ``《行政许可法》第三十二条``; empty if none.
    """

    code: str
    reason: str
    remedy: str = ""
    source: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}{self.remedy}"


@dataclass(eq=False)
class NotFound(Exception):
    """There is no such thing, or it is not this actor's to know (HTTP 404).

    The two cases read alike on purpose: who may not know a thing cannot find
    it by asking.
    """

    what: str = "您要找的内容"

    def __str__(self) -> str:
        return f"{self.what}不存在，或者您无权查看。"


@dataclass(eq=False)
class Stale(Exception):
    """Somebody was first; reload and look again (HTTP 409, code ``kernel.stale``)."""

    reason: str = "刚才有人先改动了这条记录。"
    remedy: str = "请刷新页面，看过最新内容后再办理。"

    def __str__(self) -> str:
        return f"{self.reason}{self.remedy}"


@dataclass(eq=False)
class Unavailable(Exception):
    """An outside system does not answer; retry later, nothing is lost (HTTP 503).

    system: its Chinese name, as a clerk would say it.
    """

    system: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.system}暂时连接不上。{self.reason}已经提交的内容不会丢失，请稍后再试。"

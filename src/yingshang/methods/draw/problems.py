"""What can be wrong with what a draw is given. Each says where and in which words."""

from __future__ import annotations

from collections.abc import Sequence


class DrawProblem(ValueError):
    """A draw cannot be made like this. code: for programs; said: for people, in Chinese."""

    def __init__(self, code: str, where: str, said: str) -> None:
        super().__init__(f"{where}: {said}" if where else said)
        self.code, self.where, self.said = code, where, said


class PlanProblem(DrawProblem):
    """A plan nobody could draw from fairly: ids, classes, ratios, inspectors."""


class RandomnessProblem(DrawProblem):
    """A piece of randomness that is not the one the rule asked for."""


class Missing(DrawProblem):
    """Not all randomness is there. sources: the ones that are missing, as the string would name them."""

    def __init__(self, sources: Sequence[str]) -> None:
        super().__init__("missing", "", f"随机数还没有到齐，缺：{'、'.join(sources)}。")
        self.sources = tuple(sources)


class NothingToReplace(DrawProblem):
    """The target or inspector to be replaced is not, or no longer, in the result."""

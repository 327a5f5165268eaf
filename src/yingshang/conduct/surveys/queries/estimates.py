"""What the sheets say about everybody: each figure with its interval and its number of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from yingshang.conduct.surveys import rules
from yingshang.conduct.surveys.models import Answer, Survey
from yingshang.kernel.errors import Refusal
from yingshang.methods import survey as method


@dataclass(frozen=True)
class Estimate:
    """One figure. domain: a stratum's key, or empty for everybody.

    option: of single and multiple, whose value is a share of 0 to 1; empty for
    a mean. n: answers it rests on. Where ``is_held_back`` the figures are None:
    too few answers, or those of others would follow.
    """

    question: str
    title: str
    kind: str
    option: str
    domain: str
    domain_title: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    is_held_back: bool = False


def refuse_lonely(one: Survey) -> None:
    """Raise Refusal ``surveys.stratum_has_one_answer`` where a stratum has no variance of its own. Queries: 2."""
    design, _ = _sheets(one)
    _groups(one, design)


def estimates(one: Survey, least: int) -> list[Estimate]:
    """Return the figures of every question but texts: of everybody first, then of each stratum. Queries: 2.

    least: answers below which a figure is held back. Those of strata are
    domain estimates on the whole design, with finite population correction.
    Raises Refusal ``surveys.stratum_has_one_answer``.
    """
    design, sheets = _sheets(one)
    if not sheets:
        return []
    _groups(one, design)
    titles = {each.key: each.title for each in one.strata.all()}
    return [
        found
        for question in rules.questions_of(one.version.questions)
        if question.kind != "text"
        for found in _of_question(question, design, sheets, titles, least)
    ]


def texts(one: Survey, least: int) -> dict[str, list[str]]:
    """Return the answers in words by the title of their question, sorted so that no sheet can be put together again.

    A question with fewer than ``least`` is left out. Queries: 1.
    """
    sheets = list(Answer.objects.filter(stratum__survey=one).values_list("values", flat=True))
    found = {
        question.title: sorted(sheet[question.key] for sheet in sheets if sheet.get(question.key))
        for question in rules.questions_of(one.version.questions)
        if question.kind == "text"
    }
    return {title: said for title, said in found.items() if len(said) >= max(least, 1)}


def _sheets(one: Survey) -> tuple[method.Design, list[dict[str, Any]]]:
    rows = list(Answer.objects.filter(stratum__survey=one).order_by("pk").values_list("stratum__key", "values"))
    strata = tuple(method.Stratum(each.key, each.population) for each in one.strata.order_by("pk"))
    design = method.Design(strata, tuple(key for key, _ in rows), merged=one.merges)
    return design, [values for _, values in rows]


def _groups(one: Survey, design: method.Design) -> None:
    try:
        _ = design.groups
    except method.NotEnough as lonely:
        titles = dict(one.strata.values_list("key", "title"))
        named = "、".join(titles[key] for key in lonely.strata)
        raise Refusal(
            "surveys.stratum_has_one_answer",
            f"{named}只有一份答卷，算不出误差。",
            "请指明并入哪一层计算误差，再看结果、再公布。",
        ) from None


def _of_question(
    question: rules.Question,
    design: method.Design,
    sheets: list[dict[str, Any]],
    titles: dict[str, str],
    least: int,
) -> Iterator[Estimate]:
    given = [sheet.get(question.key) for sheet in sheets]
    counts = Counter(key for key, one in zip(design.asked, given, strict=True) if one is not None)
    answered = {key: counts[key] for key in titles}
    hidden = rules.held_back(answered, least)
    if sum(answered.values()) < least:
        hidden |= {""}
    for option, reads in _readings(question):
        values = [None if one is None else reads(one) for one in given]
        for domain in ("", *titles):
            within = [not domain or key == domain for key in design.asked]
            n = answered[domain] if domain else sum(answered.values())
            figure = None
            if domain not in hidden and n:
                figure = _figure(question, design, values, within)
            yield Estimate(
                question.key,
                question.title,
                question.kind,
                option,
                domain,
                titles.get(domain, "全部"),
                figure.value if figure else None,
                figure.low if figure else None,
                figure.high if figure else None,
                n,
                figure is None,
            )


def _readings(question: rules.Question) -> list[tuple[str, Callable[[Any], float]]]:
    """Return what is estimated of a question: each option, or the mean."""
    if question.kind == "single":
        return [(option, partial(_chose, option)) for option in question.options]
    if question.kind == "multiple":
        return [(option, partial(_ticked, option)) for option in question.options]
    return [("", float)]


def _chose(option: str, said: str) -> float:
    return float(said == option)


def _ticked(option: str, said: list[str]) -> float:
    return float(option in said)


def _figure(
    question: rules.Question, design: method.Design, values: list[float | None], within: list[bool]
) -> method.Estimate:
    if question.kind in ("single", "multiple"):
        return method.share(design, [None if one is None else bool(one) for one in values], within=within)
    return method.mean(design, values, within=within)

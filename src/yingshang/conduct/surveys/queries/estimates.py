"""What the sheets say about everybody: each figure with its interval and its number of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from yingshang.conduct.surveys import rules
from yingshang.conduct.surveys.models import Answer, Cluster, Survey
from yingshang.kernel.errors import Refusal
from yingshang.methods import survey as method


@dataclass(frozen=True)
class Estimate:
    """One figure. domain: empty for everybody, a stratum's key, or ``q2:许可`` for those who chose it in question 2.

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


@dataclass(frozen=True)
class Sheets:
    """The sheets of a survey on its design. layers: the stratum of each sheet. said: what each chose as its domain.

    strata, domains: key → title, in their order. names: strata and clusters as the design knows them → title.
    """

    design: method.Design
    values: Sequence[Mapping[str, Any]]
    layers: Sequence[str]
    said: Sequence[str]
    strata: Mapping[str, str]
    domains: Mapping[str, str]
    names: Mapping[str, str]


def refuse_lonely(one: Survey) -> None:
    """Raise Refusal ``surveys.stratum_has_one_answer`` where a stratum or cluster has no variance of its own."""
    _refuse_lonely(sheets_of(one))


def estimates(one: Survey, least: int) -> list[Estimate]:
    """Return the figures of every question but texts: of everybody, each stratum, each domain. Queries: at most 3.

    least: answers below which a figure is held back. Strata and domains are
    estimated on the whole design, with finite population correction at each
    stage. Raises Refusal ``surveys.stratum_has_one_answer``.
    """
    sheets = sheets_of(one)
    if not sheets.values:
        return []
    _refuse_lonely(sheets)
    return [
        found
        for question in rules.questions_of(one.version.questions)
        if question.kind != "text"
        for found in _of_question(question, one.domain_question, sheets, least)
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


def sheets_of(one: Survey) -> Sheets:
    """Return the sheets of a survey on the design by which it asked. Queries: 2, with clusters 3."""
    rows = list(
        Answer.objects.filter(stratum__survey=one)
        .order_by("pk")
        .values_list("stratum__key", "cluster__number", "values")
    )
    strata = list(one.strata.order_by("pk"))
    titles = {each.key: each.title for each in strata}
    layers = tuple(key for key, _, _ in rows)
    asked, clusters, places = layers, [], {each.key: each.population for each in strata}
    if one.has_clusters:
        clusters = list(Cluster.objects.filter(stratum__survey=one).select_related("stratum").order_by("pk"))
        asked = tuple(rules.cluster_key(number) for _, number, _ in rows)
        places = dict(Counter(each.stratum.key for each in clusters))
    design = method.Design(
        tuple(method.Stratum(key, places.get(key, 0)) for key in titles),
        asked,
        tuple(
            method.Cluster(rules.cluster_key(each.number), each.stratum.key, each.population)
            for each in clusters
            if each.invited
        ),
        one.merges,
    )
    key = one.domain_question
    options = next((each.options for each in rules.questions_of(one.version.questions) if each.key == key), ())
    return Sheets(
        design,
        [values for _, _, values in rows],
        layers,
        [f"{key}:{values[key]}" if values.get(key) else "" for _, _, values in rows],
        titles,
        {f"{key}:{option}": f"选“{option}”的" for option in options},
        titles | {rules.cluster_key(each.number): each.title for each in clusters},
    )


def mergeable(one: Survey) -> dict[str, str]:
    """Return what may share a variance: strata, with nothing, and drawn clusters, with their stratum. Queries: 2."""
    strata = one.strata.order_by("pk").values_list("key", flat=True)
    drawn = Cluster.objects.filter(stratum__survey=one, invited__gt=0).order_by("pk")
    places = drawn.values_list("number", "stratum__key")
    return dict.fromkeys(strata, "") | {rules.cluster_key(number): f"#{key}" for number, key in places}


def _refuse_lonely(sheets: Sheets) -> None:
    try:
        _ = sheets.design.groups, sheets.design.cells
    except method.NotEnough as lonely:
        named = "、".join(sheets.names[key] for key in lonely.strata)
        raise Refusal(
            "surveys.stratum_has_one_answer",
            f"{named}没有答卷或者只有一份，或者只抽了一个群，算不出误差。",
            "请指明并入哪一层或者哪一群计算误差，再看结果、再公布。",
        ) from None


def _of_question(question: rules.Question, by: str, sheets: Sheets, least: int) -> Iterator[Estimate]:
    given = [values.get(question.key) for values in sheets.values]
    domains = sheets.domains if question.key != by else {}
    answered = _answered(given, sheets, domains)
    hidden = _hidden(given, answered, sheets, domains, least)
    titles = {"": "全部", **sheets.strata, **domains}
    members = {
        domain: [not domain or domain in (layer, said) for layer, said in zip(sheets.layers, sheets.said, strict=True)]
        for domain in titles
        if domain not in hidden and answered[domain]
    }
    for option, reads in _readings(question):
        values = [None if one is None else reads(one) for one in given]
        for domain, title in titles.items():
            figure = None
            if domain in members:
                figure = _figure(question, sheets.design, values, members[domain])
            yield Estimate(
                question.key,
                question.title,
                question.kind,
                option,
                domain,
                title,
                figure.value if figure else None,
                figure.low if figure else None,
                figure.high if figure else None,
                answered[domain],
                figure is None,
            )


def _answered(given: Sequence[Any], sheets: Sheets, domains: Mapping[str, str]) -> Counter[str]:
    """Return how many answered the question: of everybody, of each stratum and each domain."""
    found: Counter[str] = Counter()
    for one, layer, said in zip(given, sheets.layers, sheets.said, strict=True):
        if one is not None:
            found[""] += 1
            found[layer] += 1
            if said in domains:
                found[said] += 1
    return found


def _hidden(
    given: Sequence[Any], answered: Counter[str], sheets: Sheets, domains: Mapping[str, str], least: int
) -> set[str]:
    """Return what is held back: strata, domains, and everybody where too few answered at all."""
    strata = {key: answered[key] for key in sheets.strata}
    hidden = rules.held_back(strata, least)
    if answered[""] < least:
        hidden |= {""}
    if not domains:
        return hidden
    parts = {key: answered[key] for key in domains}
    silent = answered[""] - sum(parts.values())
    shown = {key: count for key, count in parts.items() if key not in rules.held_back(parts, least, silent=silent)}
    both = Counter(
        (layer, said) for one, layer, said in zip(given, sheets.layers, sheets.said, strict=True) if one is not None
    )
    visible = {key: count for key, count in strata.items() if key not in hidden}
    also = rules.nested(both, visible, shown, least)
    return hidden | rules.held_back(parts, least, silent=silent, also=also)


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

"""Questionnaires, surveys, frames, and the form behind a code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from yingshang.conduct.surveys import rules
from yingshang.conduct.surveys.models import Cluster, FrameRow, Questionnaire, Survey, Terms, Token, Version
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.methods import survey as method

LATEST_FIRST = ("-opened_on", "-id")


@dataclass(frozen=True)
class FormBehind:
    """What a code opens: the survey (its row), its title and its form."""

    survey: int
    title: str
    unit: str
    last_day: date
    is_demo: bool
    schema: dict[str, Any]


@dataclass(frozen=True)
class Layer:
    """A stratum as it stands. needed: answers for the county's margin, spread over the strata in proportion.

    invited: None before the draw. clusters: drawn, of how many; both 0 where there are none.
    """

    key: str
    title: str
    population: int
    to_draw: int
    invited: int | None
    answers: int
    needed: int
    clusters_drawn: int = 0
    clusters: int = 0

    @property
    def response(self) -> float | None:
        """Answers of those invited, 0 to 1."""
        return self.answers / self.invited if self.invited else None

    @property
    def weight(self) -> float | None:
        """How many parties one answer stands for; None without answers, and where each cluster has its own."""
        return self.population / self.answers if self.answers and not self.clusters else None

    @property
    def correction(self) -> float | None:
        """What is left of the variance because part of a finite population answered: 1 - n/N."""
        return 1 - self.answers / self.population if self.population and not self.clusters else None


def questionnaire(code: str, *, lock: bool = False) -> Questionnaire:
    """Return a questionnaire. Raises NotFound. Queries: 1."""
    rows = Questionnaire.objects.select_related("unit").filter(code=code)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound("这份问卷")
    return found


def questionnaires_of(unit: str) -> QuerySet[Questionnaire]:
    """Return the questionnaires of a unit with the number of their newest published version, by title."""
    newest = Max("versions__number", filter=Q(versions__published_at__isnull=False))
    return Questionnaire.objects.filter(unit__code=unit).annotate(newest=newest).order_by("title", "pk")


def draft_of(one: Questionnaire) -> Version | None:
    """Return the draft, if there is one. Queries: 1."""
    return one.versions.filter(published_at=None).first()


def newest_version(one: Questionnaire) -> Version:
    """Return the newest published version. Raises Refusal ``surveys.not_published``. Queries: 1."""
    found = one.versions.filter(published_at__isnull=False).order_by("-number").first()
    if found is None:
        raise Refusal("surveys.not_published", "这份问卷还没有发布。", "请先发布一版，发布以后题目不再改动。")
    return found


def next_number(one: Questionnaire) -> int:
    """Return the number of the next version. Queries: 1."""
    return (one.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def survey(code: str, *, lock: bool = False) -> Survey:
    """Return a survey with its version, questionnaire and unit. Raises NotFound. Queries: 1."""
    rows = Survey.objects.select_related("version__questionnaire", "unit").filter(code=code)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound("这次调查")
    return found


def surveys_of(unit: str) -> QuerySet[Survey]:
    """Return the surveys of a unit, the latest first."""
    return Survey.objects.filter(unit__code=unit).select_related("unit").order_by(*LATEST_FIRST)


def published() -> QuerySet[Survey]:
    """Return the surveys whose results are public, the latest first."""
    rows = Survey.objects.filter(state=Survey.State.PUBLISHED)
    return rows.select_related("unit", "version__questionnaire").order_by(*LATEST_FIRST)


def terms_on(day: date) -> Terms:
    """Return the county's terms of asking on a day. Raises Refusal ``surveys.no_terms``. Queries: 1."""
    standing = Q(effective_to=None) | Q(effective_to__gte=day)
    found = Terms.objects.filter(standing, effective_from__lte=day).order_by("effective_from").last()
    if found is None:
        raise Refusal(
            "surveys.no_terms", "县里没有规定问卷的份数上限和公布的最少份数。", "请在县资料 surveys.yaml 中补上。"
        )
    return found


def layers(one: Survey, margin_percent: int) -> list[Layer]:
    """Return the strata with what came back and what is needed for the margin. Queries: 1, with clusters 2."""
    rows = list(one.strata.annotate(count=Count("answers")).order_by("pk"))
    there = {each.key: each.population for each in rows}
    size = method.sample_size(sum(there.values()), margin=margin_percent / 100)
    needed = method.allocate(there, size)
    clusters: Counter[int] = Counter()
    drawn: Counter[int] = Counter()
    for each in clusters_of(one) if one.has_clusters else ():
        clusters[each.stratum_id] += 1
        drawn[each.stratum_id] += bool(each.invited)
    return [
        Layer(
            each.key,
            each.title,
            each.population,
            each.to_draw,
            each.invited,
            each.count,
            needed[each.key],
            drawn[each.pk],
            clusters[each.pk],
        )
        for each in rows
    ]


def clusters_of(one: Survey) -> QuerySet[Cluster]:
    """Return the clusters with their stratum and the ``count`` of their answers, in the order of their numbers."""
    rows = Cluster.objects.filter(stratum__survey=one).select_related("stratum")
    return rows.annotate(count=Count("answers")).order_by("pk")


def reasons_of(one: Survey) -> list[tuple[str, int]]:
    """Return how many parties of the frame are asked, not drawn or left out, by reason in words. Queries: 1."""
    words = dict(FrameRow.Reason.choices)
    rows = FrameRow.objects.filter(survey=one).values("reason").annotate(count=Count("pk")).order_by("reason")
    return [(str(words[each["reason"]]), each["count"]) for each in rows]


def form_behind(digest: bytes, on: date) -> FormBehind | None:
    """Return the form that an unused code opens on a day, or None. Queries: 1."""
    found = (
        Token.objects.filter(
            digest=digest,
            stratum__survey__state=Survey.State.OPEN,
            stratum__survey__opened_on__lte=on,
            stratum__survey__last_day__gte=on,
        )
        .annotate(
            title=F("stratum__survey__title"),
            unit=F("stratum__survey__unit__name"),
            last_day=F("stratum__survey__last_day"),
            is_demo=F("stratum__survey__is_demo"),
            questions=F("stratum__survey__version__questions"),
        )
        .values("stratum__survey_id", "title", "unit", "last_day", "is_demo", "questions")
        .first()
    )
    if found is None:
        return None
    schema = rules.schema_of(found["title"], rules.questions_of(found["questions"]))
    return FormBehind(
        found["stratum__survey_id"], found["title"], found["unit"], found["last_day"], found["is_demo"], schema
    )

"""Opening a survey of everybody: the frame with a reason for all left out, and codes that belong to nobody."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Answer, Cluster, Stratum, Survey, Version
from yingshang.conduct.surveys.operations.following import owe_closing
from yingshang.conduct.surveys.operations.framing import hold_openings, write_frame
from yingshang.kernel import access, clock, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@dataclass(frozen=True)
class Card:
    """An answer code to hand out. Returned once, kept nowhere; which enterprise gets it nobody decides here.

    cluster: where its holder is to be found, where clusters were drawn.
    """

    stratum: str
    code: str
    cluster: str = ""


@transaction.atomic
def open_survey(
    *,
    code: str,
    title: str,
    questionnaire: str,
    kinds: Sequence[str],
    last_day: date,
    by: Actor,
    at: datetime,
    roll: str = "parties.register",
    layered_by: str = rules.KIND,
    dealt_from: date | None = None,
    dealt_to: date | None = None,
    skip_asked: bool = False,
    domain_question: str = "",
    is_demo: bool = False,
) -> tuple[Survey, list[Card]]:
    """Fix the frame, invite everybody in it, and return the survey with one card for each, shuffled in each stratum.

    kinds: of parties, out of the roll's. roll, layered_by: of ``queries.rolls``.
    dealt_from, dealt_to: for a roll that takes days. skip_asked: leave out who
    was sent this questionnaire before. domain_question: key of a single-choice
    question. Every party of the roll stands in the frame, invited or left out
    with a reason. All are invited: nobody chooses. ``plan_survey`` asks some.
    Raises NotFound, what the policy says and Refusal ``surveys.code_taken``,
    ``surveys.not_published``, ``surveys.no_strata``, ``surveys.no_terms``,
    ``surveys.nobody_to_ask``, ``surveys.ends_too_early``,
    ``surveys.no_domain_question`` and what ``queries.laid_out`` refuses; Stale
    when the roll changes meanwhile. Records ``surveys.opened``.
    """
    on = clock.beijing_date(at)
    one = queries.questionnaire(questionnaire, lock=True)
    access.permit(by, "surveys.run", one.unit)
    refuse_bad_days(code, last_day, on)
    version = queries.newest_version(one)
    refuse_bad_domain(version, domain_question)
    terms = queries.terms_on(on)
    hold_openings()
    asked = rules.FrameAsked(
        roll=roll,
        kinds=tuple(kinds),
        layered_by=layered_by,
        dealt_from=dealt_from,
        dealt_to=dealt_to,
        skip_asked=skip_asked,
    )
    layout = queries.laid_out(asked, questionnaire=one, terms=terms, on=on)
    survey = begun(
        code=code,
        title=title,
        version=version,
        unit=one.unit,
        opened_on=on,
        last_day=last_day,
        roll=roll,
        roll_title=layout.roll.title,
        layered_by=layered_by,
        dealt_from=dealt_from if layout.roll.takes_days else None,
        dealt_to=dealt_to if layout.roll.takes_days else None,
        domain_question=domain_question,
        is_demo=is_demo,
    )
    strata = write_frame(survey, asked, layout, {}, questionnaire=one, terms=terms, on=on)
    owe_closing(survey, by=by, at=at)
    cards = issue(survey, {(stratum, None): stratum.population for stratum in strata})
    ledger.record(
        "surveys.opened",
        subject=f"survey:{code}",
        by=by,
        at=at,
        facts={
            "code": code,
            "version": version.digest,
            "invited": len(cards),
            "left_out": layout.left_out,
            "strata": [stratum.population for stratum in strata],
        },
    )
    return survey, cards


@transaction.atomic
def replace_codes(*, survey: str, by: Actor, at: datetime) -> list[Card]:
    """Make every unused code void and return as many new ones; for cards that were lost or seen by others.

    Raises NotFound, what the policy says and Refusal ``surveys.not_open``. Records ``surveys.codes_replaced``.
    """
    one = queries.survey(survey, lock=True)
    access.permit(by, "surveys.run", one.unit)
    if one.state != Survey.State.OPEN:
        raise Refusal("surveys.not_open", "这次调查没有在回收。", "现在不需要答题码。")
    answered: Counter[tuple[int, int | None]] = Counter(
        Answer.objects.filter(stratum__survey=one).values_list("stratum_id", "cluster_id")
    )
    wanted = {
        (stratum, cluster): count - answered[stratum.pk, cluster.pk if cluster else None]
        for (stratum, cluster), count in invited_to(one).items()
    }
    cards = issue(one, wanted)
    ledger.record(
        "surveys.codes_replaced",
        subject=f"survey:{one.code}",
        by=by,
        at=at,
        facts={"code": one.code, "count": len(cards)},
    )
    return cards


def begun(**fields: object) -> Survey:
    """Create a survey. Raises Refusal ``surveys.code_taken`` where somebody took the code a moment before."""
    try:
        with transaction.atomic():
            return Survey.objects.create(**fields)
    except IntegrityError:
        raise _taken(str(fields["code"])) from None


def refuse_bad_days(code: str, last_day: date, on: date) -> None:
    """Raise Refusal ``surveys.code_taken`` and ``surveys.ends_too_early``. Queries: 1."""
    if Survey.objects.filter(code=code).exists():
        raise _taken(code)
    if last_day < on:
        raise Refusal("surveys.ends_too_early", "截止日已经过去。", "请选今天或者以后的日期。")


def refuse_bad_domain(version: Version, key: str) -> None:
    """Raise Refusal ``surveys.no_domain_question`` unless the key is empty or that of a single-choice question."""
    if key and key not in {each.key for each in rules.questions_of(version.questions) if each.kind == "single"}:
        raise Refusal(
            "surveys.no_domain_question", "只能按一道单选题分组公布。", "请选这份问卷里的一道单选题，或者不选。"
        )


def invited_to(one: Survey) -> dict[tuple[Stratum, Cluster | None], int]:
    """Return how many cards each stratum gets, or each drawn cluster where clusters were drawn. Queries: at most 2."""
    strata = {stratum.pk: stratum for stratum in one.strata.order_by("pk")}
    if not one.has_clusters:
        return {(stratum, None): stratum.invited or 0 for stratum in strata.values()}
    drawn = Cluster.objects.filter(stratum__survey=one, invited__gt=0).order_by("pk")
    return {(strata[each.stratum_id], each): each.invited or 0 for each in drawn}


def issue(survey: Survey, wanted: Mapping[tuple[Stratum, Cluster | None], int]) -> list[Card]:
    """Make the codes in one batch. Stored are digests only, in the order of the digests."""
    made = [
        (stratum, cluster, rules.checked("".join(secrets.choice(rules.LETTERS) for _ in range(rules.RANDOM_LENGTH))))
        for (stratum, cluster), count in wanted.items()
        for _ in range(count)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT surveys_issue(%s, %s::bigint[], %s::bigint[], %s::bytea[])",
            [
                survey.pk,
                [stratum.pk for stratum, _, _ in made],
                [cluster.pk if cluster else None for _, cluster, _ in made],
                [rules.code_digest(code) for _, _, code in made],
            ],
        )
    return [
        Card(stratum.title, rules.grouped(code), cluster.title if cluster else "") for stratum, cluster, code in made
    ]


def _taken(code: str) -> Refusal:
    return Refusal("surveys.code_taken", f"代号“{code}”已经用过。", "请换一个代号。")

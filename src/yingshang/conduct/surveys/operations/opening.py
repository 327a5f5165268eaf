"""Opening a survey of everybody: the frame with a reason for all left out, and codes that belong to nobody."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Answer, Cluster, Stratum, Survey
from yingshang.conduct.surveys.operations.beginning import begin
from yingshang.conduct.surveys.operations.following import owe_closing
from yingshang.kernel import access, ledger
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
    found = begin(
        action="surveys.run",
        code=code,
        questionnaire=questionnaire,
        asked=rules.FrameAsked(
            roll=roll,
            kinds=tuple(kinds),
            layered_by=layered_by,
            dealt_from=dealt_from,
            dealt_to=dealt_to,
            skip_asked=skip_asked,
        ),
        last_day=last_day,
        domain_question=domain_question,
        by=by,
        at=at,
    )
    survey = found.survey(code=code, title=title, last_day=last_day, domain_question=domain_question, is_demo=is_demo)
    strata = found.frame(survey, {})
    owe_closing(survey, by=by, at=at)
    cards = issue(survey, {(stratum, None): stratum.population for stratum in strata})
    ledger.record(
        "surveys.opened",
        subject=f"survey:{code}",
        by=by,
        at=at,
        facts={
            "code": code,
            "version": found.version.digest,
            "invited": len(cards),
            "left_out": found.layout.left_out,
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

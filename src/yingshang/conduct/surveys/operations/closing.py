"""Closing the urn, settling lonely strata by name, publishing."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import connection, transaction

from yingshang.conduct.surveys import queries
from yingshang.conduct.surveys.models import Answer, Survey
from yingshang.conduct.surveys.operations.following import owe_results, results_are_out
from yingshang.kernel import access, clock, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def close(*, survey: str, by: Actor, at: datetime) -> Survey:
    """Close the urn: unused codes are thrown away, sheets shuffled and given new ids. Return the survey.

    From then on the unit owes the results, within the county's limit.
    Raises NotFound, what the policy says and Refusal ``surveys.not_open``.
    Records ``surveys.closed`` with the digest of all sheets in the order of their new ids.
    """
    one = queries.survey(survey, lock=True)
    access.permit(by, "surveys.run", one.unit)
    if one.state != Survey.State.OPEN:
        raise Refusal("surveys.not_open", "这次调查没有在回收。", "请看这次调查现在的情况。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT surveys_close(%s, %s)", [one.pk, clock.beijing_date(at)])
    one.refresh_from_db()
    owe_results(one, by=by, at=at)
    sheets = [f"{each.pk} {each.values}" for each in Answer.objects.filter(stratum__survey=one).order_by("pk")]
    ledger.record(
        "surveys.closed",
        subject=f"survey:{one.code}",
        by=by,
        at=at,
        facts={
            "code": one.code,
            "answers": len(sheets),
            "digest": hashlib.sha256("\n".join(sheets).encode()).hexdigest(),
        },
    )
    return one


@transaction.atomic
def merge(*, survey: str, stratum: str, into: str, by: Actor, at: datetime) -> Survey:
    """Let a stratum or cluster with one answer share the variance of another that a person names. Return the survey.

    stratum, into: as ``queries.mergeable`` names them. Its weight stays its
    own. Raises NotFound, what the policy says and Refusal
    ``surveys.not_closed``, ``surveys.cannot_merge``. Records ``surveys.strata_merged``.
    """
    one = queries.survey(survey, lock=True)
    access.permit(by, "surveys.publish", one)
    _must_be_closed(one)
    places = queries.mergeable(one)
    known = {stratum, into} <= set(places)
    if stratum == into or not known or places[stratum] != places[into] or into in one.merges:
        raise Refusal(
            "surveys.cannot_merge",
            "这两个不能合并。",
            "层和层合并，群和同一层的群合并；请选这次调查里的另外一个，不能选已经并走的。",
        )
    one.merges = {**one.merges, stratum: into}
    one.save(update_fields=["merges"])
    ledger.record(
        "surveys.strata_merged",
        subject=f"survey:{one.code}",
        by=by,
        at=at,
        facts={"code": one.code, "stratum": stratum, "into": into},
    )
    return one


@transaction.atomic
def publish_results(*, survey: str, by: Actor, at: datetime) -> Survey:
    """Publish what may be published and return the survey; nothing of it changes afterwards.

    Raises NotFound, what the policy says and Refusal ``surveys.not_closed``,
    ``surveys.too_few_answers``, ``surveys.stratum_has_one_answer``. Records ``surveys.results_published``.
    """
    one = queries.survey(survey, lock=True)
    access.permit(by, "surveys.publish", one)
    _must_be_closed(one)
    on = clock.beijing_date(at)
    terms = queries.terms_on(on)
    answers = Answer.objects.filter(stratum__survey=one).count()
    if answers < terms.least:
        raise Refusal(
            "surveys.too_few_answers",
            f"只收回{answers}份，少于{terms.least}份，公布出来可能认出是谁答的。",
            "这次调查不公布；下次可以延长回收时间。",
            terms.source,
        )
    queries.refuse_lonely(one)
    one.state, one.published_on, one.least = Survey.State.PUBLISHED, on, terms.least
    one.save(update_fields=["state", "published_on", "least"])
    results_are_out(one, at=at)
    ledger.record(
        "surveys.results_published",
        subject=f"survey:{one.code}",
        by=by,
        at=at,
        facts={"code": one.code, "answers": answers, "least": terms.least},
    )
    return one


def _must_be_closed(one: Survey) -> None:
    if one.state != Survey.State.CLOSED:
        raise Refusal("surveys.not_closed", "调查还没有截止，或者结果已经公布。", "截止以后、公布以前才能办理。")

"""What a survey owes once it has begun: an end to the collecting, then its figures in public, or a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from yingshang.conduct.surveys import queries
from yingshang.conduct.surveys.models import Answer, Survey
from yingshang.kernel import access, clock, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor

CLOSE = "surveys.close"
PUBLISH = "surveys.publish"
LIMIT = "SURVEY.PUBLISH"


def owe_closing(one: Survey, *, by: Actor, at: datetime) -> None:
    """Let the unit that asks owe the end of the collecting: due on the first day on which nobody may answer."""
    work.owe(
        kind=CLOSE,
        title=f"截止问卷调查“{one.title}”",
        unit=one.unit,
        due_date=one.last_day + timedelta(days=1),
        origin=one.in_ledger,
        by=by,
        at=at,
    )


def owe_results(one: Survey, *, by: Actor, at: datetime) -> None:
    """Take the closing as done; let the unit owe the results within the county's limit, undated where it has none."""
    _settle(one, CLOSE, at, "已截止")
    work.owe(
        kind=PUBLISH,
        title=f"公布问卷调查“{one.title}”的结果",
        unit=one.unit,
        limit=_limit_on(clock.beijing_date(at)),
        origin=one.in_ledger,
        by=by,
        at=at,
    )


def results_are_out(one: Survey, *, at: datetime) -> None:
    """Take the results as published."""
    _settle(one, PUBLISH, at, "结果已公布")


@transaction.atomic
def withhold_results(*, survey: str, reason: str, by: Actor, at: datetime) -> Survey:
    """Say why a closed survey with too few answers is not published, and owe nothing more. Return the survey.

    Whatever may be published must be. Raises NotFound, what the policy says, Refusal ``surveys.not_closed``,
    ``surveys.reason_missing`` and ``surveys.enough_to_publish``. Records ``surveys.results_withheld``.
    """
    one = queries.survey(survey, lock=True)
    access.permit(by, "surveys.publish", one)
    duty = queries.open_duty(one, PUBLISH)
    if one.state != Survey.State.CLOSED or duty is None:
        raise Refusal("surveys.not_closed", "这次调查没有等待公布的结果。", "请看这次调查现在的情况。")
    if not reason.strip():
        raise Refusal("surveys.reason_missing", "不公布要写明原因。", "请写明原因，例如收回的份数太少。")
    least = queries.terms_on(clock.beijing_date(at)).least
    answers = Answer.objects.filter(stratum__survey=one).count()
    if answers >= least:
        raise Refusal(
            "surveys.enough_to_publish",
            f"收回了{answers}份，不少于规定的{least}份，结果应当公布。",
            "请公布结果；份数太少的层和题会自动不公布。",
        )
    work.cancel(obligation_id=duty, by=SYSTEM, at=at, reason=reason.strip())
    facts = {"code": one.code, "answers": answers, "reason": reason.strip()}
    ledger.record("surveys.results_withheld", subject=one.in_ledger, by=by, at=at, facts=facts)
    return one


def _limit_on(day: date) -> clock.Limit | None:
    try:
        return clock.limit_on(LIMIT, day)
    except NotFound:
        return None


def _settle(one: Survey, kind: str, at: datetime, evidence: str) -> None:
    """Fulfil what is owed; a survey that began before anything was owed owes nothing."""
    duty = queries.open_duty(one, kind)
    if duty is not None:
        work.fulfill(obligation_id=duty, by=SYSTEM, at=at, evidence=evidence)

"""Opening a survey: the frame with a reason for everybody left out, and codes that belong to nobody."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from yingshang.conduct.surveys import queries, rules
from yingshang.conduct.surveys.models import Answer, FrameRow, Stratum, Survey
from yingshang.kernel import access, clock, ledger, parties
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@dataclass(frozen=True)
class Card:
    """An answer code to hand out. Returned once, kept nowhere; which enterprise gets it nobody decides here."""

    stratum: str
    code: str


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
    is_demo: bool = False,
) -> tuple[Survey, list[Card]]:
    """Fix the frame, invite everybody in it, and return the survey with one card for each, shuffled in each stratum.

    kinds: the strata asked, of ``rules.STRATA``. Every party of the register
    stands in the frame, invited or left out with a reason. All are invited:
    there is no draw, so nobody chooses.
    Raises NotFound, what the policy says and Refusal ``surveys.code_taken``,
    ``surveys.not_published``, ``surveys.no_strata``, ``surveys.no_terms``,
    ``surveys.nobody_to_ask``, ``surveys.ends_too_early``. Records ``surveys.opened``.
    """
    on = clock.beijing_date(at)
    one = queries.questionnaire(questionnaire, lock=True)
    access.permit(by, "surveys.run", one.unit)
    _refuse_bad_plan(code, kinds, last_day, on)
    version = queries.newest_version(one)
    terms = queries.terms_on(on)
    survey = Survey.objects.create(
        code=code,
        title=title,
        version=version,
        unit=one.unit,
        opened_on=on,
        last_day=last_day,
        is_demo=is_demo,
    )
    received = queries.received_in(on.year)
    found = [
        (
            party.pk,
            party.kind,
            rules.exclusion(
                kind=party.kind,
                has_code=party.code_hash is not None,
                received=received.get(party.pk, 0),
                kinds=kinds,
                quota=terms.quota,
            ),
        )
        for party in parties.Party.objects.order_by("pk")
    ]
    counts = Counter(kind for _, kind, reason in found if not reason)
    if not counts:
        raise Refusal("surveys.nobody_to_ask", "登记的市场主体中没有可以发放的。", "请核对调查对象，或者等到下一年。")
    strata = Stratum.objects.bulk_create(
        Stratum(survey=survey, key=key, title=rules.STRATA[key], population=counts[key])
        for key in rules.STRATA
        if counts[key]
    )
    by_key = {stratum.key: stratum for stratum in strata}
    FrameRow.objects.bulk_create(
        (
            FrameRow(survey=survey, party_id=pk, reason=reason, stratum=None if reason else by_key[kind])
            for pk, kind, reason in found
        ),
        batch_size=2_000,
    )
    cards = _issue(survey, {stratum: stratum.population for stratum in strata})
    ledger.record(
        "surveys.opened",
        subject=f"survey:{code}",
        by=by,
        at=at,
        facts={
            "code": code,
            "version": version.digest,
            "invited": len(cards),
            "left_out": len(found) - len(cards),
            "strata": dict(sorted(counts.items())),
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
        raise Refusal("surveys.not_open", "这次调查已经截止。", "不再需要答题码。")
    answered = Counter(Answer.objects.filter(stratum__survey=one).values_list("stratum_id", flat=True))
    cards = _issue(one, {each: each.population - answered[each.pk] for each in one.strata.all()})
    ledger.record(
        "surveys.codes_replaced",
        subject=f"survey:{one.code}",
        by=by,
        at=at,
        facts={"code": one.code, "count": len(cards)},
    )
    return cards


def _refuse_bad_plan(code: str, kinds: Sequence[str], last_day: date, on: date) -> None:
    if Survey.objects.filter(code=code).exists():
        raise Refusal("surveys.code_taken", f"代号“{code}”已经用过。", "请换一个代号。")
    if not kinds or set(kinds) - set(rules.STRATA):
        raise Refusal("surveys.no_strata", "没有选调查对象，或者选了平台分不出的对象。", "请至少选一类市场主体。")
    if last_day < on:
        raise Refusal("surveys.ends_too_early", "截止日已经过去。", "请选今天或者以后的日期。")


def _issue(survey: Survey, wanted: dict[Stratum, int]) -> list[Card]:
    """Make the codes in one batch. Stored are digests only, in the order of the digests."""
    made = [
        (stratum, "".join(secrets.choice(rules.LETTERS) for _ in range(rules.CODE_LENGTH)))
        for stratum, count in wanted.items()
        for _ in range(count)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT surveys_issue(%s, %s::bigint[], %s::bytea[])",
            [survey.pk, [stratum.pk for stratum, _ in made], [rules.code_digest(code) for _, code in made]],
        )
    return [Card(stratum.title, rules.grouped(code)) for stratum, code in made]

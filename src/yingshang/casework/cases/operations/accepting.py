"""Acceptance: plain, with materials pending, on a commitment; and on from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, CaseMaterial, Commitment
from yingshang.casework.cases.operations.handed_in import promise_row
from yingshang.casework.cases.operations.judging import judge_by_acceptance
from yingshang.casework.cases.operations.moving import As, moved, was_done
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, clock, ledger, procedures
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def accept(
    *,
    case_id: int,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    retry_key: str = "",
    accepted_on: date | None = None,
) -> Case:
    """Accept an application (受理) and return its case; its clocks begin, and its materials are noted as fitting.

    accepted_on: the earlier day on which a paper one was accepted.
    Raises NotFound, Stale, what the policy and ``work.move`` refuse, and
    Refusal ``cases.accepted_on_a_wrong_day``. Records ``work.moved``.
    """
    case = found(case_id)
    access.permit(by, "cases.accept", case)
    if accepted_on is not None:
        _refuse_wrong_day(case, accepted_on, at)
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    accepted = moved(case, "accept", as_, counts_as_of=accepted_on)
    judge_by_acceptance(case)
    return accepted


@transaction.atomic
def accept_tolerantly(
    *,
    case_id: int,
    missing: Sequence[str],
    promise: str,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Accept although some materials are still missing (容缺受理); each is owed by the applicant within its days.

    missing: keys of materials that the item lets come later. promise: the
    applicant's written promise to hand them in.
    Raises also Refusal ``cases.nothing_missing``, ``cases.not_tolerable``,
    ``cases.no_promises_now``. Records ``cases.accepted_tolerantly``.
    """
    case = found(case_id)
    access.permit(by, "cases.accept", case)
    if was_done(case, retry_key):
        return case
    titles = _tolerable(case)
    _refuse_missing(missing, titles)
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    facts = {"promise": promise.strip(), "missing": list(missing)}
    accepted = moved(case, "accept_tolerantly", as_, facts, duties=[f"supply-{key}" for key in missing])
    kept = set(case.commitments.filter(kind=Commitment.Kind.LATER).values_list("material", flat=True))
    later = Commitment.Kind.LATER
    Commitment.objects.bulk_create(
        promise_row(case, later, key, promise.strip(), by=by, at=at) for key in missing if key not in kept
    )
    _note_later(case, list(missing), titles, by, at)
    judge_by_acceptance(case)
    ledger.record(
        "cases.accepted_tolerantly",
        subject=f"case:{case.pk}",
        by=by,
        at=at,
        facts={"missing": len(missing)},
    )
    return accepted


@transaction.atomic
def advance(
    *,
    case_id: int,
    by: Actor,
    at: datetime,
    opinion: str = "",
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Send a case on to its next step (审查、提请决定), with an opinion, and return it.

    Raises NotFound, Stale and what the policies refuse. Records ``work.moved``.
    """
    case = found(case_id)
    access.permit(by, "cases.advance", case)
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    return moved(case, "advance", as_, {"opinion": opinion.strip()[:1000]} if opinion.strip() else None)


def _tolerable(case: Case) -> dict[str, str]:
    assert case.dossier.procedure is not None  # a case always has one
    definition = procedures.frozen(case.dossier.procedure)
    return {each.key: each.title for each in definition.materials if each.tolerable_days is not None}


def _refuse_missing(missing: Sequence[str], titles: dict[str, str]) -> None:
    if not missing:
        raise Refusal("cases.nothing_missing", "没有选择还缺哪些材料。", "材料齐全的，请直接受理；有缺的，请逐项勾选。")
    strange = [key for key in missing if key not in titles]
    if strange:
        raise Refusal(
            "cases.not_tolerable",
            f"{len(strange)}项材料在事项里没有标明可以容缺。",
            f"可以容缺的有：{'、'.join(titles.values()) or '没有'}。其余材料请一次性告知补正。",
        )


def _note_later(case: Case, keys: Sequence[str], titles: dict[str, str], by: Actor, at: datetime) -> None:
    noted = set(case.materials.filter(given=CaseMaterial.Given.LATER).values_list("key", flat=True))
    CaseMaterial.objects.bulk_create(
        CaseMaterial(
            case=case,
            key=key,
            title=titles[key],
            given=CaseMaterial.Given.LATER,
            given_at=at,
            given_by=by.person,
        )
        for key in keys
        if key not in noted
    )


def _refuse_wrong_day(case: Case, accepted_on: date, at: datetime) -> None:
    first, last = clock.beijing_date(case.received_at), clock.beijing_date(at)
    if not first <= accepted_on <= last:
        raise Refusal(
            "cases.accepted_on_a_wrong_day",
            f"受理日只能在收件日{first:%Y年%m月%d日}和今天之间。",
            "请核对受理通知书上的日期。",
        )

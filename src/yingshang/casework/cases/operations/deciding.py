"""The decision: granted or refused, on the spot or after review, with reasons and remedies, measured as it is made."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, Commitment, Decision
from yingshang.casework.cases.operations.checking import owe_checks
from yingshang.casework.cases.operations.handed_in import promise_row
from yingshang.casework.cases.operations.moving import As, moved, was_done
from yingshang.casework.cases.queries.clocks import clocks_of
from yingshang.casework.cases.queries.one import found
from yingshang.casework.cases.rules import working_days_used
from yingshang.kernel import access, clock, disclosure, events, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def decide(
    *,
    case_id: int,
    granted: bool,
    by: Actor,
    at: datetime,
    content: str = "",
    reason: str = "",
    remedy: str = "",
    document_no: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Decide a case (准予、不予) and return it; of two who decide at once the second finds it Stale.

    A refusal gives its reasons and says what may be done against it
    (《行政许可法》第三十八条); ``queries.remedy_words`` is the usual text. A
    license owes its publication within seven working days, a grant on
    promises owes the checks of them.
    Raises NotFound, Stale, what the policies and conditions refuse, Refusal
    ``cases.reasons_missing``, ``cases.dates_do_not_fit``. Records
    ``cases.decided``, strict; tells ``cases.decided``.
    """
    case = found(case_id)
    access.permit(by, "cases.decide", case)
    if was_done(case, retry_key):
        return case
    _refuse_without_reasons(granted, reason, remedy)
    _refuse_dates(valid_from, valid_to)
    figures = _figures(case, clock.beijing_date(at))
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    facts = {} if granted else {"reason": reason.strip(), "remedy": remedy.strip()}
    moved(case, "grant" if granted else "refuse", as_, facts)
    decision = Decision(
        is_granted=granted,
        content=content.strip(),
        reason=reason.strip(),
        remedy=remedy.strip(),
        document_no=document_no.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        **figures,
    )
    return _decided(case, decision, by, at)


@transaction.atomic
def accept_on_commitment(
    *,
    case_id: int,
    by: Actor,
    at: datetime,
    promise: str = "",
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Grant at once on the applicant's written promise (告知承诺) and return the case; the check is owed afterwards.

    promise: the text, where it was not handed in with the application.
    Raises NotFound, Stale, what the policies refuse, Refusal
    ``cases.promise_missing``, ``cases.no_promises_now``. Records and tells ``cases.decided``.
    """
    case = found(case_id)
    access.permit(by, "cases.decide", case)
    if was_done(case, retry_key):
        return case
    kept = case.commitments.filter(kind=Commitment.Kind.LICENSE).first()
    text = promise.strip() or (kept.text if kept else "")
    if not text:
        raise Refusal(
            "cases.promise_missing",
            "凭告知承诺办理，要有申请人签署的承诺书。",
            "请申请人先签署承诺书；申请人不愿承诺的，按一般程序办理。",
            source="国办发〔2020〕42号",
        )
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    moved(case, "accept_on_commitment", as_, {"promise": text})
    if kept is None:
        promise_row(case, Commitment.Kind.LICENSE, "", text, by=by, at=at).save(force_insert=True)
    decision = Decision(
        is_granted=True,
        on_commitment=True,
        working_days=0,
        decided_on=clock.beijing_date(at),
    )
    return _decided(case, decision, by, at)


def _decided(case: Case, decision: Decision, by: Actor, at: datetime) -> Case:
    decision.case, decision.unit, decision.item_code = case, case.unit, case.item_code
    decision.decided_at, decision.decided_by = at, by.person
    decision.save(force_insert=True)
    if decision.is_granted:
        owe_checks(case, by=by, at=at)
        if case.version.kind == "license":
            _owe_publication(case, by, at)
    ledger.record(
        "cases.decided",
        subject=f"case:{case.pk}",
        by=by,
        at=at,
        facts={
            "outcome": "准予" if decision.is_granted else "不予",
            "days": decision.working_days,
            "late": bool(decision.due_on and decision.decided_on > decision.due_on),
        },
    )
    events.tell("cases.decided", at=at, case_id=case.pk, granted=decision.is_granted)
    return found(case.pk)


def _owe_publication(case: Case, by: Actor, at: datetime) -> None:
    subject, title = f"case:{case.pk}", case.version.title
    disclosure.owe_publication(subject=subject, kind="license", title=title, unit=case.unit, by=by, at=at)


def _figures(case: Case, decided_on: date) -> dict[str, object]:
    """Return what the decision keeps for measures, from the clocks as they run now."""
    clocks = clocks_of(case)
    accepted_on = clocks.accepted_on
    days = working_days_used(accepted_on, decided_on, clock.calendar(), clocks.stopped) if accepted_on else 0
    return {"accepted_on": accepted_on, "due_on": clocks.due_on, "working_days": days, "decided_on": decided_on}


def _refuse_without_reasons(granted: bool, reason: str, remedy: str) -> None:
    if not granted and not (reason.strip() and remedy.strip()):
        raise Refusal(
            "cases.reasons_missing",
            "不予办理的决定要说明理由，并告知申请人可以怎样救济。",
            "请写明理由，以及申请行政复议、提起行政诉讼的期限。",
            source="《行政许可法》第三十八条第二款",
        )


def _refuse_dates(first: date | None, last: date | None) -> None:
    if last is not None and (first is None or last < first):
        raise Refusal("cases.dates_do_not_fit", "有效期的截止日早于起始日，或者没有起始日。", "请核对有效期。")

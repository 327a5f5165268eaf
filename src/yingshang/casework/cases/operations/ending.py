"""Ways a case ends, and the one deed after its end: declined, not needed, withdrawn, delivered, revoked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, Revocation
from yingshang.casework.cases.operations.checking import fulfill_revocation
from yingshang.casework.cases.operations.filings import attempt_refusal, is_filing
from yingshang.casework.cases.operations.moving import As, moved, was_done
from yingshang.casework.cases.operations.results import credential_kind, credential_of, revoke_credentials
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, events, ledger
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor

DELIVERED_BY = {"window": "窗口领取", "post": "邮寄", "online": "网上送达", "other": "其他方式"}


def decline(
    *,
    case_id: int,
    reason: str,
    remedy: str,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Decline an application (不予受理) with reasons and remedies, and return the case.

    A filing is never declined: the attempt is kept. Raises NotFound, Stale,
    what the policies refuse, Refusal ``cases.reasons_missing``,
    ``cases.filing_takes_effect``. Records ``cases.declined``.
    """
    if is_filing(found(case_id)):
        attempt_refusal(case_id=case_id, kind="refused", what=reason, by=by, at=at)
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    return _declined(case_id, reason, remedy, as_)


@transaction.atomic
def _declined(case_id: int, reason: str, remedy: str, as_: As) -> Case:
    case = found(case_id)
    access.permit(as_.by, "cases.decline", case)
    if not (reason.strip() and remedy.strip()):
        raise Refusal(
            "cases.reasons_missing",
            "不予受理要说明理由，并告知申请人应当向哪里申请、可以怎样救济。",
            "请写明理由和救济途径。",
            source="《行政许可法》第三十二条、第三十八条",
        )
    facts = {"reason": reason.strip(), "remedy": remedy.strip()}
    return _ended(case, "decline", as_, facts)


@transaction.atomic
def not_needed(
    *,
    case_id: int,
    reason: str,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Tell the applicant that nothing needs to be applied for (不受理), and return the case. See ``decline``."""
    case = found(case_id)
    access.permit(by, "cases.decline", case)
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    return _ended(case, "not_needed", as_, {"reason": reason.strip()})


@transaction.atomic
def withdraw(
    *, case_id: int, by: Actor, at: datetime, reason: str = "", expected_version: int | None = None, retry_key: str = ""
) -> Case:
    """Take an application or a filing back (撤回) and return the case: whenever no decision was made.

    Raises NotFound, Stale, what the policies refuse. Records ``cases.withdrawn``.
    """
    case = found(case_id)
    access.permit(by, "cases.withdraw", case)
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    return _ended(case, "withdraw", as_, {"reason": reason.strip()} if reason.strip() else {})


@transaction.atomic
def deliver(
    *,
    case_id: int,
    how: str,
    by: Actor,
    at: datetime,
    tracking_no: str = "",
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Hand over the result (送达), or put a filing on file (归档), and return the case.

    how: ``window``, ``post``, ``online`` or ``other``; ``window`` counts as a
    visit. Raises NotFound, Stale, what the policies refuse, Refusal
    ``cases.delivered_how``, ``cases.credential_missing``. Records ``cases.delivered``; tells ``cases.completed``.
    """
    case = found(case_id)
    access.permit(by, "cases.deliver", case)
    if how not in DELIVERED_BY:
        raise Refusal(
            "cases.delivered_how", "没有写明用什么方式送达。", f"请选择：{'、'.join(DELIVERED_BY.values())}。"
        )
    if was_done(case, retry_key):
        return case
    if case.state == "granted" and credential_kind(case) and credential_of(case) is None:
        raise Refusal(
            "cases.credential_missing", "本件的证照还没有颁发，不能送达。", "请先颁发证照；签章服务恢复后可以再试。"
        )
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    facts = {"how": how} | ({"tracking_no": tracking_no.strip()[:60]} if tracking_no.strip() else {})
    ended = _ended(case, "deliver", as_, facts)
    if how == "window" and case.dossier.outcome == "":
        Case.objects.filter(pk=case.pk).update(visits=case.visits + 1)
    events.tell("cases.completed", at=at, case_id=case.pk)
    return ended


@transaction.atomic
def revoke(
    *,
    case_id: int,
    reason: str,
    remedy: str,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    retry_key: str = "",
) -> Case:
    """Take back what was granted (撤销), also long after the delivery, and return the case.

    A license that it gave is revoked with it.
    Raises NotFound, Stale, what the policies refuse, Refusal
    ``cases.reasons_missing``. Records ``cases.revoked``, strict; tells ``cases.revoked``.
    """
    case = found(case_id)
    access.permit(by, "cases.revoke", case)
    if was_done(case, retry_key):
        return case
    if not (reason.strip() and remedy.strip()):
        raise Refusal(
            "cases.reasons_missing",
            "撤销决定要说明理由，并告知当事人可以怎样救济。",
            "请写明理由和救济途径。",
            source="《行政许可法》第六十九条",
        )
    facts = {"reason": reason.strip(), "remedy": remedy.strip()}
    revoke_credentials(case, reason=facts["reason"], by=by, at=at)
    as_ = As(by=by, at=at, expected_version=expected_version, retry_key=retry_key)
    moved(case, "revoke", as_, facts)
    Revocation.objects.create(case=case, revoked_at=at, revoked_by=by.person, **facts)
    fulfill_revocation(case, by=by, at=at)
    ledger.record("cases.revoked", subject=f"case:{case.pk}", by=by, at=at, facts={})
    events.tell("cases.revoked", at=at, case_id=case.pk)
    return found(case_id)


RECORDED = {
    "decline": "cases.declined",
    "not_needed": "cases.not_needed",
    "withdraw": "cases.withdrawn",
    "deliver": "cases.delivered",
}


def _ended(case: Case, do: str, as_: As, facts: dict[str, str]) -> Case:
    if was_done(case, as_.retry_key):
        return case
    ended = moved(case, do, as_, facts)
    ledger.record(RECORDED[do], subject=f"case:{case.pk}", by=as_.by, at=as_.at, facts={})
    return ended

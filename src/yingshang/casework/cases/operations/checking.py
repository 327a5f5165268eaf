"""What was promised is checked afterwards; a promise found false has consequences."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, Commitment
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, events, ledger, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue import api as catalogue

CHECK, REVOKE = "cases.check_commitment", "cases.revoke"
CHECK_LIMIT, REVOKE_LIMIT = "CASE.CHECK", "CASE.REVOKE"


def owe_checks(case: Case, *, by: Actor, at: datetime) -> None:
    """Open the duty to check what a grant rests on; days as the item says. Promises to supply need none."""
    promises = list(case.commitments.filter(duty=None, result="").exclude(kind=Commitment.Kind.LATER).order_by("pk"))
    if not promises:
        return
    days = catalogue.version(case.version_id).content.choices.commitment_check_days or None
    duties = work.owe_all(
        [
            work.Owed(
                kind=CHECK,
                title=f"核查承诺：{case.dossier.title}",
                unit=case.unit,
                dossier=case.dossier,
                origin=f"case:{case.pk}",
                limit=CHECK_LIMIT,
                amount=days,
            )
            for _ in promises
        ],
        by=by,
        at=at,
    )
    for promise, duty in zip(promises, duties, strict=True):
        promise.duty = duty
    Commitment.objects.bulk_update(promises, ["duty"])


@transaction.atomic
def check_commitment(*, commitment_id: int, kept: bool, finding: str, by: Actor, at: datetime) -> Commitment:
    """Record what the check of a promise found (事后核查), and return it.

    A false promise of a granted case owes its revocation; its maker can
    promise nothing more until it is repaired. Raises NotFound, what the policy
    refuses, Refusal ``cases.checked_before``, ``cases.finding_missing``.
    Records ``cases.commitment_checked``, strict; tells ``cases.promise_broken``.
    """
    promise = _locked(commitment_id)
    case = found(promise.case_id)
    access.permit(by, "cases.check_commitment", case)
    if promise.result:
        raise Refusal("cases.checked_before", "这项承诺已经核查过。", "请刷新页面查看核查结果。")
    if not finding.strip():
        raise Refusal("cases.finding_missing", "核查要写明查了什么、结果怎样。", "请填写核查情况。")
    promise.result = Commitment.Result.KEPT if kept else Commitment.Result.BROKEN
    promise.finding, promise.checked_at, promise.checked_by = finding.strip(), at, by.person
    promise.save(update_fields=["result", "finding", "checked_at", "checked_by"])
    if promise.duty_id is not None:
        work.fulfill(obligation_id=promise.duty_id, by=by, at=at, evidence=f"commitment:{promise.pk}")
    if not kept:
        _follow(case, by, at)
    ledger.record(
        "cases.commitment_checked",
        subject=f"case:{case.pk}",
        by=by,
        at=at,
        facts={"result": promise.get_result_display()},
    )
    if not kept:
        events.tell("cases.promise_broken", at=at, case_id=case.pk, party=str(case.applicant.public_id))
    return promise


@transaction.atomic
def repair_promise(*, commitment_id: int, on: date, by: Actor, at: datetime) -> Commitment:
    """Note that a broken promise was repaired (信用修复): its maker may promise again. Returns it.

    Raises NotFound, what the policy refuses, Refusal ``cases.nothing_to_repair``. Records ``cases.promise_repaired``.
    """
    promise = _locked(commitment_id)
    case = found(promise.case_id)
    access.permit(by, "cases.check_commitment", case)
    if promise.result != Commitment.Result.BROKEN or promise.repaired_on is not None:
        raise Refusal("cases.nothing_to_repair", "这项承诺没有待修复的失信记录。", "请刷新页面查看最新情况。")
    promise.repaired_on = on
    promise.save(update_fields=["repaired_on"])
    ledger.record("cases.promise_repaired", subject=f"case:{case.pk}", by=by, at=at, facts={})
    return promise


def _locked(commitment_id: int) -> Commitment:
    promise = Commitment.objects.select_for_update(of=("self",)).filter(pk=commitment_id).first()
    if promise is None:
        raise NotFound("这项承诺")
    return promise


def _follow(case: Case, by: Actor, at: datetime) -> None:
    """Owe the revocation of what a false promise obtained, once."""
    owed = work.Obligation.objects.filter(kind=REVOKE, origin=f"case:{case.pk}", state=work.Obligation.State.OPEN)
    if case.state not in ("granted", "delivered") or owed.exists():
        return
    work.owe(
        kind=REVOKE,
        title=f"撤销凭不实承诺取得的决定：{case.dossier.title}",
        unit=case.unit,
        dossier=case.dossier,
        origin=f"case:{case.pk}",
        limit=REVOKE_LIMIT,
        by=by,
        at=at,
    )


def fulfill_revocation(case: Case, *, by: Actor, at: datetime) -> None:
    """Close the duty to revoke, where there is one."""
    owed = work.Obligation.objects.filter(kind=REVOKE, origin=f"case:{case.pk}", state=work.Obligation.State.OPEN)
    for duty in owed:
        work.fulfill(obligation_id=duty.pk, by=by, at=at, evidence=f"revocation of case:{case.pk}")

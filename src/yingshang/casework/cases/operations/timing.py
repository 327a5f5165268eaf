"""Special procedures that stop the clock, and the one extension."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yingshang.casework.cases.models import Case, ExtensionRequest
from yingshang.casework.cases.queries.one import found
from yingshang.kernel import access, clock, ledger, procedures, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor

EXTENSIONS = ("extension", "committed_extension")
ARTICLE_42 = "《行政许可法》第四十二条第一款"


@transaction.atomic
def stop_clock(
    *,
    case_id: int,
    key: str,
    notice: str,
    by: Actor,
    at: datetime,
    on: date | None = None,
    until: date | None = None,
) -> Case:
    """Begin a special procedure (特别程序) whose time does not count, and return the case.

    key: of the item's special procedures. notice: how the applicant was told in
    writing how long it takes (《行政许可法》第四十五条). on, until: first and last
    day that do not count; without ``until`` the clock stands until ``resume``.
    Raises NotFound, what the policies and the clock refuse. Records ``work.clock_changed``.
    """
    case = found(case_id)
    access.permit(by, "cases.stop_clock", case)
    facts = {"notice": notice.strip()}
    work.pause(dossier_id=case.dossier_id, key=key, by=by, at=at, on=on, until=until, facts=facts)
    return found(case_id)


@transaction.atomic
def resume(*, case_id: int, key: str, by: Actor, at: datetime, on: date | None = None) -> Case:
    """End a special procedure; ``on`` is the first day that may count again. See ``stop_clock``."""
    case = found(case_id)
    access.permit(by, "cases.stop_clock", case)
    work.resume(dossier_id=case.dossier_id, key=key, by=by, at=at, on=on)
    return found(case_id)


@transaction.atomic
def ask_extension(*, case_id: int, reason: str, by: Actor, at: datetime) -> ExtensionRequest:
    """Ask the head for the one extension (延长审批), and return the request.

    Raises NotFound, what the policy refuses, Refusal ``cases.no_extension``,
    ``cases.extended_before``, ``cases.extension_asked_before``,
    ``cases.say_why_longer``, ``cases.too_late_to_extend``. Records ``cases.extension_asked``.
    """
    case = found(case_id)
    access.permit(by, "cases.ask_extension", case)
    if not reason.strip():
        raise Refusal("cases.say_why_longer", "延长期限要说明理由，并告知申请人。", "请填写理由。", ARTICLE_42)
    _refuse_asking(case, clock.beijing_date(at))
    request = ExtensionRequest.objects.create(case=case, reason=reason.strip()[:400], asked_at=at, asked_by=by.person)
    ledger.record("cases.extension_asked", subject=f"case:{case.pk}", by=by, at=at, facts={})
    return request


@transaction.atomic
def approve_extension(
    *, request_id: int, by: Actor, at: datetime, approved: bool = True, answer: str = ""
) -> ExtensionRequest:
    """Decide a request for more time, and return it; an approved one lengthens what still runs.

    Raises NotFound, what the policies refuse, Refusal
    ``cases.extension_decided_before``, and from the clock ``clock.already_over``
    once the last day has passed. Records ``cases.extension_decided``.
    """
    request = ExtensionRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    case = found(request.case_id if request else 0)
    assert request is not None  # found() has answered for a request that is not there
    access.permit(by, "cases.approve_extension", case)
    if request.is_approved is not None:
        raise Refusal("cases.extension_decided_before", "这份延长申请已经审批过。", "请刷新页面查看结果。")
    request.is_approved, request.answer = approved, answer.strip()[:400]
    request.decided_at, request.decided_by = at, by.person
    request.save(update_fields=["is_approved", "answer", "decided_at", "decided_by"])
    if approved:
        for key in _running(case):
            work.extend(dossier_id=case.dossier_id, key=key, by=by, at=at, reason=request.reason)
    ledger.record(
        "cases.extension_decided",
        subject=f"case:{case.pk}",
        by=by,
        at=at,
        facts={"outcome": "同意" if approved else "不同意"},
    )
    return request


def _running(case: Case) -> list[str]:
    """Return the extensions of the procedure whose limits still run."""
    assert case.dossier.procedure is not None  # a case always has one
    definition = procedures.frozen(case.dossier.procedure)
    open_keys = set(
        work.Obligation.objects.filter(dossier=case.dossier_id, state=work.Obligation.State.OPEN).values_list(
            "key", flat=True
        )
    )
    return [key for key in EXTENSIONS if key in definition.limits and definition.limits[key].extends in open_keys]


def _refuse_asking(case: Case, today: date) -> None:
    if not _running(case):
        raise Refusal(
            "cases.no_extension", "本件没有可以延长的期限，或者期限没有在计时。", "请在期限内办结。", ARTICLE_42
        )
    earlier = case.extension_requests.exclude(is_approved=False).first()
    if earlier is not None and earlier.is_approved:
        raise Refusal("cases.extended_before", "本件已经延长过一次。", "请在延长后的期限内办结。", ARTICLE_42)
    if earlier is not None:
        raise Refusal("cases.extension_asked_before", "本件的延长申请正在等待审批。", "请等待负责人审批。")
    if case.due_date is not None and case.due_date < today:
        raise Refusal(
            "cases.too_late_to_extend",
            f"期限已于{case.due_date:%Y年%m月%d日}届满，之后不能再延长。",
            "请尽快办结，并公开说明超期的原因。",
            ARTICLE_42,
        )

"""Publish and withdraw: two deeds, both for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from yingshang.kernel import access, clock, ledger, org, search, work
from yingshang.kernel.audience import PUBLIC
from yingshang.kernel.disclosure.kind_files import Kind, kind_of
from yingshang.kernel.disclosure.masking import digest_of, mask, public_bytes
from yingshang.kernel.disclosure.models import Disclosure, Withdrawal
from yingshang.kernel.disclosure.owing import PUBLISH, WITHDRAW
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.parties import Actor


@transaction.atomic
def publish(
    *,
    subject: str,
    kind: str,
    title: str,
    fields: Mapping[str, str],
    unit: str,
    by: Actor,
    at: datetime,
    where: Disclosure.Where | str = Disclosure.Where.PORTAL,
    until: date | None = None,
) -> Disclosure:
    """Publish a thing, masked by the rule of its kind, and return the disclosure.

    fields: name → text, unmasked; only what the rule shows is stored. until:
    last day shown; by the kind's years if None. Fulfills the oldest open duty of
    the unit to publish this subject.
    Raises Refusal ``disclosure.already_published``, ``disclosure.nothing_to_show``,
    ``disclosure.ends_before_it_begins`` and what the policy refuses; Stale when
    somebody published it at the same moment. Records ``disclosure.published``
    with the digest of exactly what is shown.
    """
    rule, owner, today = kind_of(kind), org.unit(unit), clock.beijing_date(at)
    owed = _owed(PUBLISH, subject, owner)
    access.permit(by, "disclosure.publish", owner)
    number = _next_number(subject, kind, where, title)
    shown = [list(pair) for pair in mask(kind, fields).shown]
    if not shown:
        raise Refusal(
            "disclosure.nothing_to_show", "遮盖之后没有任何可以公开的内容。", "请补充应当公开的栏目。", rule.source
        )
    last = until or _last_day(rule, today)
    if last is not None and last < today:
        raise Refusal(
            "disclosure.ends_before_it_begins",
            f"展示截止日{last:%Y年%m月%d日}早于公开日{today:%Y年%m月%d日}。",
            "请改正截止日。",
        )
    digest = digest_of(public_bytes(kind=kind, title=title, unit=unit, shown=shown))
    entry = ledger.record(
        "disclosure.published",
        subject=subject,
        by=by,
        facts={"kind": rule.title, "where": str(where), "digest": digest, "number": number},
        at=at,
    )
    try:
        with transaction.atomic():
            disclosure = Disclosure.objects.create(
                subject=subject,
                number=number,
                kind=kind,
                title=title,
                unit=owner,
                where=where,
                shown=shown,
                digest=digest,
                entry=entry,
                obligation=owed,
                published_at=at,
                published_by=by.person,
                published_date=today,
                until_date=last,
            )
    except IntegrityError:
        raise Stale from None
    if owed is not None:
        work.fulfill(obligation_id=owed.pk, by=by, at=at, evidence=f"disclosure:{disclosure.pk}")
    _make_findable(disclosure, rule, at)
    return disclosure


@transaction.atomic
def withdraw(*, disclosure_id: int, reason: str, by: Actor, at: datetime) -> Withdrawal:
    """Take a disclosure back: its content is no longer shown, its trace and the reason are.

    Raises NotFound; Refusal ``disclosure.reason_missing``,
    ``disclosure.already_withdrawn`` and what the policy refuses. Records
    ``disclosure.withdrawn``.
    """
    disclosure = Disclosure.objects.select_related("unit", "withdrawal").filter(pk=disclosure_id).first()
    if disclosure is None:
        raise NotFound("这次公开")
    owed = _owed(WITHDRAW, f"disclosure:{disclosure.pk}", disclosure.unit)
    access.permit(by, "disclosure.withdraw", disclosure.unit)
    if disclosure.is_withdrawn:
        raise Refusal("disclosure.already_withdrawn", f"《{disclosure.title}》已经撤回。", "不需要再撤回一次。")
    if not reason.strip():
        raise Refusal(
            "disclosure.reason_missing",
            "撤回已经公开的信息，要公开说明理由。",
            "请写明撤回的理由。",
            "《行政处罚法》第四十八条",
        )
    entry = ledger.record(
        "disclosure.withdrawn",
        subject=disclosure.subject,
        by=by,
        facts={"digest": disclosure.digest, "reason": ledger.private(reason)},
        at=at,
    )
    try:
        with transaction.atomic():
            withdrawal = Withdrawal.objects.create(
                of=disclosure, reason=reason, entry=entry, withdrawn_at=at, withdrawn_by=by.person
            )
    except IntegrityError:
        raise Stale from None
    if owed is not None:
        work.fulfill(obligation_id=owed.pk, by=by, at=at, evidence=f"disclosure:{disclosure.pk}")
    search.drop(f"disclosure:{disclosure.pk}")
    return withdrawal


def _owed(kind: str, origin: str, unit: org.Unit) -> work.Obligation | None:
    """Return the oldest open duty, locked before anything else of this deed."""
    open_ones = work.Obligation.objects.filter(kind=kind, origin=origin, unit=unit, state=work.Obligation.State.OPEN)
    return open_ones.select_for_update().order_by("pk").first()


def _next_number(subject: str, kind: str, where: str, title: str) -> int:
    before = Disclosure.objects.filter(subject=subject, kind=kind, where=where).order_by("-number").first()
    if before is None:
        return 1
    if not before.is_withdrawn:
        raise Refusal(
            "disclosure.already_published",
            f"《{title}》已于{before.published_date:%Y年%m月%d日}公开。",
            "内容有误的，请先撤回并说明理由，再重新公开。",
        )
    return before.number + 1


def _last_day(rule: Kind, today: date) -> date | None:
    if rule.shown_years is None:
        return None
    year = today.year + rule.shown_years
    try:
        return today.replace(year=year)
    except ValueError:  # 29 February of a leap year
        return date(year, 2, 28)


def _make_findable(disclosure: Disclosure, rule: Kind, at: datetime) -> None:
    search.put(
        subject=f"disclosure:{disclosure.pk}",
        kind="公示",
        title=disclosure.title,
        summary=f"{rule.title}，{disclosure.unit.short_name}，{disclosure.published_date:%Y年%m月%d日}公开",
        address=reverse("disclosure:detail", args=[disclosure.pk]),
        audience=PUBLIC,
        at=at,
        names=[text for _, text in disclosure.shown if len(text) <= 60],
        body=" ".join(text for _, text in disclosure.shown),
    )

"""Put a matter on the public list of supervision, follow it, take it off once somebody else has verified it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import Listing, ListingStep, Supervision
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse

State, Step = Listing.State, ListingStep.Kind


@transaction.atomic
def propose_listing(
    *,
    title: str,
    reason: str,
    level: str,
    unit: str,
    deadline: date,
    obligation_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Listing:
    """Propose that a matter be listed and return it; nothing is public before the head approves.

    obligation_id: the late duty that it is about, where there is one.
    Raises NotFound, Refusal ``supervision.no_authority``,
    ``supervision.level_unknown``, ``supervision.only_counts_of_unit``,
    ``supervision.unit_closed``, ``supervision.day_is_past``,
    ``supervision.reason_missing``, ``supervision.listed_already`` and what the
    policy refuses. Records ``supervision.listing_proposed``.
    """
    access.permit(by, "supervision.propose_listing")
    today = clock.beijing_date(at)
    authority_or_refuse(today)
    if level not in queries.rules_of_county().listing_levels:
        raise Refusal("supervision.level_unknown", "没有这个挂牌级别。", "请从列出的级别中选择一个。")
    bearer = org.unit(unit)
    if bearer.counts_only:
        raise Refusal(
            "supervision.only_counts_of_unit",
            f"对{bearer.short_name}，平台只收数量，不挂牌督办。",
            "请通过其他渠道督促。",
        )
    if bearer.valid_to is not None and bearer.valid_to <= today:
        raise Refusal("supervision.unit_closed", f"{bearer.short_name}已经合并或者撤销。", "请选择承接它的单位。")
    if deadline < today:
        raise Refusal("supervision.day_is_past", "办结期限已经过了。", "请改为今天或者以后的日期。")
    if not (title.strip() and reason.strip()):
        raise Refusal("supervision.reason_missing", "要写明挂牌督办什么事、为什么。", "请补全后再提出。")
    about = _about(obligation_id, bearer)
    listing = Listing.objects.create(
        title=title.strip(),
        reason=reason.strip(),
        level=level,
        unit=bearer,
        about=about,
        deadline=deadline,
        proposed_by=by.person,
        proposed_at=at,
    )
    _note(listing, Step.PROPOSED, reason, by, at)
    ledger.record("supervision.listing_proposed", subject=f"listing:{listing.pk}", by=by, at=at, facts={})
    return listing


@transaction.atomic
def decide_listing(*, listing_id: UUID, is_approved: bool, reason: str, by: Actor, at: datetime) -> Listing:
    """Approve that a matter be listed, or refuse it with the reason; return it.

    Approved, the unit owes settling it by the deadline, and it is public. The
    duty climbs with the supervision of the matter it is about where there is
    one; else it is chased like any other. Raises NotFound, Refusal
    ``supervision.listing_stands_elsewhere``, ``supervision.reason_missing`` and
    what the policy refuses. Records ``supervision.listed`` or
    ``supervision.listing_refused``.
    """
    listing = _locked(listing_id)
    access.permit(by, "supervision.approve_listing", listing)
    _refuse_unless(listing, State.PROPOSED)
    listing.decided_by, listing.decided_at = by.person, at
    if not is_approved:
        _needs(reason, "不批准的原因")
        listing.state = State.REFUSED
        listing.save(update_fields=["state", "decided_by", "decided_at"])
        _note(listing, Step.REFUSED, reason, by, at)
        ledger.record("supervision.listing_refused", subject=f"listing:{listing.pk}", by=by, at=at, facts={})
        return listing
    authority_or_refuse(clock.beijing_date(at))
    # What is about a matter already chased begins with supervision: the same chase climbs, no second one starts.
    origin = f"supervision:listing:{listing.pk}" if listing.about_id else f"listing:{listing.pk}"
    listing.duty = work.owe(
        kind="supervision.settle_listed",
        title=f"挂牌督办：{listing.title}",
        unit=listing.unit,
        due_date=listing.deadline,
        origin=origin,
        by=by,
        at=at,
    )
    listing.state, listing.listed_on = State.LISTED, clock.beijing_date(at)
    listing.save(update_fields=["state", "decided_by", "decided_at", "duty", "listed_on"])
    if listing.about_id:
        Supervision.objects.filter(obligation=listing.about_id, ended_on=None).update(is_listed=True)
    _note(listing, Step.LISTED, reason, by, at)
    ledger.record(
        "supervision.listed",
        subject=f"listing:{listing.pk}",
        by=by,
        at=at,
        facts={"unit": listing.unit.short_name, "deadline": listing.deadline.isoformat(), "title": listing.title},
    )
    return listing


@transaction.atomic
def report_listing(*, listing_id: UUID, text: str, is_done: bool, by: Actor, at: datetime) -> Listing:
    """Report progress in public, or ask to be taken off the list (申请摘牌); return the listing.

    Raises NotFound, Refusal ``supervision.listing_stands_elsewhere``,
    ``supervision.reason_missing`` and what the policy refuses. Records
    ``supervision.listing_reported``.
    """
    listing = _locked(listing_id)
    access.permit(by, "supervision.answer_listing", listing)
    _refuse_unless(listing, State.LISTED)
    _needs(text, "进展")
    if is_done:
        listing.state = State.ASKED_OFF
        listing.save(update_fields=["state"])
    _note(listing, Step.ASKED_OFF if is_done else Step.PROGRESS, text, by, at)
    ledger.record("supervision.listing_reported", subject=f"listing:{listing.pk}", by=by, at=at, facts={})
    return listing


@transaction.atomic
def verify_listing(*, listing_id: UUID, is_done: bool, seen: str, by: Actor, at: datetime) -> Listing:
    """Take a matter off the list after looking (摘牌), or keep it there with the reason; return it.

    seen: what was looked at. The proposer cannot verify. Raises NotFound,
    Refusal ``supervision.listing_stands_elsewhere``, ``supervision.reason_missing``
    and what the policy refuses. Records ``supervision.listing_verified``.
    """
    listing = _locked(listing_id)
    access.permit(by, "supervision.verify_listing", listing)
    _refuse_unless(listing, State.ASKED_OFF)
    _needs(seen, "核实了什么")
    if is_done:
        assert listing.duty is not None  # held by a constraint of the table
        work.fulfill(obligation_id=listing.duty.pk, by=SYSTEM, at=at, evidence=f"核实：{seen.strip()}"[:400])
        listing.state, listing.off_on, listing.verified_by = State.OFF, clock.beijing_date(at), by.person
        listing.save(update_fields=["state", "off_on", "verified_by"])
        if listing.about_id:
            Supervision.objects.filter(obligation=listing.about_id, ended_on=None).update(is_listed=False)
    else:
        listing.state = State.LISTED
        listing.save(update_fields=["state"])
    _note(listing, Step.OFF if is_done else Step.RETURNED, seen, by, at)
    outcome = "予以摘牌" if is_done else "继续挂牌"
    facts = {"unit": listing.unit.short_name, "outcome": outcome}
    ledger.record("supervision.listing_verified", subject=f"listing:{listing.pk}", by=by, at=at, facts=facts)
    return listing


def _about(obligation_id: int | None, unit: org.Unit) -> work.Obligation | None:
    if obligation_id is None:
        return None
    rows = work.Obligation.objects.filter(pk=obligation_id, unit=unit, is_sealed=False, is_watched=True)
    found = rows.filter(state=work.Obligation.State.OPEN).first()
    if found is None:
        raise NotFound("要挂牌督办的应办事项")
    standing = [State.PROPOSED, State.LISTED, State.ASKED_OFF]
    if Listing.objects.filter(about=found, state__in=standing).exists():
        raise Refusal("supervision.listed_already", "这件事已经挂牌督办或者已经提出。", "请查看原来的那一件。")
    return found


def _locked(listing_id: UUID) -> Listing:
    rows = Listing.objects.select_for_update(of=("self",)).select_related("unit", "duty")
    found = rows.filter(pk=listing_id).first()
    if found is None:
        raise NotFound("这件挂牌督办")
    return found


def _refuse_unless(listing: Listing, state: str) -> None:
    if listing.state != state:
        raise Refusal(
            "supervision.listing_stands_elsewhere",
            f"这件挂牌督办现在是“{listing.get_state_display()}”，不能办理这一步。",
            "请刷新页面查看最新情况。",
        )


def _needs(text: str, what: str) -> None:
    if not text.strip():
        raise Refusal("supervision.reason_missing", f"还没有写明{what}。", f"请写明{what}后再提交。")


def _note(listing: Listing, kind: str, text: str, by: Actor, at: datetime) -> None:
    ListingStep.objects.create(
        listing=listing, kind=kind, text=text.strip()[:1000], unit=org.unit(by.unit), person=by.person, at=at
    )

"""Review an edition, then publish it: two persons, two deeds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from yingshang.kernel import access, ledger, search
from yingshang.kernel.audience import PUBLIC
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.lists.drafting import left_the_draft, locked
from yingshang.kernel.lists.models import Edition
from yingshang.kernel.parties import Actor


@transaction.atomic
def review(*, edition_id: int, by: Actor, at: datetime) -> Edition:
    """Review a draft; it can then be published and no longer changed.

    Raises Refusal ``lists.not_a_draft`` and what the policy refuses (nobody
    reviews their own draft). Records ``lists.reviewed``.
    """
    edition = _locked(edition_id)
    access.permit(by, "lists.review", edition)
    if edition.state != Edition.State.DRAFT:
        raise left_the_draft(edition)
    edition.state, edition.reviewed_by, edition.reviewed_at = Edition.State.REVIEWED, by.person, at
    edition.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    ledger.record(
        "lists.reviewed",
        subject=f"list:{edition.of.code}",
        by=by,
        facts={"number": edition.number, "digest": edition.digest},
        at=at,
    )
    return edition


@transaction.atomic
def publish(*, edition_id: int, by: Actor, at: datetime) -> Edition:
    """Publish a reviewed edition; the one before ends on the eve of its first day.

    Raises Refusal ``lists.not_reviewed``, ``lists.begins_too_early`` and what
    the policy refuses. Records ``lists.published`` and makes the list
    findable for everybody.
    """
    edition = _locked(edition_id)
    access.permit(by, "lists.publish", edition)
    if edition.state != Edition.State.REVIEWED:
        raise Refusal(
            "lists.not_reviewed",
            f"{edition}现在是“{edition.get_state_display()}”，审核通过的版次才能发布。",
            "请先由另一位工作人员审核。" if edition.state == Edition.State.DRAFT else "需要改动时请另起草新的一版。",
        )
    _supersede(edition)
    edition.state, edition.published_by, edition.published_at = Edition.State.PUBLISHED, by.person, at
    edition.save(update_fields=["state", "published_by", "published_at"])
    ledger.record(
        "lists.published",
        subject=f"list:{edition.of.code}",
        by=by,
        facts={
            "title": edition.of.title,
            "number": edition.number,
            "digest": edition.digest,
            "from": edition.effective_from.isoformat(),
        },
        at=at,
    )
    _make_findable(edition, at)
    return edition


def _make_findable(edition: Edition, at: datetime) -> None:
    rows = list(edition.rows.values_list("values", flat=True))
    search.put(
        subject=f"list:{edition.of.code}",
        kind="清单",
        title=edition.of.title,
        summary=f"{edition.of.owner.short_name}，第{edition.number}版，自{edition.effective_from:%Y年%m月%d日}起",
        address=reverse("lists:detail", args=[edition.of.code]),
        audience=PUBLIC,
        at=at,
        body=" ".join(str(value) for row in rows for value in row.values() if isinstance(value, str)),
    )


def _supersede(edition: Edition) -> None:
    before = Edition.objects.filter(of=edition.of, state=Edition.State.PUBLISHED).first()
    if before is None:
        return
    if edition.effective_from <= before.effective_from:
        raise Refusal(
            "lists.begins_too_early",
            f"{edition}的起始日{edition.effective_from:%Y年%m月%d日}不晚于现行第{before.number}版的起始日"
            f"{before.effective_from:%Y年%m月%d日}。",
            "请把起始日改到现行版之后再起草一版；已经发生的事仍按当时的版次办。",
        )
    eve = edition.effective_from - timedelta(days=1)
    before.effective_to = min(before.effective_to or eve, eve)
    before.state = Edition.State.SUPERSEDED
    before.save(update_fields=["effective_to", "state"])


def _locked(edition_id: int) -> Edition:
    """Return the edition with its list locked, so that two editions cannot both become the current one."""
    code = Edition.objects.filter(pk=edition_id).values_list("of__code", flat=True).first()
    if code is None:
        raise NotFound("这一版清单")
    of = locked(code)
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    edition.of = of
    return edition

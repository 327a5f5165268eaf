"""Confirm a digest: only now are letters made."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Climb, Digest, DigestItem, Ladder, Letter
from yingshang.oversight.supervision.operations.arranging import refuse_closed
from yingshang.oversight.supervision.operations.authorizing import authority_or_refuse
from yingshang.oversight.supervision.operations.issuing import issue
from yingshang.oversight.supervision.operations.settling import settle
from yingshang.oversight.supervision.queries.limits import limit_in_words
from yingshang.oversight.supervision.rules.wording import worded

Group = tuple[int, int, int]
"""Unit, place and edition of the ladder: one letter."""


@transaction.atomic
def confirm_digest(*, digest_id: int, by: Actor, at: datetime) -> list[Letter]:
    """Confirm the digest and return its letters: one for each unit and rung, listing the obligations.

    A letter whose rung asks for a second reader or the head waits for them;
    the others are issued with their numbers. A line whose obligation was done
    meanwhile, or whose unit is gone, is passed over. Raises NotFound, whatever
    the policy refuses, ``supervision.digest_closed``,
    ``supervision.no_authority``. Records ``supervision.digest_confirmed`` and
    what ``issue`` records.
    """
    digest = Digest.objects.select_for_update().filter(pk=digest_id).first()
    if digest is None:
        raise NotFound("这份督办清单")
    access.permit(by, "supervision.confirm_digest", digest)
    refuse_closed(digest)
    on = clock.beijing_date(at)
    authority = authority_or_refuse(on)
    settle(on=on, by=by, at=at)
    letters = _drafts(digest, _groups(digest, on), by, at)
    digest.state, digest.confirmed_by, digest.confirmed_at = Digest.State.CONFIRMED, by.person, at
    digest.authority = authority
    digest.save(update_fields=["state", "confirmed_by", "confirmed_at", "authority"])
    ready = [letter for letter in letters if not letter.ladder.rung(letter.kind)["steps"]]
    issue(ready, by=by, at=at)
    ledger.record(
        "supervision.digest_confirmed",
        subject=f"digest:{digest.pk}",
        by=by,
        at=at,
        facts={"on": digest.on.isoformat(), "letters": len(letters), "issued": len(ready)},
    )
    return letters


def _groups(digest: Digest, on: date) -> dict[Group, list[DigestItem]]:
    """Return the lines to be sent by unit and rung, and mark them; what needs nothing any more is passed over."""
    items = digest.items.filter(state=DigestItem.State.DRAFTED).select_related(
        "obligation", "unit", "supervision__ladder"
    )
    groups: defaultdict[Group, list[DigestItem]] = defaultdict(list)
    passed = []
    for item in items:
        ended = item.supervision is not None and item.supervision.ended_on is not None
        moved = item.supervision is not None and item.supervision.place != item.place - 1
        gone = item.unit.valid_to is not None and item.unit.valid_to <= on
        if item.obligation.state != work.Obligation.State.OPEN or ended or moved or gone:
            passed.append(item.pk)
        else:
            groups[item.unit_id, item.place, _ladder(digest, item).pk].append(item)
    DigestItem.objects.filter(pk__in=passed).update(state=DigestItem.State.PASSED)
    sent = [item.pk for group in groups.values() for item in group]
    DigestItem.objects.filter(pk__in=sent).update(state=DigestItem.State.SENT)
    return dict(groups)


def _ladder(digest: Digest, item: DigestItem) -> Ladder:
    """Return the edition a line climbs by: a supervision keeps the one it began under."""
    return item.supervision.ladder if item.supervision is not None else digest.ladder


def _drafts(digest: Digest, groups: dict[Group, list[DigestItem]], by: Actor, at: datetime) -> list[Letter]:
    """Write the letters and their lines: two statements, whatever their number."""
    on, issuer = clock.beijing_date(at), digest.authority.unit
    letters = [_draft(digest, items, issuer, by, at, on) for items in groups.values()]
    Letter.objects.bulk_create(letters)
    said = work.grounds(by, [item.obligation_id for items in groups.values() for item in items])
    lines = []
    for letter, items in zip(letters, groups.values(), strict=True):
        for line, item in enumerate(items, start=1):
            ground = said.get(item.obligation_id)
            lines.append(
                Climb(
                    letter=letter,
                    obligation=item.obligation,
                    line=line,
                    place=item.place,
                    rule=item.rule,
                    why=item.why,
                    title=item.obligation.title,
                    ground=(ground.sentence if ground else item.obligation.source)[:600],
                    color=item.color,
                    days_late=item.days_late,
                    due_date=item.due_date,
                    was_late=item.due_date < on,
                )
            )
    Climb.objects.bulk_create(lines)
    return letters


def _draft(digest: Digest, items: list[DigestItem], issuer: org.Unit, by: Actor, at: datetime, on: date) -> Letter:
    first = items[0]
    ladder = _ladder(digest, first)
    rung = ladder.rung(first.rung)
    words = worded(
        rung["wording"],
        unit=first.unit.short_name,
        count=len(items),
        limit=limit_in_words(rung["answer"], on),
        authority=digest.authority.approval_no,
    )
    return Letter(
        kind=first.rung,
        unit=first.unit,
        bearer=first.unit,
        issuer=issuer,
        digest=digest,
        authority=digest.authority,
        ladder=ladder,
        place=first.place,
        title=words.title,
        opening=words.opening,
        demand=words.demand,
        drafted_by=by.person,
        drafted_at=at,
    )

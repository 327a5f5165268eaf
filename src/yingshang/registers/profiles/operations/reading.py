"""Read values of a party: for a purpose, inside a matter, recorded in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.registers.profiles import queries, rules
from yingshang.registers.profiles.models import Purpose, Reading
from yingshang.registers.profiles.policies import PIPL_6, Asked, is_own
from yingshang.registers.profiles.queries import Held

LONGEST_MATTER = 200


def read(
    actor: Actor, party: Party, fields: Collection[str], *, purpose: str, subject: str = "", at: datetime
) -> dict[str, Held]:
    """Return the values held of the fields, each with its source; a field not held is left out.

    purpose: code of a purpose in effect that covers every field. subject: the
    matter, ``dossier:12``; officials must name one that concerns the party.
    What is returned has its reading recorded, in this transaction; where
    nothing is held, nothing is recorded. Raises NotFound for an unknown
    purpose, Refusal ``profiles.not_covered``, ``profiles.no_such_field`` and
    what the policy refuses. Records ``profiles.read``.
    """
    return read_all(actor, [party], fields, purpose=purpose, subject=subject, at=at)[party.pk]


@transaction.atomic
def read_all(
    actor: Actor,
    parties: Sequence[Party],
    fields: Collection[str],
    *,
    purpose: str,
    subject: str = "",
    at: datetime,
) -> dict[int, dict[str, Held]]:
    """Return what ``read`` returns for each party, by its primary key; one reading is recorded for each.

    Everything or nothing: one party that may not be read refuses all.
    """
    wanted = list(dict.fromkeys(fields))
    reason = queries.purpose_on(purpose, clock.beijing_date(at))
    for party in parties:
        access.permit(actor, "profiles.read", Asked(party, reason, subject))
    _refuse_uncovered(reason, wanted)
    found: dict[int, dict[str, Held]] = {party.pk: {} for party in parties}
    by_key = {party.pk: party for party in parties}
    for row in queries.newest_rows(list(by_key.values()), wanted):
        found[row.party_id][row.field] = queries.opened(by_key[row.party_id], row)
    _note(actor, [party for party in by_key.values() if found[party.pk]], found, reason, subject, at)
    return found


def _refuse_uncovered(reason: Purpose, wanted: Sequence[str]) -> None:
    if strange := rules.unknown(wanted):
        raise Refusal(
            "profiles.no_such_field", f"没有“{strange[0][:40]}”这个项目。", "请从已有的项目中选择。", source=PIPL_6
        )
    if beyond := rules.uncovered(reason.fields, wanted):
        raise Refusal(
            "profiles.not_covered",
            f"“{reason.title}”用不到{rules.titles(beyond)}。",
            "请只读取办这件事必需的项目；确需扩大的，先修改用途清单并说明依据。",
            source=PIPL_6,
        )


def _note(
    actor: Actor,
    parties: Sequence[Party],
    found: dict[int, dict[str, Held]],
    reason: Purpose,
    subject: str,
    at: datetime,
) -> None:
    """Write one row and one entry for each party. No value and no name enters either."""
    if not parties:
        return
    unit = org.unit(actor.unit) if actor.unit else None
    posts = (
        org.Post.objects.filter(unit__code=actor.unit, code__in=actor.posts)
        .order_by("code")
        .values_list("title", flat=True)
    )
    titles = "、".join(posts)[:200] if unit else ""
    matter = _matter(subject)
    rows = [
        Reading(
            party=party,
            unit=unit,
            posts=titles,
            person=actor.person,
            is_own=is_own(actor, party),
            purpose=reason,
            fields=sorted(found[party.pk]),
            subject=subject[:120],
            matter=matter,
            at=at,
        )
        for party in parties
    ]
    entries = ledger.record_all(
        "profiles.read",
        [
            (
                f"reading:{row.public_id}",
                {"unit": unit.short_name if unit else "本人", "purpose": reason.title, "fields": row.fields},
            )
            for row in rows
        ],
        by=actor,
        at=at,
    )
    for row, entry in zip(rows, entries, strict=True):
        row.entry_id = entry.pk
    Reading.objects.bulk_create(rows)


def _matter(subject: str) -> str:
    """Return what the party reads on its page: number and title of the matter."""
    kind, _, number = subject.partition(":")
    if kind != "dossier" or not number.isdecimal():
        return ""
    dossier = work.Dossier.objects.filter(pk=int(number)).values_list("no", "title").first()
    return " ".join(filter(None, dossier))[:LONGEST_MATTER] if dossier else ""

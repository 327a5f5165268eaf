"""The digest of a day as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, Sum

from yingshang.kernel import org, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Digest, DigestItem, DigestUnit, Letter
from yingshang.oversight.supervision.queries.limits import limit_in_words
from yingshang.oversight.supervision.rules.wording import Wording, worded


@dataclass(frozen=True)
class Line:
    """One line of the digest with the sentence behind it."""

    item: DigestItem
    ground: work.Ground | None


@dataclass
class Draft:
    """The letter that one unit would get on one rung: its kind, its wording, its lines."""

    title: str
    words: Wording
    lines: list[Line] = field(default_factory=list)


@dataclass
class UnitPart:
    """One unit of a digest: drafted letters, what was held back, and how many wait for the days after."""

    unit: org.Unit
    carried: int
    drafts: list[Draft] = field(default_factory=list)
    held_back: list[Line] = field(default_factory=list)


def digests() -> QuerySet[Digest]:
    """Return every digest, the latest first."""
    return Digest.objects.select_related("ladder", "authority__unit").order_by("-on")


def digest_seen(digest_id: int | None = None) -> Digest | None:
    """Return one digest, or the latest one; None where there is none. Queries: 1."""
    return digests().filter(Q(pk=digest_id) if digest_id else Q()).first()


def digest_item(item_id: int) -> DigestItem:
    """Return one line with what it is about. Raises NotFound. Queries: 1."""
    related = DigestItem.objects.select_related("unit", "obligation", "digest__ladder", "supervision")
    item = related.filter(pk=item_id).first()
    if item is None:
        raise NotFound("清单中的这一件")
    return item


def parts_of(digest: Digest, actor: Actor, *, units: Sequence[int] | None = None) -> list[UnitPart]:
    """Return a digest unit by unit, the worst first, with the letters as they would be worded.

    units: ids, to read only these. Queries: 4 and those of ``work.grounds``, whatever the size.
    """
    listed = DigestUnit.objects.filter(digest=digest).select_related("unit").order_by("order")
    items = DigestItem.objects.filter(digest=digest).select_related("obligation", "unit", "supervision__ladder")
    if units is not None:
        listed, items = listed.filter(unit__in=units), items.filter(unit__in=units)
    rows = list(items.order_by("order"))
    grounds = work.grounds(actor, [row.obligation_id for row in rows])
    parts = {row.unit_id: UnitPart(row.unit, row.carried) for row in listed}
    gathered: dict[tuple[int, str], list[Line]] = {}
    for row in rows:
        line = Line(row, grounds.get(row.obligation_id))
        if row.state in {DigestItem.State.TAKEN_OUT, DigestItem.State.POSTPONED}:
            parts[row.unit_id].held_back.append(line)
        else:
            gathered.setdefault((row.unit_id, row.rung), []).append(line)
    for (unit_id, rung), lines in gathered.items():
        parts[unit_id].drafts.append(_draft(digest, rung, lines))
    return list(parts.values())


def carried_over(digest: Digest) -> int:
    """Return how many items a digest carries over to the days after. Queries: 1."""
    total: int | None = DigestUnit.objects.filter(digest=digest).aggregate(total=Sum("carried"))["total"]
    return total or 0


def letters_waiting() -> QuerySet[Letter]:
    """Return the letters that wait for a second reader, the head or a signature, the oldest first."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    return waiting.select_related("unit", "ladder").prefetch_related("steps").order_by("pk")


def _draft(digest: Digest, rung: str, lines: list[Line]) -> Draft:
    first = lines[0].item
    ladder = first.supervision.ladder if first.supervision is not None else digest.ladder
    said: dict[str, Any] = ladder.rung(rung)
    words = worded(
        said["wording"],
        unit=first.unit.short_name,
        count=len(lines),
        limit=limit_in_words(said["answer"], digest.on),
        authority=digest.authority.approval_no,
    )
    return Draft(said["title"], words, lines)

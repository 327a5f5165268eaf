"""Published versions: which holds on a day, what it asks, who acts under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import F, Q, QuerySet, Subquery

from yingshang.kernel import org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.procedures import ProcedureVersion
from yingshang.registers.catalogue.models import Delegation, Item, ItemVersion, Transfer
from yingshang.registers.catalogue.rules.content import Content, Material, applies, read

PUBLIC = (ItemVersion.State.PUBLISHED, ItemVersion.State.ENDED)


@dataclass(frozen=True)
class Version:
    """One published version, as cases and guides use it. unit: whose item it is. zone: where it is tried, or empty."""

    pk: int
    item_id: int
    slug: str
    item_code: str
    number: int
    title: str
    kind: str
    unit: str
    zone: str
    content: Content
    procedure: ProcedureVersion
    digest: str
    effective_from: date
    effective_to: date | None
    is_demo: bool
    ended_on: date | None

    @property
    def applicants(self) -> tuple[str, ...]:
        """Codes of 服务对象, GB/T 39046—2020 A.4."""
        return self.content.basics.applicants


@lru_cache(maxsize=1024)
def _held(_digest: str) -> list[Content]:
    """Return the place in memory of one content: what is published never changes."""
    return []


def content_of(version: ItemVersion) -> Content:
    """Return the content of a version; no work when this process has read the same published content before."""
    if not version.digest:
        return read(version.content)
    held = _held(version.digest)
    if not held:
        held.append(read(version.content))
    return held[0]


def version_of(row: ItemVersion) -> Version:
    """Return the frozen values of a published row that was read with its item, unit, zone and procedure."""
    assert row.effective_from is not None  # published rows are dated, by a constraint
    assert row.procedure is not None
    return Version(
        pk=row.pk,
        item_id=row.item_id,
        slug=row.item.slug,
        item_code=row.item.code,
        number=row.number,
        title=row.title,
        kind=row.kind,
        unit=row.item.unit.code,
        zone=row.zone.code if row.zone else "",
        content=content_of(row),
        procedure=row.procedure,
        digest=row.digest,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        is_demo=row.item.is_demo,
        ended_on=row.item.ended_on,
    )


def one_version(pk: int) -> Version:
    """Return a published version, also one that has ended. Raises NotFound. Queries: 1."""
    row = _whole().filter(pk=pk, state__in=PUBLIC).first()
    if row is None:
        raise NotFound("这个事项版本")
    return version_of(row)


def version_on(item: str, day: date, zone: str | None = None) -> Version:
    """Return the version in force on a day; in a zone the one tried there, if any. Raises NotFound. Queries: 1.

    item: the 实施编码 or the slug. zone: code of the unit where the applicant is.
    """
    here = Q(zone=None) | (Q(zone__code=zone) if zone else Q(pk=None))
    rows = _whole().filter(Q(item__code=item) | Q(item__slug=item), here, _holds(day), state__in=PUBLIC)
    row = rows.order_by(F("zone_id").asc(nulls_last=True)).first()
    if row is None:
        raise NotFound(f"{day:%Y年%m月%d日}有效的事项“{item}”")
    return version_of(row)


def in_force(day: date) -> QuerySet[ItemVersion]:
    """Return the county-wide versions that take new cases on a day."""
    going_on = Q(item__ended_on=None) | Q(item__ended_on__gt=day)
    return _whole().filter(_holds(day), going_on, state=ItemVersion.State.PUBLISHED, zone=None)


def published(
    day: date, *, unit: str = "", applicant: str = "", life_event: str = "", kind: str = ""
) -> QuerySet[ItemVersion]:
    """Return the versions in force for a list, by title: of a unit, for a kind of applicant (A.4), in a life event."""
    rows = in_force(day)
    if unit:
        rows = rows.filter(item__unit__code=unit)
    if applicant:
        rows = rows.filter(content__basics__applicants__contains=[applicant])
    if life_event:
        rows = rows.filter(content__basics__life_events__contains=[life_event])
    if kind:
        rows = rows.filter(kind=kind)
    return rows.order_by("title", "pk")


def stopped(item: str, day: date) -> Refusal | None:
    """Return why an item takes no new cases on a day, with where to go; None when it does. Queries: at most 2."""
    found = Item.objects.select_related("basic").filter(Q(code=item) | Q(slug=item)).first()
    if found is None:
        raise NotFound(f"事项“{item}”")
    if found.ended_on is not None and found.ended_on <= day:
        return Refusal(
            "catalogue.item_ended",
            f"“{found.title}”从{found.ended_on:%Y年%m月%d日}起不再办理：{found.ended_because}。",
            f"{found.go_to}。已经受理的继续按原来的规定办完。",
            source=found.ended_by_text,
        )
    if not found.versions.filter(_holds(day), state=ItemVersion.State.PUBLISHED).exists():
        return Refusal(
            "catalogue.no_version_in_force",
            f"“{found.title}”在{day:%Y年%m月%d日}没有生效的版本。",
            "请过几天再来看，或者拨打实施单位的咨询电话。",
        )
    return None


def acting_unit(version: Version, *, day: date, place: str = "") -> str:
    """Return the code of the unit that handles a new case: where it was delegated, else the one seal, else the owner.

    place: code of the township or zone where the applicant wants to go. Queries: 2.
    """
    if place:
        delegated = Delegation.objects.filter(item_id=version.item_id, to__code=place, from_on__lte=day)
        if delegated.filter(Q(last_on=None) | Q(last_on__gte=day)).exists():
            return place
    moved = Transfer.objects.filter(item_id=version.item_id, from_on__lte=day).order_by("-from_on")
    return moved.values_list("to__code", flat=True).first() or version.unit


def acting_body(version: Version, *, day: date, place: str = "") -> org.Unit:
    """Return the unit itself that ``acting_unit`` names. Queries: 1, and 1 where a place is named. Raises NotFound."""
    if place:
        return org.unit(acting_unit(version, day=day, place=place))
    moved = Transfer.objects.filter(item_id=version.item_id, from_on__lte=day).order_by("-from_on").values("to_id")[:1]
    found = list(org.Unit.objects.filter(Q(code=version.unit) | Q(pk=Subquery(moved))))
    return next((unit for unit in found if unit.code != version.unit), found[0])


def materials_for(content: Content, answers: Mapping[str, str]) -> tuple[Material, ...]:
    """Return the materials that apply in a situation. answers: question → answer, by their keys."""
    return tuple(material for material in content.materials if applies(material.applies, answers))


def _whole() -> QuerySet[ItemVersion]:
    return ItemVersion.objects.select_related("item__unit", "zone", "procedure")


def _holds(day: date) -> Q:
    return Q(effective_from__lte=day) & (Q(effective_to=None) | Q(effective_to__gte=day))

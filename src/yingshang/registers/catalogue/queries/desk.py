"""What the pages of the people who write, review and publish show."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from yingshang.kernel import access
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue.models import Adoption, Item, ItemVersion, Practice
from yingshang.registers.catalogue.queries.checking import form_faults, known_for
from yingshang.registers.catalogue.rules.checks import faults
from yingshang.registers.catalogue.rules.content import Fault, read

IN_HAND = (ItemVersion.State.DRAFT, ItemVersion.State.CHECKING, ItemVersion.State.REVIEWED)


def items_of(unit: str) -> QuerySet[Item]:
    """Return the items of a unit, newest first, with the number of their versions."""
    rows = Item.objects.filter(unit__code=unit).select_related("unit")
    return rows.annotate(version_count=Count("versions")).order_by("-pk")


def in_hand_of(unit: str) -> QuerySet[ItemVersion]:
    """Return the versions of a unit's items that are being written, reviewed or wait for publication."""
    rows = ItemVersion.objects.filter(item__unit__code=unit, state__in=IN_HAND)
    return rows.select_related("item__unit", "zone").order_by("-pk")


def item_for(actor: Actor, slug: str) -> Item:
    """Return an item to the people who keep it. Raises NotFound for others."""
    item = Item.objects.select_related("unit", "basic").filter(slug=slug).first()
    if item is None or access.may(actor, "catalogue.see_drafts", item) is not None:
        raise NotFound("这个事项")
    return item


def version_for(actor: Actor, version_id: int) -> ItemVersion:
    """Return a version in any state to the people who keep its item. Raises NotFound for others."""
    rows = ItemVersion.objects.select_related("item__unit", "item__basic", "zone", "procedure")
    version = rows.filter(pk=version_id).first()
    if version is None or access.may(actor, "catalogue.see_drafts", version.item) is not None:
        raise NotFound("这个事项版本")
    return version


def versions_of(item: Item) -> list[ItemVersion]:
    """Return the versions of an item, newest first."""
    return list(item.versions.select_related("zone").order_by("-number"))


def public_versions_of(item: Item) -> list[ItemVersion]:
    """Return the versions that were published, newest first."""
    return list(item.versions.filter(published_at__isnull=False).select_related("zone", "item").order_by("-number"))


def version_before(version: ItemVersion) -> ItemVersion | None:
    """Return the published version that a version follows; None for the first."""
    rows = version.item.versions.filter(number__lt=version.number, published_at__isnull=False)
    return rows.select_related("item").order_by("-number").first()


def faults_of_draft(version: ItemVersion, day: date) -> list[Fault]:
    """Return what keeps a version from being published on a day."""
    content = read(version.content)
    return [*faults(content, known_for(version.item.basic, day)), *form_faults(content.form)]


def practices() -> QuerySet[Practice]:
    """Return the practices put to units, newest first, with the counts of the answers."""
    return Practice.objects.select_related("zone").annotate(
        asked=Count("adoptions"),
        adopted=Count("adoptions", filter=Q(adoptions__decision__in=["adopted", "adapted"])),
        declined=Count("adoptions", filter=Q(adoptions__decision="declined")),
        waiting=Count("adoptions", filter=Q(adoptions__decision="")),
    )


def practice_numbered(number: int) -> Practice:
    """Return a practice. Raises NotFound."""
    found = practices().filter(number=number).first()
    if found is None:
        raise NotFound("这条改革经验")
    return found


def answers_to(practice: Practice) -> list[Adoption]:
    """Return what each unit answered, in the order of the units."""
    rows = Adoption.objects.filter(practice=practice).select_related("unit", "obligation").prefetch_related("items")
    return list(rows.order_by("unit__path"))


def adoption_for(actor: Actor, adoption_id: int) -> Adoption:
    """Return what the actor's unit was asked. Raises NotFound for other units."""
    rows = Adoption.objects.select_related("unit", "practice", "obligation")
    found = rows.filter(pk=adoption_id, unit__code=actor.unit).first()
    if found is None or not actor.unit:
        raise NotFound("这条改革经验")
    return found


def waiting_for(unit: str) -> QuerySet[Adoption]:
    """Return the practices that a unit has not answered, the earliest due first."""
    rows = Adoption.objects.filter(unit__code=unit, decision="").select_related("practice", "obligation")
    return rows.order_by("practice__decide_by", "pk")

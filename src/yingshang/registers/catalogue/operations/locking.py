"""Rows locked in one order: the item, then its version."""

from __future__ import annotations

from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.registers.catalogue.models import Item, ItemVersion


def locked_item(slug: str) -> Item:
    """Return an item, locked. Raises NotFound."""
    item = Item.objects.select_for_update(of=("self",)).select_related("unit", "basic").filter(slug=slug).first()
    if item is None:
        raise NotFound("这个事项")
    return item


def locked_version(version_id: int, revision: int | None = None) -> ItemVersion:
    """Return a version with its item, both locked.

    revision: what the person saw; Stale when somebody changed it since. Raises NotFound.
    """
    slug = ItemVersion.objects.filter(pk=version_id).values_list("item__slug", flat=True).first()
    if slug is None:
        raise NotFound("这个事项版本")
    item = locked_item(slug)
    version = ItemVersion.objects.select_for_update(of=("self",)).select_related("zone").get(pk=version_id)
    version.item = item
    if revision is not None and revision != version.revision:
        raise Stale("刚才有人先修改了这一版事项。")
    return version


def must_be(version: ItemVersion, *states: ItemVersion.State) -> None:
    """Raise Refusal ``catalogue.version_in_another_state`` unless the version is in one of the states."""
    if version.state not in states:
        raise Refusal(
            "catalogue.version_in_another_state",
            f"{version}现在是“{version.get_state_display()}”，不能这样办理。",
            "请刷新页面看最新情况；已发布的版本要改，请起草新的一版。",
        )

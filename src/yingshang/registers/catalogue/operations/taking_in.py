"""Items and materials that come in by a sheet: drafts are made or changed, nothing is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from yingshang.kernel import access
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue.models import Item, ItemVersion
from yingshang.registers.catalogue.operations.drafting import start_item, start_version, write_content
from yingshang.registers.catalogue.operations.locking import locked_version
from yingshang.registers.catalogue.rules.rows import next_key


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One row of the sheet of items: what it says of each section, in the shape of a content."""

    slug: str
    title: str
    kind: str
    basic: str = ""
    code: str = ""
    changed_because: str = ""
    basics: Mapping[str, Any]
    where: Mapping[str, Any]
    limits: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class MaterialRow:
    """One row of the sheet of materials. basis: the text; found among the item's bases or added to them."""

    slug: str
    title: str
    basis: str
    values: Mapping[str, Any]


@transaction.atomic
def take_in_items(*, rows: Sequence[ItemRow], by: Actor, at: datetime) -> int:
    """Make or change one draft for each row, all or none; return how many.

    A new slug begins an item; one that stands gets a new version where none is
    in hand. Sections that the sheet does not have stay as they are. Raises what
    ``start_item``, ``start_version`` and ``change_section`` refuse.
    """
    access.permit(by, "catalogue.edit")
    for row in rows:
        version = _draft_of(row.slug, row.changed_because, by, at)
        if version is None:
            version = start_item(
                slug=row.slug, title=row.title, kind=row.kind, basic=row.basic, code=row.code, by=by, at=at
            )
        content = dict(version.content)
        content["basics"] = {**content.get("basics", {}), **row.basics, "title": row.title, "kind": row.kind}
        content["where"] = {**content.get("where", {}), **row.where}
        content["limits"] = {**content.get("limits", {}), **row.limits}
        write_content(version, _with_basis_of_limits(content))
    return len(rows)


@transaction.atomic
def take_in_materials(*, rows: Sequence[MaterialRow], by: Actor, at: datetime) -> int:
    """Put the materials of a sheet in the place of those of each item named, all or none; return how many items.

    A material that stood under the same name keeps its key and the situations
    it applies to. Raises NotFound for an item that does not stand, and what
    ``start_version`` and ``change_section`` refuse.
    """
    access.permit(by, "catalogue.edit")
    by_item: dict[str, list[MaterialRow]] = {}
    for row in rows:
        by_item.setdefault(row.slug, []).append(row)
    for slug, listed in by_item.items():
        version = _draft_of(slug, "按表格修改材料", by, at)
        if version is None:
            raise NotFound(f"事项“{slug}”")
        write_content(version, with_materials(version.content, listed))
    return len(by_item)


def with_materials(content: Mapping[str, Any], listed: Sequence[MaterialRow]) -> dict[str, Any]:
    """Return a content whose materials are those listed, and whose bases hold every text they cite."""
    before = {material["title"]: material for material in content.get("materials", [])}
    taken = [material["key"] for material in before.values()]
    bases = [dict(basis) for basis in content.get("basics", {}).get("bases", [])]
    made = []
    for row in listed:
        old = before.get(row.title, {})
        key = old.get("key") or next_key(taken, "m")
        taken.append(key)
        kept = {name: old[name] for name in ("applies", "form", "held", "template", "sample") if name in old}
        basis = {"basis": _basis_key(bases, row.basis)} if row.basis else {}
        made.append({"key": key, "title": row.title, **kept, **row.values, **basis})
    return {**content, "basics": {**content.get("basics", {}), "bases": bases}, "materials": made}


def _with_basis_of_limits(content: dict[str, Any]) -> dict[str, Any]:
    """Turn the text behind the statutory limit into a key of the bases, adding it where it is new."""
    statutory = content["limits"].get("statutory")
    if not statutory or not statutory.get("basis"):
        return content
    bases = [dict(basis) for basis in content["basics"].get("bases", [])]
    key = _basis_key(bases, statutory["basis"])
    content["basics"] = {**content["basics"], "bases": bases}
    content["limits"] = {**content["limits"], "statutory": {**statutory, "basis": key}}
    return content


def _basis_key(bases: list[dict[str, Any]], text: str) -> str:
    for basis in bases:
        if text in (basis["key"], basis["text"]):
            return str(basis["key"])
    key = next_key([basis["key"] for basis in bases], "b")
    bases.append({"key": key, "text": text})
    return key


def _draft_of(slug: str, reason: str, by: Actor, at: datetime) -> ItemVersion | None:
    """Return the locked draft of an item, a new one where none is in hand; None for an item that does not stand."""
    item = Item.objects.filter(slug=slug).first()
    if item is None:
        return None
    access.permit(by, "catalogue.edit", item)
    draft = item.versions.filter(state=ItemVersion.State.DRAFT).first()
    if draft is None:
        draft = start_version(slug=slug, changed_because=reason or "按表格修改", by=by, at=at)
    version = locked_version(draft.pk)
    if version.state != ItemVersion.State.DRAFT:
        raise Refusal("catalogue.version_in_another_state", f"{version}不是草稿，不能改。", "请先放弃或者发布它。")
    return version

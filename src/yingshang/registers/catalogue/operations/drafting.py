"""Begin an item or its next version, and fill it in section by section."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from yingshang.kernel import access, clock, ledger, org
from yingshang.kernel.errors import NotFound, Refusal, Stale
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue.models import BasicItem, Implementer, Item, ItemVersion
from yingshang.registers.catalogue.operations.locking import locked_item, locked_version, must_be
from yingshang.registers.catalogue.queries.zones import zones_on
from yingshang.registers.catalogue.rules import codes
from yingshang.registers.catalogue.rules.content import SECTIONS, Unreadable, read

SLUG = re.compile(r"^[a-z][a-z0-9-]{2,49}$")
IN_HAND = (ItemVersion.State.DRAFT, ItemVersion.State.CHECKING, ItemVersion.State.REVIEWED)


@transaction.atomic
def start_item(
    *, slug: str, title: str, kind: str, basic: str = "", code: str = "", by: Actor, at: datetime
) -> ItemVersion:
    """Begin an item of the actor's unit, and return the draft of its first version.

    basic: 基本编码 of the catalogue; may be empty for what is no license. code:
    实施编码; composed of the unit's credit code, county level and ``basic`` where
    left empty. Raises whatever the policy refuses; Refusal
    ``catalogue.slug_not_usable``, ``catalogue.slug_taken``,
    ``catalogue.code_not_valid``, ``catalogue.code_taken``,
    ``catalogue.no_such_basic_item``. Records ``catalogue.item_started``.
    """
    access.permit(by, "catalogue.edit")
    unit = org.unit(by.unit)
    if not SLUG.match(slug):
        raise Refusal(
            "catalogue.slug_not_usable",
            f"“{slug}”不能作为网址代号。",
            "请用3至50个小写字母、数字或者连字符，以字母开头。",
        )
    if Item.objects.filter(slug=slug).exists():
        raise Refusal("catalogue.slug_taken", f"网址代号“{slug}”已经有事项在用。", "请换一个。")
    row = _basic(basic) if basic.strip() else None
    full = _code(code, unit, row)
    if Item.objects.filter(code=full).exists():
        raise Refusal("catalogue.code_taken", f"实施编码{full}已经有事项在用。", "请核对编码；同一事项请起草新的一版。")
    on = clock.beijing_date(at)
    try:
        with transaction.atomic():
            item = Item.objects.create(
                slug=slug, code=full, basic=row, unit=unit, title=title.strip(), created_by=by.person, created_on=on
            )
    except IntegrityError:
        raise Stale("刚才有人用同一个网址代号或者实施编码建了事项。") from None
    ledger.record("catalogue.item_started", subject=f"item:{slug}", by=by, at=at, facts={"title": item.title})
    content = {"basics": {"title": item.title, "kind": kind}}
    return ItemVersion.objects.create(
        item=item, number=1, content=content, title=item.title, kind=kind, drafted_by=by.person, drafted_at=at
    )


@transaction.atomic
def start_version(
    *, slug: str, changed_because: str, zone: str = "", source: int | None = None, by: Actor, at: datetime
) -> ItemVersion:
    """Begin the next version with the content of the newest published one (or of ``source``), and return it.

    zone: code of the zone where it is to be tried first. Raises NotFound,
    whatever the policy refuses, Refusal ``catalogue.item_ended``,
    ``catalogue.version_in_hand``, ``catalogue.reason_missing`` and
    ``catalogue.not_a_zone``. Records ``catalogue.version_started``.
    """
    item = locked_item(slug)
    access.permit(by, "catalogue.edit", item)
    if item.ended_on is not None:
        raise Refusal("catalogue.item_ended", f"“{item.title}”已经停办，不再编写新的版本。", "请看停办的说明。")
    if item.versions.filter(state__in=IN_HAND).exists():
        raise Refusal(
            "catalogue.version_in_hand", "这个事项另有一版正在编写或者审核。", "请在那一版上修改，或者先放弃它。"
        )
    if not changed_because.strip():
        raise Refusal("catalogue.reason_missing", "新的一版要写明为什么改。", "请填写修改的理由。")
    earlier = item.versions.order_by("-number")
    before = earlier.filter(pk=source).first() if source else earlier.filter(published_at__isnull=False).first()
    before = before or earlier.first()
    newest = earlier.first()
    assert before is not None and newest is not None  # an item begins with a version
    version = ItemVersion.objects.create(
        item=item,
        number=newest.number + 1,
        zone=zone_named(zone, clock.beijing_date(at)) if zone else None,
        content=before.content,
        title=before.title,
        kind=before.kind,
        reform_class=before.reform_class,
        changed_because=changed_because.strip()[:400],
        drafted_by=by.person,
        drafted_at=at,
    )
    ledger.record("catalogue.version_started", subject=f"item:{slug}", by=by, at=at, facts={"number": version.number})
    return version


@transaction.atomic
def change_section(
    *, version_id: int, section: str, value: Any, revision: int | None = None, by: Actor, at: datetime
) -> ItemVersion:
    """Put another value in one section of a draft, and return the draft.

    A draft may be unfinished; it may not be malformed. Raises NotFound, Stale
    when somebody changed it first, whatever the policy refuses, Refusal
    ``catalogue.version_in_another_state`` and ``catalogue.not_readable``.
    """
    version = locked_version(version_id, revision)
    access.permit(by, "catalogue.edit", version.item)
    must_be(version, ItemVersion.State.DRAFT)
    if section not in SECTIONS:
        raise NotFound("事项的这一部分")
    return write_content(version, {**version.content, section: value})


def write_content(version: ItemVersion, content: Mapping[str, Any]) -> ItemVersion:
    """Store a content in a locked draft. Raises Refusal ``catalogue.not_readable`` naming every fault of shape."""
    try:
        known = read(content)
    except Unreadable as error:
        raise Refusal(
            "catalogue.not_readable", "".join(str(fault) for fault in error.faults), "请按提示改正。"
        ) from None
    version.content = dict(content)
    version.title, version.kind = known.title[:200], known.kind
    version.reform_class = known.basics.reform_class
    version.revision += 1
    version.save(update_fields=["content", "title", "kind", "reform_class", "revision"])
    return version


@transaction.atomic
def drop_version(*, version_id: int, by: Actor, at: datetime) -> ItemVersion:
    """Give up a version that is not published; it stays readable to its unit. Records ``catalogue.version_dropped``."""
    version = locked_version(version_id)
    access.permit(by, "catalogue.edit", version.item)
    must_be(version, *IN_HAND)
    version.state = ItemVersion.State.DROPPED
    version.save(update_fields=["state"])
    ledger.record(
        "catalogue.version_dropped",
        subject=f"item:{version.item.slug}",
        by=by,
        at=at,
        facts={"number": version.number},
    )
    return version


def zone_named(code: str, day: date) -> org.Unit:
    """Return a zone. Raises Refusal ``catalogue.not_a_zone``."""
    unit = zones_on(day).filter(code=code).first()
    if unit is None:
        raise Refusal("catalogue.not_a_zone", f"“{code}”不是园区。", "先行试点只在园区进行，请选择园区。")
    return unit


def _basic(code: str) -> BasicItem:
    try:
        row = BasicItem.objects.filter(pk=codes.basic_code(code)).first()
    except ValueError as error:
        raise Refusal("catalogue.code_not_valid", str(error), "请核对基本编码。") from None
    if row is None:
        raise Refusal(
            "catalogue.no_such_basic_item", f"事项基本目录中没有{code}。", "请核对基本编码，或者先更新基本目录。"
        )
    return row


def _code(code: str, unit: org.Unit, row: BasicItem | None) -> str:
    try:
        if code.strip():
            return codes.item_code(code)
        implementer = Implementer.objects.filter(unit=unit).first()
        if row is None or implementer is None:
            raise Refusal(
                "catalogue.code_not_valid",
                "没有填写实施编码，也不能自动生成。",
                "请填写31位实施编码；或者选择基本编码，并请统筹单位登记本单位的信用代码。",
            )
        return codes.composed(implementer.credit_code, "4", row.code)
    except ValueError as error:
        raise Refusal("catalogue.code_not_valid", str(error), "请核对实施编码。") from None

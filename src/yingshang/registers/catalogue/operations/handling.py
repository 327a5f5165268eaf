"""Delegate an item to a township or zone and recall it; move it to one approving unit and its seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from yingshang.kernel import access, clock, ledger, org
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor
from yingshang.registers.catalogue.models import Delegation, Item, Transfer
from yingshang.registers.catalogue.operations.locking import locked_item
from yingshang.registers.catalogue.queries.zones import close_to_people_on


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What is delegated: from which day, how far, by which document, and the training before it."""

    from_on: date
    scope: str
    document: str
    trained_on: date
    training: str


@transaction.atomic
def delegate(*, slug: str, to: str, grant: Grant, by: Actor, at: datetime) -> Delegation:
    """Let a township or a zone handle an item from a day on, and return the delegation.

    Raises NotFound, whatever the policy refuses, Refusal
    ``catalogue.item_ended``, ``catalogue.not_close_to_people``,
    ``catalogue.begins_in_the_past``, ``catalogue.not_trained``,
    ``catalogue.reason_missing`` and ``catalogue.delegated_already``. Records
    ``catalogue.delegated``, strict.
    """
    item = locked_item(slug)
    access.permit(by, "catalogue.delegate", item)
    _must_go_on(item, grant.from_on)
    unit = org.unit(to)
    if not close_to_people_on(grant.from_on).filter(pk=unit.pk).exists():
        raise Refusal("catalogue.not_close_to_people", f"{unit.short_name}不是乡镇或者园区。", "下放只到乡镇和园区。")
    if grant.from_on < clock.beijing_date(at):
        raise Refusal("catalogue.begins_in_the_past", "下放日期早于今天。", "请填写今天或者以后的日期。")
    if grant.trained_on > grant.from_on or not grant.training.strip():
        raise Refusal(
            "catalogue.not_trained",
            f"{unit.short_name}的人员还没有在下放以前培训过。",
            "请先培训，写明培训日期、内容、人数和考核结果，再下放。",
            source="木环组发〔2019〕1号 第13项",
        )
    if not (grant.scope.strip() and grant.document.strip()):
        raise Refusal("catalogue.reason_missing", "下放要写明范围和文件。", "请把两项都填上。")
    standing = Delegation.objects.filter(item=item, to=unit).filter(Q(last_on=None) | Q(last_on__gte=grant.from_on))
    if standing.exists():
        raise Refusal("catalogue.delegated_already", f"“{item.title}”已经下放{unit.short_name}。", "不用再次下放。")
    made = Delegation.objects.create(
        item=item,
        to=unit,
        from_on=grant.from_on,
        scope=grant.scope.strip(),
        document=grant.document.strip(),
        trained_on=grant.trained_on,
        training=grant.training.strip(),
        by=by.person,
    )
    facts = {"title": item.title, "to": unit.short_name, "from": grant.from_on.isoformat(), "document": made.document}
    ledger.record("catalogue.delegated", subject=f"item:{slug}", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def recall(*, delegation_id: int, last_on: date, reason: str, by: Actor, at: datetime) -> Delegation:
    """Take a delegation back after its last day, and return it; cases accepted there are finished there.

    Raises NotFound, whatever the policy refuses, Refusal
    ``catalogue.recalled_already``, ``catalogue.reason_missing`` and
    ``catalogue.begins_in_the_past``. Records ``catalogue.recalled``, strict.
    """
    slug = Delegation.objects.filter(pk=delegation_id).values_list("item__slug", flat=True).first()
    if slug is None:
        raise NotFound("这次下放")
    item = locked_item(slug)
    access.permit(by, "catalogue.delegate", item)
    made = Delegation.objects.select_related("to").get(pk=delegation_id)
    if made.last_on is not None:
        raise Refusal("catalogue.recalled_already", f"已定于{made.last_on:%Y年%m月%d日}收回。", "不用再次办理。")
    if not reason.strip():
        raise Refusal("catalogue.reason_missing", "收回要写明理由。", "请填写收回的理由。")
    if last_on < max(clock.beijing_date(at), made.from_on):
        raise Refusal("catalogue.begins_in_the_past", "最后一天早于今天，或者早于下放日期。", "请改正日期。")
    made.last_on, made.recalled_because = last_on, reason.strip()[:400]
    made.save(update_fields=["last_on", "recalled_because"])
    facts = {"title": item.title, "to": made.to.short_name, "on": last_on.isoformat()}
    ledger.record("catalogue.recalled", subject=f"item:{slug}", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def transfer_items(
    *,
    slugs: list[str],
    to: str,
    from_on: date,
    document: str,
    seal: str,
    regulator: str,
    by: Actor,
    at: datetime,
) -> list[Transfer]:
    """Move several items to one approving unit and its seal from a day on (一章通办), all or none.

    regulator: who regulates after the transfer, in words. Raises NotFound,
    whatever the policy refuses, Refusal ``catalogue.item_ended``,
    ``catalogue.reason_missing``, ``catalogue.begins_in_the_past`` and
    ``catalogue.transferred_already``. Records ``catalogue.transferred``, strict, for each.
    """
    access.permit(by, "catalogue.coordinate")
    if not (document.strip() and seal.strip() and regulator.strip()):
        raise Refusal(
            "catalogue.reason_missing",
            "划转要写明批准文件、用哪一枚印章，以及以后由谁监管。",
            "请把三项都填上：谁审批谁负责、谁主管谁监管。",
        )
    if from_on < clock.beijing_date(at):
        raise Refusal("catalogue.begins_in_the_past", "划转日期早于今天。", "请填写今天或者以后的日期。")
    unit, made = org.unit(to), []
    for slug in sorted(set(slugs)):
        item = locked_item(slug)
        _must_go_on(item, from_on)
        newest = Transfer.objects.select_related("to").filter(item=item).order_by("-from_on").first()
        holder = newest.to if newest else item.unit
        if holder.pk == unit.pk or (newest is not None and newest.from_on >= from_on):
            raise Refusal(
                "catalogue.transferred_already",
                f"“{item.title}”已经由{holder.short_name}办理，或者已定于更晚的日期划转。",
                "请从名单中去掉它。",
            )
        made.append(
            Transfer.objects.create(
                item=item,
                from_unit=holder,
                to=unit,
                from_on=from_on,
                document=document.strip(),
                seal=seal.strip(),
                regulator=regulator.strip(),
                by=by.person,
                at=at,
            )
        )
        facts = {"title": item.title, "from": holder.short_name, "to": unit.short_name, "on": from_on.isoformat()}
        ledger.record("catalogue.transferred", subject=f"item:{slug}", by=by, at=at, facts=facts)
    return made


def _must_go_on(item: Item, day: date) -> None:
    if item.ended_on is not None and item.ended_on <= day:
        raise Refusal("catalogue.item_ended", f"“{item.title}”已经停办。", "停办的事项不再下放或者划转。")

"""Publish a version: checked, frozen, with a procedure of its own, findable, public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.db import transaction

from yingshang.kernel import access, clock, disclosure, events, ledger, procedures, search
from yingshang.kernel.audience import PUBLIC
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor
from yingshang.methods.county_files import DataProblem
from yingshang.methods.dates import Calendar
from yingshang.registers.catalogue.models import ItemVersion
from yingshang.registers.catalogue.operations.locking import locked_version, must_be
from yingshang.registers.catalogue.queries.checking import form_faults, known_for
from yingshang.registers.catalogue.rules.checks import Known, faults
from yingshang.registers.catalogue.rules.content import Content, Fault, digest, read
from yingshang.registers.catalogue.rules.procedure import procedure_of

DISCLOSURE_KIND = "service_item"


@dataclass(frozen=True)
class Reference:
    """What publishing many versions reads once.

    known: what contents are checked against. names: those that procedures may
    use. limit_on, calendar: the clock's, for the scenarios of procedures.
    """

    known: Known
    names: procedures.Known
    limit_on: Callable[[str, date], clock.Limit]
    calendar: Calendar


def reference_for(known: Known) -> Reference:
    """Return what publishing needs beside the content; the editions of limits are looked up once each."""
    return Reference(known, procedures.known_names(), cache(clock.limit_on), clock.calendar())


@transaction.atomic
def publish_version(*, version_id: int, effective_from: date, by: Actor, at: datetime) -> ItemVersion:
    """Publish a reviewed version from a day on; the one before it in the same place ends on the eve. Return it.

    Raises NotFound, whatever the policy refuses, Refusal
    ``catalogue.version_in_another_state``, ``catalogue.begins_too_early``,
    ``catalogue.begins_in_the_past``, and when anything is wrong with the
    content ``catalogue.not_publishable``, which names every fault and its rule.
    Publishes the procedure and a disclosure of the kind
    ``service_item``. Records ``catalogue.version_published``, strict; tells
    ``catalogue.version_published``.
    """
    version = locked_version(version_id)
    access.permit(by, "catalogue.publish", version.item)
    must_be(version, ItemVersion.State.REVIEWED)
    if effective_from < clock.beijing_date(at):
        raise Refusal("catalogue.begins_in_the_past", "生效日期早于今天。", "请填写今天或者以后的日期。")
    known = known_for(version.item.basic, effective_from)
    published = freeze(version, reference_for(known), effective_from=effective_from, until=None, by=by, at=at)
    disclose(published, by, at)
    return published


def freeze(
    version: ItemVersion, reference: Reference, *, effective_from: date, until: date | None, by: Actor, at: datetime
) -> ItemVersion:
    """Check, freeze and publish a locked version that may be published; the deed asks and discloses."""
    content = read(version.content)
    found = faults_of(content, reference.known)
    if found:
        raise refusal_of(found)
    _end_the_one_before(version, effective_from)
    version.procedure = _publish_procedure(version, content, reference, (effective_from, until), at)
    version.state, version.digest = ItemVersion.State.PUBLISHED, digest(version.content)
    version.effective_from, version.effective_to = effective_from, until
    version.published_by, version.published_at = by.person, at
    version.title, version.kind = content.title[:200], content.kind
    version.reform_class = content.basics.reform_class
    version.save()
    item = version.item
    if version.zone is None and item.title != version.title:
        item.title = version.title
        item.save(update_fields=["title"])
    _make_findable(version, content, at)
    ledger.record(
        "catalogue.version_published",
        subject=f"item:{item.slug}",
        by=by,
        at=at,
        facts={
            "title": version.title,
            "number": version.number,
            "digest": version.digest,
            "procedure": version.procedure.sha256,
            "from": effective_from.isoformat(),
        },
    )
    events.tell("catalogue.version_published", version_id=version.pk, item=item.slug, unit=item.unit.code)
    return version


def faults_of(content: Content, known: Known) -> list[Fault]:
    """Return everything that keeps a content from being published, its form included."""
    return [*faults(content, known), *form_faults(content.form)]


def refusal_of(found: list[Fault]) -> Refusal:
    """Return one refusal that names every fault, what to do, and the rules that say so."""
    rules = dict.fromkeys(fault.rule for fault in found if fault.rule)
    return Refusal(
        "catalogue.not_publishable",
        f"有{len(found)}处不符合要求：" + "".join(f"（{n}）{fault.what}" for n, fault in enumerate(found, 1)),
        "".join(dict.fromkeys(fault.remedy for fault in found)) or "请逐处改正后再发布。",
        source="；".join(rules),
    )


def _end_the_one_before(version: ItemVersion, effective_from: date) -> None:
    before = (
        ItemVersion.objects.filter(item=version.item, zone=version.zone, state=ItemVersion.State.PUBLISHED)
        .order_by("-effective_from")
        .first()
    )
    if before is None or before.effective_from is None:
        return
    if effective_from <= before.effective_from:
        raise Refusal(
            "catalogue.begins_too_early",
            f"上一版从{before.effective_from:%Y年%m月%d日}起施行，新版不能在同一天或者更早开始。",
            "请把生效日期写在这一天之后；已经受理的办件仍按原来的版本办完。",
        )
    eve = effective_from - timedelta(days=1)
    if before.effective_to is None or before.effective_to > eve:
        before.effective_to = eve
        before.save(update_fields=["effective_to"])


def _publish_procedure(
    version: ItemVersion, content: Content, reference: Reference, effective: tuple[date, date | None], at: datetime
) -> procedures.ProcedureVersion:
    slug = version.item.slug + (f"-in-{version.zone.code}" if version.zone else "")
    data = procedure_of(content, item=slug, version=version.number, effective=effective, item_code=version.item.code)
    try:
        definition = procedures.read_data(data, reference.names)
    except DataProblem as problem:
        raise refusal_of(
            [Fault("steps", f"按这些环节生成的办理程序不成立（{problem.found}）。", "请改正环节和办理方式。")]
        ) from problem
    missed = procedures.misses(definition, reference.limit_on, reference.calendar)
    if missed:
        said = "；".join(str(miss) for miss in missed)
        raise refusal_of([Fault("limits", f"生成的办理程序没有通过自己的检验（{said}）。", "请改正时限和环节。")])
    # The person may publish the item; that its procedure follows from it is the platform's doing.
    return procedures.publish(definition, by=SYSTEM, at=at)


def _make_findable(version: ItemVersion, content: Content, at: datetime) -> None:
    if version.zone is not None:
        return
    item, basics = version.item, content.basics
    search.put(
        subject=f"item:{item.slug}",
        kind="办事指南",
        title=version.title,
        summary=basics.summary[:500],
        address=f"/items/{item.slug}/",
        audience=PUBLIC,
        at=at,
        names=[*basics.names, *([basics.short_title] if basics.short_title else []), item.unit.short_name],
        body=" ".join(
            [
                basics.result.title,
                *(material.title for material in content.materials),
                *(faq.ask for faq in content.faq),
                *basics.person_themes,
                *basics.enterprise_themes,
            ]
        ),
    )


def disclose(version: ItemVersion, by: Actor, at: datetime) -> None:
    """Make a published version public in the name of its unit, with its digest."""
    item = version.item
    disclosure.publish(
        subject=f"catalogue.version:{version.pk}",
        kind=DISCLOSURE_KIND,
        title=f"{version.title}（第{version.number}版）",
        fields={
            "unit": item.unit.name,
            "item_code": item.code,
            "effective_from": f"{version.effective_from:%Y年%m月%d日}",
            "zone": version.zone.name if version.zone else "",
            "changed_because": version.changed_because,
            "digest": version.digest,
        },
        unit=item.unit.code,
        by=by,
        at=at,
    )

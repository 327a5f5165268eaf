"""Put a unit into a group or out of it, from a day on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yingshang.kernel import access, events, ledger, org
from yingshang.kernel.administration.operations.locked import locked_units
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@transaction.atomic
def join_group(*, group: str, unit: str, on: date, source: str, by: Actor) -> None:
    """Make a unit a member of a group from a day on.

    source: the document that says so. Raises Refusal
    ``administration.member_already``. Records and tells ``administration.group_joined``.
    """
    joiner, named = locked_units(unit)[unit], org.group(group)
    access.permit(by, "administration.keep_units", joiner)
    if joiner in org.candidates_on(group, on):
        raise Refusal(
            "administration.member_already", f"{joiner.short_name}在那一天已经属于“{named.name}”。", "不需要再列入。"
        )
    _end_row(named, joiner, on)
    if joiner not in org.candidates_on(group, on):
        org.GroupMember.objects.create(group=named, unit=joiner, valid_from=on, source=source)
    _record("group_joined", named, joiner, on, by)


@transaction.atomic
def leave_group(*, group: str, unit: str, on: date, source: str, by: Actor) -> None:
    """Take a unit out of a group from a day on.

    A unit that belongs by its kind is excluded by a row of its own. source:
    the document that says so. Raises Refusal ``administration.no_member``.
    Records and tells ``administration.group_left``.
    """
    leaver, named = locked_units(unit)[unit], org.group(group)
    access.permit(by, "administration.keep_units", leaver)
    if leaver not in org.candidates_on(group, on):
        raise Refusal(
            "administration.no_member", f"{leaver.short_name}在那一天不属于“{named.name}”。", "请核对单位和日期。"
        )
    _end_row(named, leaver, on)
    if leaver in org.candidates_on(group, on):
        org.GroupMember.objects.create(group=named, unit=leaver, valid_from=on, is_excluded=True, source=source)
    _record("group_left", named, leaver, on, by)


def _end_row(group: org.Group, unit: org.Unit, on: date) -> None:
    """Close the row that holds on the day. One that would begin that same day never held: it goes."""
    for row in org.GroupMember.objects.on(on).filter(group=group, unit=unit):
        if row.valid_from == on:
            row.delete()
        else:
            row.valid_to = on
            row.save(update_fields=["valid_to"])


def _record(deed: str, group: org.Group, unit: org.Unit, on: date, by: Actor) -> None:
    facts = {"unit": unit.short_name, "group": group.name, "on": on.isoformat()}
    ledger.record(f"administration.{deed}", subject=f"group:{group.code}", by=by, facts=facts)
    events.tell(f"administration.{deed}", group=group.code, unit=unit.code, on=on.isoformat())

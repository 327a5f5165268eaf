"""Reads of the portal: life events, convenience services, what is one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from yingshang.casework.cases import api as cases
from yingshang.channels.portal.rules import FILE, LifeEvent, Portal, Way
from yingshang.kernel import lists, org, parties
from yingshang.kernel.parties import Actor
from yingshang.methods import county_files
from yingshang.registers.catalogue import api as catalogue

SERVICES = "convenience-services"
CASES_SHOWN = 5
OWN = (
    ("我的办件", "cases:mine", "申请到了哪一步，还要补什么"),
    ("我的证照", "credentials:mine", "发给我的证照，下载和核验"),
    ("我的信息", "profiles:own", "已经填过的，不用再填"),
    ("谁看过我的数据", "profiles:readings", "哪个单位、什么时候、为什么"),
    ("我的缴费", "fees:mine", "每一笔对应清单的哪一行"),
)
EVERYBODY = (
    ("查办件进展", "cases:status", "凭办件编号和查询码，不用登录"),
    ("核验证照", "credentials:verify", "扫码或者上传文件，看是不是真的"),
)


@dataclass(frozen=True)
class UnitLine:
    """A unit with how many items it has in force."""

    code: str
    name: str
    items: int


def portal() -> Portal:
    """Return the life events and ways in, read once per process."""
    return _read(Path(settings.YS_COUNTIES_DIR))


def items_in(event: LifeEvent, day: date) -> QuerySet[Any]:
    """Return the versions in force of a life event, by title."""
    return catalogue.published(day, life_event=event.key)


def items_for(way: Way, day: date) -> QuerySet[Any]:
    """Return the versions in force of a way in, by title: for its applicants, or of its life events."""
    rows = catalogue.published(day)
    wanted = Q(pk=None)
    for applicant in way.applicants:
        wanted |= Q(content__basics__applicants__contains=[applicant])
    if not way.applicants:
        for event in portal().events_of(way.key):
            wanted |= Q(content__basics__life_events__contains=[event.key])
    return rows.filter(wanted)


def units_with_items(day: date) -> list[UnitLine]:
    """Return the units that have items in force, by name. Queries: 1."""
    rows = catalogue.published(day).order_by("item__unit__name")
    counted = rows.values_list("item__unit__code", "item__unit__name").annotate(items=Count("pk"))
    return [UnitLine(*row) for row in counted]


def services(day: date, asked: str = "") -> QuerySet[lists.Row] | None:
    """Return the convenience services in effect that hold a word, in their order; None where there is no list."""
    edition = lists.edition_on(SERVICES, day)
    if edition is None:
        return None
    rows = lists.Row.objects.filter(edition=edition).order_by("position")
    for word in asked.split():
        rows = rows.filter(
            Q(values__name__icontains=word)
            | Q(values__names__icontains=word)
            | Q(values__how__icontains=word)
            | Q(key__iexact=word)
        )
    return rows


def names_of_units() -> dict[str, str]:
    """Return code → short name of the units. Queries: 1."""
    return {unit.code: unit.short_name for unit in org.Unit.objects.all()}


def open_cases(actor: Actor, day: date) -> list[cases.CaseRow]:
    """Return the latest cases of the party that a person acts for."""
    if not actor.party:
        return []
    party = parties.Party.objects.filter(public_id=actor.party).first()
    if party is None:
        return []
    return cases.rows(list(cases.cases_of(party).order_by("-pk")[:CASES_SHOWN]), day)


def links(of: tuple[tuple[str, str, str], ...]) -> list[dict[str, str]]:
    """Return those links whose pages are installed: title, address, hint."""
    found = []
    for title, view, hint in of:
        try:
            found.append({"title": title, "href": reverse(view), "hint": hint})
        except NoReverseMatch:
            continue
    return found


@cache
def _read(folder: Path) -> Portal:
    data = county_files.read(folder / "_national" / "portal" / "life-events.yaml", FILE).data
    events = tuple(
        LifeEvent(each["key"], each["title"], each["hint"], tuple(each["for"]), tuple(each.get("names", ())))
        for each in data["events"]
    )
    ways = tuple(Way(each["key"], each["title"], each["hint"], tuple(each["applicants"])) for each in data["ways"])
    return Portal(events, ways, tuple(data["elder"]))

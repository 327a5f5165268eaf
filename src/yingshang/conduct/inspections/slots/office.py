"""What waits for whom in the office, and what is settled on weak ground."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from yingshang.conduct.inspections import queries
from yingshang.conduct.inspections.models import Cap, CrewRule, GradeRule, NoticeText, Permission, Plan, ResultCode
from yingshang.kernel import access, clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card

ROWS_SHOWN = 5


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return one card with what the office waits for from the actor; none when there is nothing."""
    if access.may(actor, "inspections.see_office") is not None:
        return []
    rows = [*_to_decide(actor), *_to_publish(actor), *_to_draw(actor), *_to_merge(actor)]
    if not rows:
        return []
    link = ("看本单位抽查计划", reverse("inspections:unit_plans")) if actor.unit else None
    return [Card(title="抽查：等您办理", rows=rows, link=link, place=15)]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return what is settled about inspections without a source or with something to confirm."""
    address = reverse("inspections:settled")
    rows = []
    for each in queries.unsourced_on(clock.today()):
        href = "" if isinstance(each, ResultCode | NoticeText) else address
        rows.append(clock.Unsourced(kind=_kind(each), title=str(each), todo=each.todo, source=each.source, href=href))
    reasons = queries.substitution_reasons()
    rows += [
        clock.Unsourced(kind=reasons.title, title=row.words, todo=row.todo, source=row.source) for row in reasons.weak
    ]
    return rows


def _kind(each: queries.Settled) -> str:
    kinds = {
        GradeRule: "抽查比例",
        Cap: "检查频次上限",
        CrewRule: "检查人数",
        NoticeText: "检查通知书上的话",
        ResultCode: "检查结果代码",
    }
    return kinds[type(each)]


def _to_decide(actor: Actor) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    if actor.holds("inspections.approve_plan"):
        rows += _plans(queries.plans_waiting(actor.unit, Plan.State.SUBMITTED)[:ROWS_SHOWN], "待审批")
    if actor.holds("inspections.decide_permission"):
        asked = queries.permissions_of(actor.unit).filter(state=Permission.State.ASKED)[:ROWS_SHOWN]
        for each in asked:
            address = reverse("inspections:permission", args=[each.pk])
            tag = "紧急，待补批" if each.is_emergency else "待审批"
            rows.append({"title": str(each), "href": address, "tag": tag, "hint": each.reason})
    return rows


def _to_publish(actor: Actor) -> list[dict[str, Any]]:
    if not actor.holds("inspections.publish_plan"):
        return []
    return _plans(queries.plans_waiting(actor.unit, Plan.State.APPROVED)[:ROWS_SHOWN], "待公示")


def _plans(plans: Iterable[Plan], tag: str) -> list[dict[str, Any]]:
    return [{"title": str(plan), "href": reverse("inspections:plan", args=[plan.pk]), "tag": tag} for plan in plans]


def _to_draw(actor: Actor) -> list[dict[str, Any]]:
    if not actor.holds("inspections.draw"):
        return []
    return [
        {
            "title": line.title,
            "href": reverse("inspections:seal_batch", args=[line.pk]),
            "tag": "待摇号",
            "hint": f"{line.first:%Y-%m-%d}至{line.last:%Y-%m-%d}",
        }
        for line in queries.lines_to_draw(actor.unit, clock.today())[:ROWS_SHOWN]
    ]


def _to_merge(actor: Actor) -> list[dict[str, Any]]:
    sees_all = actor.holds("inspections.coordinate")
    if not (sees_all or actor.holds("inspections.merge_visits")):
        return []
    found = queries.proposals_on(clock.today(), unit="" if sees_all else actor.unit)
    if not found:
        return []
    title = f"{len(found)}家企业的检查可以合并"
    return [{"title": title, "href": reverse("inspections:merging"), "tag": "可以合并"}]

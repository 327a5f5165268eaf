"""What waits for a person at the catalogue, and what in it rests on weak ground."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from yingshang.kernel import access, clock
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.registers.catalogue.models import BasicItem, Code, ForbiddenWord, Implementer, ItemVersion
from yingshang.registers.catalogue.queries import desk, in_force
from yingshang.registers.catalogue.queries.versions import content_of

ROWS_SHOWN = 5


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return one card with the versions that wait for the actor and the practices to answer; none when nothing does."""
    if not actor.unit:
        return []
    state, rows = ItemVersion.State, []
    waiting = desk.in_hand_of(actor.unit)
    wanted = [
        (state.CHECKING, "catalogue.review", "待审核"),
        (state.REVIEWED, "catalogue.publish", "待发布"),
        (state.DRAFT, "catalogue.edit", "草稿"),
    ]
    for at, action, tag in wanted:
        if actor.holds(action):
            rows += [
                {"title": str(version), "href": reverse("catalogue:draft", args=[version.pk]), "tag": tag}
                for version in waiting.filter(state=at)[:ROWS_SHOWN]
                if action != "catalogue.review" or access.may(actor, action, version) is None
            ]
    if actor.holds("catalogue.adopt"):
        rows += [
            {
                "title": f"答复改革经验“{each.practice.title}”",
                "href": reverse("catalogue:answer_practice", args=[each.pk]),
                "tag": "待答复",
                "hint": f"{each.practice.decide_by:%m月%d日}前",
            }
            for each in desk.waiting_for(actor.unit)[:ROWS_SHOWN]
        ]
    if not rows:
        return []
    return [
        Card(title="政务服务事项：等您办理", rows=rows, link=("看本单位事项", reverse("catalogue:items")), place=16)
    ]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return codes, words, rows and bases of items without a source or with something to confirm."""
    weak = ~Q(todo="") | Q(source="")
    kinds = ((Code, "事项代码表"), (ForbiddenWord, "事项用词"), (BasicItem, "事项基本目录"), (Implementer, "实施主体"))
    seen: set[tuple[str, str]] = set()
    rows = []
    for model, kind in kinds:
        for each in model.objects.filter(weak):
            title = each.of if isinstance(each, Code) else each.rule if isinstance(each, ForbiddenWord) else str(each)
            if (kind, title) not in seen:
                seen.add((kind, title))
                rows.append(clock.Unsourced(kind=kind, title=title, todo=each.todo, source=each.source, href=""))
    for version in in_force(clock.today()):
        for basis in content_of(version).basics.bases:
            if basis.todo or basis.edition is None:
                href = reverse("catalogue:history", args=[version.item.slug])
                todo = basis.todo or "请核对文本的版本日期。"
                title = f"{version.title}：{basis.text}"
                rows.append(clock.Unsourced(kind="事项依据", title=title, todo=todo, source="", href=href))
    return rows

"""What cases put on pages of others."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yingshang.casework.cases import queries
from yingshang.casework.cases.queries import dealt
from yingshang.casework.cases.queries.phrases import phrases
from yingshang.kernel import clock
from yingshang.kernel.parties import Actor, Attribute, Party, Roll
from yingshang.kernel.web import Card
from yingshang.registers.catalogue import api as catalogue

CASES_SHOWN = 6


def apply_link(_actor: Actor, version: catalogue.Version) -> list[tuple[str, str]]:
    """Return where an application for a version begins, for its guide."""
    if not queries.is_taken_online(version):
        return []
    return [(_("立即办理"), reverse("cases:apply_start", args=[version.slug]))]


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return a card for the workbench: the open cases of the actor's unit, the most urgent first. Queries: 9."""
    if not actor.unit or not actor.holds("cases.work_desk"):
        return []
    on = clock.today()
    page = list(queries.sought(queries.own_desk_of(actor), {}, actor, on).order_by("due_order", "pk")[:CASES_SHOWN])
    if not page:
        return []
    rows = [
        {
            "title": f"{row.item}（{row.number}）",
            "href": reverse("cases:desk_case", args=[row.number]),
            "hint": f"{row.applicant}　{row.state}",
            "lamp": row.lamp,
            "remaining": row.remaining,
            "due": row.due_date,
        }
        for row in queries.desk_rows(page, actor, on)
    ]
    return [Card(title="办件待办", rows=rows, link=("看全部待办", reverse("cases:desk")), place=5)]


def unsourced(_actor: Actor, _subject: Any) -> list[clock.Unsourced]:
    """Return the phrases of correction notices that have no source or something to confirm."""
    known = phrases()
    return [clock.Unsourced(kind=known.title, title=row.words, todo=row.todo, source=row.source) for row in known.weak]


def survey_frames(_actor: Actor, _subject: Any) -> list[Roll]:
    """Return the roll of those whose matters were closed in some time, by where and what it was."""
    return [
        Roll(
            code="cases.closed",
            title="办结过事项的当事人",
            hint="所选日期内有办件办结的当事人，每户只算一次，按最近一件计。密封的办件不计。",
            kinds=tuple(Party.Kind.values),
            rows=dealt.dealt_with,
            attributes={
                "handled_by": Attribute(title="办理单位", words=dealt.unit_words, is_group=True),
                "item_code": Attribute(title="办理的事项", words=dealt.item_words, is_group=True),
            },
            takes_days=True,
        )
    ]

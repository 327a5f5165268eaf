"""Cards on the workbench: what a unit must answer, what supervisors must look at."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yingshang.kernel import clock, org, work
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import Card
from yingshang.oversight.supervision import queries
from yingshang.oversight.supervision.models import Digest
from yingshang.oversight.supervision.policies.authority import ARTICLE_7
from yingshang.oversight.supervision.queries.letters import ANSWER_FIRST

SHOWN = 5


def to_do(actor: Actor, _subject: Any) -> list[Card]:
    """Return cards: letters the actor's unit must answer, and what waits for the supervisors."""
    return [*_to_answer(actor), *_to_supervise(actor)]


def _to_answer(actor: Actor) -> list[Card]:
    if not (actor.unit and actor.holds("supervision.answer_letter")):
        return []
    link = ("看本单位全部督办文书", reverse("supervision:inbox"))
    rows = _owed_by(org.unit(actor.unit))
    return [Card(title="待答复的督办文书", rows=rows, link=link, empty="没有待答复的督办文书。", place=15)]


def letters_of_unit(actor: Actor, unit: org.Unit) -> list[Card]:
    """Return a card for the home page of a unit: the letters that it has not answered, to whoever may see them.

    None for units that only report counts: they get no letters. Queries: 2.
    """
    if unit.counts_only or not queries.sees_letters_of(actor, unit):
        return []
    own = actor.unit == unit.code and actor.holds("supervision.answer_letter")
    link = ("看本单位全部督办文书", reverse("supervision:inbox")) if own else None
    return [Card(title="待答复的督办文书", rows=_owed_by(unit), link=link, empty="没有待答复的督办文书。")]


def _owed_by(unit: org.Unit) -> list[dict[str, Any]]:
    owed = queries.inbox(unit).filter(duty__state=work.Obligation.State.OPEN).order_by(*ANSWER_FIRST)[:SHOWN]
    return [
        {
            "title": f"{row.letter.get_kind_display()}　{row.letter.no}",
            "href": reverse("supervision:letter", args=[row.letter.pk]),
            "hint": row.letter.title,
            "remaining": row.remaining,
            "due": row.letter.duty.due_date if row.letter.duty else None,
        }
        for row in queries.letter_rows(list(owed), clock.today())
    ]


def _to_supervise(actor: Actor) -> list[Card]:
    if not actor.holds("supervision.see_work"):
        return []
    rows: list[dict[str, Any]] = []
    digest = queries.digest_seen()
    if queries.authority_on(clock.today()) is None:
        rows.append(
            {
                "title": "督办没有启动：还没有督查授权",
                "href": reverse("supervision:authority"),
                "hint": ARTICLE_7,
            }
        )
    if digest is not None and digest.state == Digest.State.DRAFTED:
        title = f"{digest.on:%Y年%m月%d日}督办清单待确认"
        rows.append({"title": title, "href": reverse("supervision:digest")})
    for state, words in (("waiting", "待审批的督办文书"), ("to_review", "待审核的答复")):
        count = queries.letters_found(state=state).count()
        if count:
            address = f"{reverse('supervision:letters')}?state={state}"
            rows.append({"title": words, "href": address, "tag": f"{count}份"})
    link = ("打开每日督办清单", reverse("supervision:digest"))
    return [Card(title="督办", rows=rows, link=link, empty="今天没有等着办的督办事项。", place=12)]

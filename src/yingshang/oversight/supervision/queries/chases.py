"""Supervisions: the list, worst first, and the timeline of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.urls import reverse

from yingshang.kernel import clock, org, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Answer, Climb, Supervision
from yingshang.oversight.supervision.rules.wording import day_words, lateness_words

WORST_FIRST = ("-place", "obligation__due_order", "pk")


@dataclass(frozen=True)
class ChaseSeen:
    """One supervision: its obligation as it stands, the sentence behind it, and what happened, oldest first."""

    supervision: Supervision
    lamp: work.Lamp
    ground: work.Ground | None
    climbs: list[Climb]
    timeline: list[dict[str, object]]


def chases(*, unit: str = "", rung: int = 0, state: str = "open") -> QuerySet[Supervision]:
    """Return supervisions by a filter, to be read by keyset in the order WORST_FIRST."""
    rows = Supervision.objects.select_related("obligation", "unit", "latest", "ladder")
    wanted = Q(ended_on=None) if state == "open" else Q(ended_on__isnull=False) if state == "ended" else Q()
    by_unit = Q(unit__code=unit) if unit else Q()
    return rows.filter(wanted, by_unit, Q(place=rung) if rung else Q())


def supervised_units() -> QuerySet[org.Unit]:
    """Return the units that ever had a supervision, in the order of the county."""
    return org.Unit.objects.filter(pk__in=Supervision.objects.values("unit_id")).order_by("path")


def chase_seen(supervision_id: int, actor: Actor, on: date) -> ChaseSeen:
    """Return one supervision with its timeline. Raises NotFound. Queries: fixed."""
    found = Supervision.objects.select_related("obligation__unit", "unit", "latest", "ladder").filter(pk=supervision_id)
    row = found.first()
    if row is None:
        raise NotFound("这件督办")
    climbs = list(row.climbs.select_related("letter__bearer", "corrected_in").order_by("place"))
    letters = [climb.letter_id for climb in climbs]
    answers = list(Answer.objects.filter(letter__in=letters).select_related("unit").order_by("at"))
    ground = work.grounds(actor, [row.obligation_id]).get(row.obligation_id)
    lamp = work.lamp(row.obligation, on)
    return ChaseSeen(row, lamp, ground, climbs, _timeline(row, climbs, answers))


def _timeline(row: Supervision, climbs: list[Climb], answers: list[Answer]) -> list[dict[str, object]]:
    numbers = {climb.letter_id: climb.letter.no for climb in climbs}
    moments: list[tuple[datetime, dict[str, object]]] = []
    for climb in climbs:
        letter = climb.letter
        assert letter.issued_at is not None  # a climb of a supervision stands in an issued letter
        title = f"第{climb.place}级　{letter.get_kind_display()}　{letter.no}"
        stood = lateness_words(climb.color, climb.days_late)
        said = f"{climb.why}；当时期限{day_words(climb.due_date)}，{stood}。"
        if climb.struck_on:
            title, said = f"已划去：{title}", f"更正（{day_words(climb.struck_on)}）：{climb.struck_reason}"
        state = "" if climb.struck_on else "late"
        href = reverse("supervision:letter", args=[letter.pk])
        said_of = {"title": title, "at": letter.issued_at, "text": said, "href": href, "state": state}
        moments.append((letter.issued_at, said_of))
    for answer in answers:
        late = "（逾期答复）" if answer.is_late else ""
        higher = "答复时已经升级，上一级文书仍须答复。" if answer.had_climbed else ""
        said = f"{answer.get_state_display()}。{answer.reason}{higher}"
        title = f"{answer.unit.short_name}答复{numbers[answer.letter_id]}{late}"
        state = "late" if answer.is_late else "done"
        moments.append((answer.at, {"title": title, "at": answer.at, "text": said, "state": state}))
    if row.ended_on:
        at = datetime.combine(row.ended_on, time(23, 59), tzinfo=clock.BEIJING)
        title = f"督办结束：{row.get_ending_display()}"
        moments.append((at, {"title": title, "on": row.ended_on, "text": row.reason, "state": "done"}))
    return [said for _, said in sorted(moments, key=lambda pair: pair[0])]

"""Letters as the supervisors, the units and the public see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from yingshang.kernel import access, clock, org, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.oversight.supervision.models import Answer, Climb, Letter, LetterStep, Objection, OutsideNotice, Talk
from yingshang.oversight.supervision.policies.letters import of_unit

OPEN = work.Obligation.State.OPEN
LATEST_FIRST = ("-pk",)
ANSWER_FIRST = ("answer_by", "pk")
"""The order of a unit's inbox: what must be answered first stands first, what needs no answer last."""


@dataclass(frozen=True)
class LetterRow:
    """One line of a list of letters; remaining only while an answer is owed."""

    letter: Letter
    remaining: clock.Remaining | None
    state: str


@dataclass(frozen=True)
class LetterSeen:
    """Everything about one letter that its page shows."""

    letter: Letter
    lines: list[Climb]
    answers: list[Answer]
    objection: Objection | None
    talk: Talk | None
    steps: list[LetterStep]
    remaining: clock.Remaining | None
    corrections: list[Letter]
    notices: list[OutsideNotice]


def letters() -> QuerySet[Letter]:
    """Return every letter with what a list shows."""
    return Letter.objects.select_related("unit", "bearer", "duty__clock__limit", "issuer", "ladder")


def letters_found(*, state: str = "", kind: str = "", unit: str = "") -> QuerySet[Letter]:
    """Return letters by a filter. state: ``waiting``, ``unanswered``, ``to_review``, or empty for all."""
    rows = letters()
    if state == "waiting":
        rows = rows.filter(state=Letter.State.WAITING)
    elif state == "unanswered":
        rows = rows.filter(duty__state=OPEN)
    elif state == "to_review":
        rows = rows.filter(Exists(Answer.objects.filter(letter=OuterRef("pk"), state=Answer.State.WAITING)))
    wanted = Q(kind=kind) if kind else Q()
    return rows.filter(wanted, Q(unit__code=unit) | Q(bearer__code=unit) if unit else Q())


def inbox(unit: org.Unit) -> QuerySet[Letter]:
    """Return the letters that a unit received or took over, what must be answered first at the top."""
    owed = letters().filter(bearer=unit, state=Letter.State.ISSUED)
    open_date = work.Obligation.objects.filter(pk=OuterRef("duty_id"), state=OPEN).values("due_date")[:1]
    return owed.annotate(answer_by=Coalesce(open_date, Value(date.max)))


def sees_letters_of(actor: Actor, unit: org.Unit) -> bool:
    """Return whether an actor may see the letters that went out to a unit, as ``supervision.see_letter`` has it."""
    return actor.holds("supervision.see_work") or of_unit(actor, unit)


def letter_rows(found: list[Letter], on: date) -> list[LetterRow]:
    """Return lines for letters. Queries: 2, whatever their number."""
    working = clock.calendar()
    answers = Answer.objects.filter(letter__in=found).order_by("pk")
    latest = {answer.letter_id: answer for answer in answers}
    rows = []
    for letter in found:
        duty = letter.duty
        owed = duty is not None and duty.state == OPEN and duty.clock is not None
        left = clock.remaining(duty.clock, on, working=working) if owed and duty and duty.clock else None
        rows.append(LetterRow(letter, left, _state(letter, latest.get(letter.pk), owed)))
    return rows


def letter_seen(letter_id: int, actor: Actor, on: date) -> LetterSeen:
    """Return a letter and everything around it, for whoever may see it. Raises NotFound. Queries: fixed."""
    letter = (
        letters()
        .select_related("authority", "corrects", "pdf__sealed_as", "docx", "disclosure", "digest")
        .filter(pk=letter_id)
    )
    found = letter.first()
    if found is None or access.may(actor, "supervision.see_letter", found) is not None:
        raise NotFound("这份文书")
    lines = found.climbs if found.kind != Letter.Kind.CORRECTION else found.corrected
    return LetterSeen(
        letter=found,
        lines=list(lines.select_related("supervision", "letter").order_by("letter_id", "line")),
        answers=list(found.answers.select_related("document", "unit").order_by("pk")),
        objection=Objection.objects.filter(letter=found).select_related("document", "duty").first(),
        talk=Talk.objects.filter(letter=found).select_related("document").first(),
        steps=list(found.steps.order_by("pk")),
        remaining=letter_rows([found], on)[0].remaining,
        corrections=list(found.corrections.filter(state=Letter.State.ISSUED).order_by("pk")),
        notices=list(found.notices.order_by("channel")),
    )


def public_circulars() -> QuerySet[Letter]:
    """Return the circulars that were made public, the latest first; withdrawn ones are not among them."""
    rows = letters().filter(disclosure__isnull=False, disclosure__withdrawal=None)
    return rows.select_related("disclosure").order_by(*LATEST_FIRST)


def _state(letter: Letter, answer: Answer | None, owed: bool) -> str:
    if letter.state != Letter.State.ISSUED:
        return str(letter.get_state_display())
    if owed:
        return "待重新答复" if answer is not None and answer.state == Answer.State.RETURNED else "待答复"
    if answer is None:
        return "不需要答复"
    if answer.state == Answer.State.WAITING:
        return "已答复，待审核"
    return "答复已接受" if answer.state == Answer.State.ACCEPTED else "答复已退回"

"""What the window sees of many cases: the to-do list narrowed as it likes, the next one, one found by its number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yingshang.casework.cases.models import Case, SavedFilter
from yingshang.casework.cases.policies import seen_cases
from yingshang.casework.cases.queries.lists import desk_of
from yingshang.casework.cases.queries.standing import STATES_LIST, official_codes
from yingshang.kernel import access, clock, lists, org, procedures, work
from yingshang.kernel.errors import NotFound
from yingshang.kernel.parties import Actor
from yingshang.kernel.procedures import ProcedureVersion
from yingshang.methods import dates
from yingshang.registers.catalogue import api as catalogue

DAYS_OF_A_WEEK = 7
NUMBER = re.compile(r"\d{8}-\d{4}-\d{4}")
STANDS: Mapping[str, Q] = {
    "submitted": Q(state__in=("submitted", "received")),
    "correcting": Q(state__in=("correcting", "informed")),
    "review": Q(state="accepted") | Q(state__startswith="step-"),
    "deciding": Q(state="deciding"),
    "granted": Q(state="granted"),
}
"""Where a case may stand, in groups that every item has; ended ones are asked for by ``ended``."""
ENDED = "ended"


@dataclass(frozen=True)
class DeskRow:
    """One line of the to-do list.

    code: official code with its words. lamp, remaining: of the duty of the
    unit that is due next, None where none runs. why: that duty, its beginning
    and what did not count, in one sentence.
    """

    pk: int
    number: str
    item: str
    applicant: str
    unit: str
    state: str
    code: str
    channel: str
    received_on: date
    lamp: work.Lamp | None
    remaining: clock.Remaining | None
    due_date: date | None
    why: str
    is_open: bool


def sought(cases: QuerySet[Case], wanted: Mapping[str, Any], actor: Actor, on: date) -> QuerySet[Case]:
    """Return the cases of a list that the filter form asks for. No query until it is read.

    wanted: cleaned data of ``forms.desk.DeskFilter``; without a state only open cases.
    """
    state = wanted.get("state") or ""
    cases = cases.filter(is_open=False) if state == ENDED else cases.filter(is_open=True)
    if state in STANDS:
        cases = cases.filter(STANDS[state])
    if wanted.get("item"):
        cases = cases.filter(item_code=wanted["item"])
    if wanted.get("channel"):
        cases = cases.filter(channel=wanted["channel"])
    if wanted.get("due"):
        cases = cases.filter(_DUE[wanted["due"]](on))
    if wanted.get("tolerated"):
        late = work.Obligation.objects.filter(dossier=OuterRef("dossier"), kind="work.material", state="open")
        cases = cases.filter(Exists(late))
    if wanted.get("mine"):
        done = work.Move.objects.filter(dossier=OuterRef("dossier"), by=actor.person)
        cases = cases.filter(Exists(done))
    return cases


_DUE = {
    "late": lambda on: Q(due_date__lt=on),
    "today": lambda on: Q(due_date=on),
    "week": lambda on: Q(due_date__gte=on, due_date__lt=on + timedelta(days=DAYS_OF_A_WEEK)),
    "none": lambda on: Q(due_date=None),
}


def desk_rows(page: Sequence[Case], actor: Actor, on: date) -> list[DeskRow]:
    """Return the lines of a page of cases. Queries: at most 9, whatever the page holds."""
    versions = ProcedureVersion.objects.in_bulk({case.dossier.procedure_id for case in page})
    for case in page:
        case.dossier.procedure = versions[case.dossier.procedure_id]
    codes, words, days = official_codes(page), code_words_on(on), clock.calendar()
    first = _next_duties([case.dossier_id for case in page if case.is_open])
    lit = work.lamps(first.values(), on)
    found = []
    for case in page:
        duty = first.get(case.dossier_id)
        running = duty.clock if duty else None
        passed = codes[case.pk]
        state = procedures.frozen(versions[case.dossier.procedure_id]).title_of(case.state)
        found.append(
            DeskRow(
                pk=case.pk,
                number=case.number,
                item=case.version.title,
                applicant=access.mask(actor, "name", case.applicant.display_name),
                unit=case.unit.short_name,
                state=state,
                code=words.get(int(passed[-1]), str(int(passed[-1]))) if passed else "",
                channel=case.get_channel_display(),
                received_on=clock.beijing_date(case.received_at),
                lamp=lit.get(duty.pk) if duty else None,
                remaining=clock.remaining(running, on, working=days) if running else None,
                due_date=duty.due_date if duty else None,
                why=why(duty) if duty else "",
                is_open=case.is_open,
            )
        )
    return found


def duty_words(duty: work.Obligation) -> str:
    """Return what is owed, without the name of the case: the limit's title, or the kind of duty."""
    before, _colon, after = duty.title.partition("：")
    return after.rpartition("：")[2] if duty.key and after else before


def why(duty: work.Obligation) -> str:
    """Return why a duty is due when it is: its title, since when, what did not count. Clock and pauses read before."""
    running = duty.clock
    if running is None:
        return duty_words(duty)
    said = f"{duty_words(duty)}：从{running.started_on:%Y年%m月%d日}起算"
    if running.limit is not None:
        amount = running.amount or running.limit.amount
        said += f"，{amount}{dates.Unit(running.limit.unit).word}" if amount else ""
    stopped = list(running.pauses.all())
    if stopped:
        spans = "、".join(
            f"{pause.first_day:%m月%d日}{f'至{pause.last_day:%m月%d日}' if pause.last_day else '起'}"
            for pause in stopped
        )
        said += f"，{spans}不计"
    if running.extensions.all():
        said += "，已延长"
    return said


def code_words_on(on: date) -> dict[int, str]:
    """Return the wording of every official code on a day; empty where the list is not published. Queries: 2."""
    edition = lists.edition_on(STATES_LIST, on)
    if edition is None:
        return {}
    rows = edition.rows.values_list("key", "values")
    return {int(key): f"{key} {values['words']}" for key, values in rows if str(key).isdigit()}


def next_case(actor: Actor, wanted: Mapping[str, Any], on: date, after: int | None = None) -> Case | None:
    """Return the most pressing open case of a list, or the one behind ``after``. Queries: at most 2."""
    cases = sought(desk_of(actor), wanted, actor, on).order_by("due_order", "pk")
    if after is not None and (last := Case.objects.filter(pk=after).first()) is not None:
        behind = Q(due_order__gt=last.due_order) | Q(due_order=last.due_order, pk__gt=last.pk)
        return cases.filter(behind).first() or cases.exclude(pk=after).first()
    return cases.first()


def scanned(actor: Actor, text: str) -> Case:
    """Return the case that a scanned or typed text names: a number, a receipt's address, a number on paper.

    Raises NotFound, also where the case is not the actor's to see. Queries: 1.
    """
    plain = " ".join(text.split())
    hit = NUMBER.search(plain)
    named = Q(number=hit.group()) if hit else Q(number=plain) | Q(paper_no=plain, unit__code=actor.unit)
    case = Case.objects.filter(named, pk__in=seen_cases(actor).values("pk")).first() if plain else None
    if case is None:
        raise NotFound("这件办件")
    return case


def items_of(actor: Actor, on: date) -> list[tuple[str, str]]:
    """Return code and title of the items in force of an officer's unit, for a choice. Queries: 1."""
    rows = catalogue.published(on, unit=actor.unit).values_list("item__code", "item__slug", "title")
    return [(code or slug, title) for code, slug, title in rows]


def saved_filters(actor: Actor) -> list[SavedFilter]:
    """Return the filters that somebody saved, and those that colleagues share, by name. Queries: 1."""
    unit = SavedFilter.objects.filter(unit__code=actor.unit).filter(Q(person=actor.person) | Q(is_shared=True))
    return list(unit.order_by("name", "pk"))


def people_named(pseudonyms: set[str]) -> dict[str, str]:
    """Return the names of officials by their pseudonyms. Queries: 1."""
    return dict(org.Person.objects.filter(pseudonym__in=pseudonyms).values_list("pseudonym", "name"))


def _next_duties(dossiers: list[int]) -> dict[int, work.Obligation]:
    """Return what the unit owes next in each dossier, with its clock, pauses and extensions. Queries: 3."""
    owed = work.Obligation.objects.filter(
        dossier__in=dossiers, state=work.Obligation.State.OPEN, unit__isnull=False
    ).select_related("clock__limit")
    first: dict[int, work.Obligation] = {}
    for duty in owed.prefetch_related("clock__pauses", "clock__extensions").order_by("due_order", "pk"):
        if duty.dossier_id is not None:
            first.setdefault(duty.dossier_id, duty)
    return first

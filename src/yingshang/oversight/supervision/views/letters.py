"""Letters: lists for supervisors, the inbox of a unit, one letter with everything around it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from yingshang.kernel import access, clock, org
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor
from yingshang.kernel.web import ActorRequest, keyset, table, xlsx_out
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.forms.letters import ChaseFilter, LetterFilter
from yingshang.oversight.supervision.models import Answer, Letter
from yingshang.oversight.supervision.queries.chases import WORST_FIRST
from yingshang.oversight.supervision.queries.letters import ANSWER_FIRST, LATEST_FIRST, LetterSeen
from yingshang.oversight.supervision.views.columns import chase_columns, letter_columns


def letters(request: ActorRequest) -> HttpResponse:
    """List letters by state, kind and unit, the latest first."""
    access.permit(request.actor, "supervision.see_work")
    form = LetterFilter(request.GET, units=queries.supervised_units())
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.letters_found(**{name: chosen.get(name, "") for name in ("state", "kind", "unit")})
    return _listed(request, found, LATEST_FIRST, "督办文书", "supervision/letters.html", {"form": form})


def inbox(request: ActorRequest) -> HttpResponse:
    """List the letters of the unit the person acts for, what must be answered first at the top."""
    unit = _own_unit(request.actor)
    found = queries.inbox(unit)
    return _listed(request, found, ANSWER_FIRST, "本单位督办文书", "supervision/inbox.html", {"unit": unit})


def _listed(
    request: ActorRequest, found: Any, order: tuple[str, ...], name: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    today = clock.today()
    if request.GET.get("format") == "xlsx":
        rows = queries.letter_rows(list(found.order_by(*order)[:20_000]), today)
        return xlsx_out(table(letter_columns(), rows, name=name))
    page = keyset(found, request, order=order)
    rows = queries.letter_rows(page.rows, today)
    listing = replace(table(letter_columns(), rows, request=request, name=name, empty="没有文书。"), page=page)
    return render(request, template, {"listing": listing, **context})


def chases(request: ActorRequest) -> HttpResponse:
    """List supervisions, the worst first."""
    access.permit(request.actor, "supervision.see_work")
    form = ChaseFilter(request.GET, units=queries.supervised_units())
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.chases(
        unit=chosen.get("unit", ""), rung=int(chosen.get("rung") or 0), state=chosen.get("state") or "open"
    )
    if request.GET.get("format") == "xlsx":
        rows = found.order_by(*WORST_FIRST)[:20_000]
        return xlsx_out(table(chase_columns(), rows, name="督办事项"))
    page = keyset(found, request, order=WORST_FIRST)
    listing = table(chase_columns(), page, request=request, name="督办事项", empty="没有督办中的事项。")
    return render(request, "supervision/chases.html", {"listing": listing, "form": form})


def chase(request: ActorRequest, supervision_id: int) -> HttpResponse:
    """Show one supervision with its rungs, letters and answers in time."""
    access.permit(request.actor, "supervision.see_work")
    seen = queries.chase_seen(supervision_id, request.actor, clock.today())
    return render(request, "supervision/chase.html", {"seen": seen, "row": seen.supervision})


def letter(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Show one letter, and what this person may do about it."""
    seen = queries.letter_seen(letter_id, request.actor, clock.today())
    context = {"seen": seen, "letter": seen.letter, "may": _deeds(seen, request.actor)}
    context["step"] = operations.next_step(seen.letter) if seen.letter.state == Letter.State.WAITING else None
    context["sees_work"] = request.actor.holds("supervision.see_work")
    return render(request, "supervision/letter.html", context)


def _deeds(seen: LetterSeen, actor: Actor) -> dict[str, bool]:
    """Return which deeds to offer: those that the letter is ready for and that this person may do."""
    found = seen.letter
    issued, waiting = found.state == Letter.State.ISSUED, found.state == Letter.State.WAITING
    is_correction = found.kind == Letter.Kind.CORRECTION
    step = operations.next_step(found) if waiting and not is_correction else None
    owed = found.duty is not None and found.duty.state == "open"
    unread = next((answer for answer in seen.answers if answer.state == Answer.State.WAITING), None)
    undecided = seen.objection is not None and not seen.objection.outcome
    sealed = found.pdf is not None and hasattr(found.pdf, "sealed_as")
    ready = {
        "answer_letter": (owed, found),
        "object": (issued and not is_correction and seen.objection is None, found),
        "draft_letter": (waiting and not is_correction and not seen.steps, found),
        "issue_correction": (waiting and is_correction, found),
        "seal_letter": (found.pdf_id is not None and not sealed, found),
        "render_letter": (issued and found.pdf_id is None, found),
        "record_talk": (issued and found.kind == Letter.Kind.TALK and seen.talk is None, found),
        "publish_circular": (issued and bool(found.public_text) and found.disclosure_id is None, found),
        "review_answer": (unread is not None, unread),
        "decide_objection": (undecided, seen.objection),
    }
    may = {
        name: is_ready and access.may(actor, f"supervision.{name}", subject) is None
        for name, (is_ready, subject) in ready.items()
    }
    action = {"second_reader": "supervision.read_letter", "head": "supervision.approve_letter"}.get(step or "")
    return may | {"decide": action is not None and access.may(actor, action, found) is None}


def circulars(request: ActorRequest) -> HttpResponse:
    """List the circulars that were made public; for everybody."""
    page = keyset(queries.public_circulars(), request, order=LATEST_FIRST)
    return render(request, "supervision/circulars.html", {"page": page})


def _own_unit(actor: Actor) -> org.Unit:
    if not actor.unit:
        raise Refusal("supervision.for_officials", "督办文书只对工作人员开放。", "公众可以查看公开的通报。")
    return org.unit(actor.unit)

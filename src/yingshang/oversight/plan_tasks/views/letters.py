"""The responsibility letter: read it, sign it; and whose is not signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yingshang.kernel import access, clock, typesetting
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import ActorRequest, table, xlsx_out
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.models import WorkPlanEdition
from yingshang.oversight.plan_tasks.views.work_plan_tables import letter_columns


def letter(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Show what the letter says, and let the unit's head sign it."""
    edition = _in_force(request, work_plan_id)
    plan = edition.work_plan
    page = {
        "plan": plan,
        "title": queries.title_of(plan),
        "edition": edition,
        "letter": getattr(edition, "letter", None),
        "stages": [(stage, queries.goal_words(stage)) for stage in queries.stages_of(edition)],
        "refusal": access.may(request.actor, "plan_tasks.sign_letter", plan),
    }
    return render(request, "plan_tasks/letter.html", page)


def draft(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Hand out the letter as a PDF without number, date and seal, to read before signing."""
    edition = _in_force(request, work_plan_id)
    content = typesetting.pdf(operations.letter_of(edition))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="draft.pdf"'
    return answer


@require_POST
def sign(request: ActorRequest, work_plan_id: int) -> HttpResponse:
    """Sign the letter."""
    edition = _in_force(request, work_plan_id)
    signed = operations.sign_letter(edition_id=edition.pk, by=request.actor, on=clock.today(), at=clock.now())
    messages.success(request, f"责任书{signed.number}已签署并加盖电子印章。")
    return redirect("plan_tasks:letter", work_plan_id=work_plan_id)


def letters(request: ActorRequest) -> HttpResponse:
    """List every plan in force and whether its letter is signed, the unsigned first."""
    access.permit(request.actor, "plan_tasks.see_filings")
    rows = queries.letter_rows(clock.today())
    listing = table(letter_columns(), rows, request=request, name="责任书签署情况")
    if request.GET.get("format") == "xlsx":
        return xlsx_out(listing)
    unsigned = sum(not row.number for row in rows)
    page = {"listing": listing, "unsigned": unsigned, "all": len(rows)}
    return render(request, "plan_tasks/letters.html", page)


def _in_force(request: ActorRequest, work_plan_id: int) -> WorkPlanEdition:
    plan = queries.work_plan(work_plan_id)
    access.permit(request.actor, "plan_tasks.see_work_plan", plan)
    edition = queries.accepted_edition(plan)
    if edition is None:
        raise NotFound("这份方案的责任书")
    return edition

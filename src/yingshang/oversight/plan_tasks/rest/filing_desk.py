"""The filing desk over the API: what waits, decisions, who has filed, letters."""

from __future__ import annotations

from typing import Any

from yingshang.kernel import access, clock
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.oversight.plan_tasks import operations, queries
from yingshang.oversight.plan_tasks.rest.work_plan_rows import asked_row, filing_row, plan_detail, plan_row, said_row
from yingshang.oversight.plan_tasks.rest.work_plan_schemas import (
    AskedOut,
    FilingDetailOut,
    FilingOut,
    LetterOut,
    PlanDetailOut,
    PlanOfUnitOut,
    ReasonsGivenIn,
    SaidOut,
    WordsIn,
    Year,
)

router = rest.Router()


@router.get("/filings", response=rest.answers(rest.PageOf[FilingOut]))
def waiting(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the filings that wait, the oldest first."""
    access.permit(request.actor, "plan_tasks.see_filings")
    return rest.page_of(page_after(queries.waiting_filings(), after, order=("filed_at", "pk")), filing_row)


@router.get("/filings/{filing_id}", response=rest.answers(FilingDetailOut))
def filing(request: rest.ActorRequest, filing_id: rest.Id) -> Any:
    """Show a filing with what was filed."""
    access.permit(request.actor, "plan_tasks.see_filings")
    found = queries.filing_with(filing_id)
    return filing_row(found) | {"content": found.content}


@router.post("/filings/{filing_id}/accept", response=rest.answers(FilingOut))
def accept(request: rest.ActorRequest, filing_id: rest.Id) -> Any:
    """Accept a filing."""
    operations.accept_filing(filing_id=filing_id, by=request.actor, on=clock.today(), at=clock.now())
    return filing_row(queries.filing_with(filing_id))


@router.post("/filings/{filing_id}/return", response=rest.answers(FilingOut))
def give_back(request: rest.ActorRequest, filing_id: rest.Id, body: ReasonsGivenIn) -> Any:
    """Return a filing with reasons."""
    operations.return_filing(
        filing_id=filing_id, reasons=body.reasons, by=request.actor, on=clock.today(), at=clock.now()
    )
    return filing_row(queries.filing_with(filing_id))


@router.get("/yearly-plans/{year}", response=rest.answers(list[PlanOfUnitOut]))
def yearly(request: rest.ActorRequest, year: Year) -> Any:
    """List every unit that owes a plan for a year, and whether it filed."""
    access.permit(request.actor, "plan_tasks.see_filings")
    return [plan_row(row) for row in queries.plan_rows(queries.yearly_plans(year), clock.today())]


@router.get("/letters", response=rest.answers(list[LetterOut]))
def letters(request: rest.ActorRequest) -> Any:
    """List the responsibility letters, the unsigned first."""
    access.permit(request.actor, "plan_tasks.see_filings")
    return queries.letter_rows(clock.today())


@router.post("/work-plans/{work_plan_id}/letter/sign", response=rest.answers(PlanDetailOut))
def sign(request: rest.ActorRequest, work_plan_id: rest.Id) -> Any:
    """Sign the letter of the edition in force."""
    plan = queries.work_plan(work_plan_id)
    edition = queries.accepted_edition(plan)
    if edition is None:
        raise NotFound("这份方案的责任书")
    operations.sign_letter(edition_id=edition.pk, by=request.actor, on=clock.today(), at=clock.now())
    return plan_detail(request, plan)


@router.get("/sign-offs", response=rest.answers(rest.PageOf[AskedOut]))
def sign_offs(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the requests for sign-off that wait, the oldest first."""
    access.permit(request.actor, "plan_tasks.see_filings")
    return rest.page_of(page_after(queries.waiting_sign_offs(), after, order=("at", "pk")), asked_row)


@router.post("/stages/{stage_id}/sign-off/confirm", response=rest.answers(SaidOut))
def sign_off(request: rest.ActorRequest, stage_id: rest.Id, body: WordsIn) -> Any:
    """Sign a stage off."""
    done = operations.sign_off_stage(
        stage_id=stage_id, words=body.words, by=request.actor, on=clock.today(), at=clock.now()
    )
    return said_row(done)


@router.post("/stages/{stage_id}/sign-off/return", response=rest.answers(SaidOut))
def return_sign_off(request: rest.ActorRequest, stage_id: rest.Id, body: ReasonsGivenIn) -> Any:
    """Return a request for sign-off with reasons."""
    back = operations.return_sign_off(
        stage_id=stage_id, reasons=body.reasons, by=request.actor, on=clock.today(), at=clock.now()
    )
    return said_row(back)

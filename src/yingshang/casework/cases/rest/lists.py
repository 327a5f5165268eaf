"""Lists of cases over the API, one case, the receipt's view of it, and the figures of items."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.casework.cases import queries
from yingshang.casework.cases.rest.shapes import CaseRowOut, ServiceCaseOut, row, shown
from yingshang.kernel import access, clock, measures, org, parties
from yingshang.kernel.errors import NotFound
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after

router = rest.Router()


class CaseStateOut(Schema):
    """Where a case stands, for who holds its receipt: no name, no answers."""

    number: str
    item: str
    unit: str
    official_code: int
    official_words: str
    received_on: date
    due_date: date | None


class ItemFiguresOut(Schema):
    """Figures of one item in a month. Rates are ``[part, whole]``; days are working days, nearest rank."""

    item_code: str
    title: str
    received: int
    decided: int
    on_time: list[int]
    median: int | None
    nine_of_ten: int | None
    online: list[int]
    corrected: list[int]
    prefilled: list[int]
    visits: int


@router.get("/desk", response=rest.answers(rest.PageOf[CaseRowOut]))
def desk(
    request: rest.ActorRequest,
    state: rest.Code = "",
    item: rest.Code = "",
    only_open: bool = False,
    late: bool = False,
    after: rest.Mark = "",
) -> Any:
    """List the cases of the actor's bureau: open ones by urgency, otherwise the newest first."""
    on = clock.today()
    sought = queries.Sought(state=state, item_code=item, is_open=only_open, late_on=on if late else None)
    found = queries.narrowed(queries.desk_of(request.actor), sought)
    order = queries.MOST_URGENT_FIRST if only_open or late else queries.NEWEST_FIRST
    page = page_after(found, after, order=order)
    lines = {line.pk: line for line in queries.rows(page.rows, on)}
    return rest.page_of(page, lambda case: row(lines[case.pk]))


@router.get("/asked", response=rest.answers(rest.PageOf[CaseRowOut]))
def asked(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the cases in which the actor's unit is asked for its opinion now."""
    page = page_after(queries.asked_of(request.actor), after, order=queries.NEWEST_FIRST)
    lines = {line.pk: line for line in queries.rows(page.rows, clock.today())}
    return rest.page_of(page, lambda case: row(lines[case.pk]))


@router.get("/mine", response=rest.answers(rest.PageOf[CaseRowOut]))
def mine(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the cases of the party that the actor acts for."""
    if not request.actor.party:
        raise NotFound("您的办件")
    found = queries.cases_of(parties.party(request.actor.party))
    page = page_after(found, after, order=queries.NEWEST_FIRST)
    lines = {line.pk: line for line in queries.rows(page.rows, clock.today())}
    return rest.page_of(page, lambda case: row(lines[case.pk]))


@router.get("/receipts/{number}", response=rest.answers(CaseStateOut))
def by_receipt(request: rest.ActorRequest, number: rest.Code, secret: rest.Code) -> Any:
    """Show where a case stands to who holds its number and secret; anything else finds nothing."""
    case = queries.case_by_number(number, secret)
    code = queries.official_code(case)
    return {
        "number": case.number,
        "item": case.version.title,
        "unit": case.unit.short_name,
        "official_code": int(code),
        "official_words": queries.code_words(code, clock.today()),
        "received_on": clock.beijing_date(case.received_at),
        "due_date": case.due_date,
    }


@router.get("/figures", response=rest.answers(list[ItemFiguresOut]))
def figures(
    request: rest.ActorRequest, unit: rest.Code, month: Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
) -> Any:
    """Return the figures of each item of a unit in a month; of one's own unit, or of any for who sees all."""
    if request.actor.unit != unit:
        access.permit(request.actor, "cases.see_all", None)
    period = measures.read_period(month)
    return [_figures(each) for each in queries.figures(org.unit(unit), period)]


@router.get("/cases/{case_id}", response=rest.answers(ServiceCaseOut))
def one(request: rest.ActorRequest, case_id: rest.Id) -> Any:
    """Show one case that the actor may see."""
    return shown(queries.one_case(case_id, request.actor))


def _figures(each: queries.Figures) -> dict[str, Any]:
    rates = ("on_time", "online", "corrected", "prefilled")
    plain = ("item_code", "title", "received", "decided", "median", "nine_of_ten", "visits")
    return {name: getattr(each, name) for name in plain} | {
        name: [getattr(each, name).numerator, getattr(each, name).denominator] for name in rates
    }

"""Fees over the API: the list, charges, payment, refunds, the statement."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yingshang.kernel import clock, parties
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Party
from yingshang.kernel.web import rest
from yingshang.kernel.web.paging import page_after
from yingshang.registers.fees import operations, queries
from yingshang.registers.fees.adapters import channel
from yingshang.registers.fees.models import Charge, Refund
from yingshang.registers.fees.rules import FeeRow

router = rest.Router()
Quantity = Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=2)]
Name = Annotated[str, Field(max_length=120)]


class FeeRowOut(Schema):
    """A row in effect. Amounts in fen for one of ``per``; all null while the standard is not confirmed."""

    code: str
    name: str
    kind: str
    unit: str
    payer: str
    per: str
    standard: str
    amount_fen: int | None
    lower_fen: int | None
    upper_fen: int | None
    exemption: str
    basis: str
    is_demo: bool
    edition: int
    source: str


class FeeChargeOut(Schema):
    """A charge. paid_at null: not paid; void_at: taken back."""

    id: int
    no: str
    name: str
    row_code: str
    edition: int
    kind: str
    unit: str
    quantity: Decimal
    amount_fen: int
    exempted_fen: int
    exempted_because: str
    charged_on: date
    paid_at: datetime | None
    receipt_no: str
    void_at: datetime | None
    matter: str


class FeeRefundOut(Schema):
    """What must go back; repaid_at null while it is owed."""

    id: int
    charge_no: str
    unit: str
    reason: str
    because: str
    due_fen: int
    due_date: date | None
    repaid_at: datetime | None
    proof: str


class PaymentComparedOut(Schema):
    """One payment on both sides; null where a side does not know it."""

    reference: str
    charge_no: str
    channel_fen: int | None
    ours_fen: int | None
    verdict: str


class FeeSumOut(Schema):
    """Sums of a kind in a month, in fen."""

    month: date
    kind: str
    charged_fen: int
    exempted_fen: int


class RefundsFoundOut(Schema):
    """How many refunds were newly opened."""

    opened: int


class FeeChargeIn(rest.Bounded):
    """A charge under a row. subject: ``dossier:12``, or payer_code: credit code or identity number."""

    row_code: rest.Code
    quantity: Quantity
    subject: rest.Code = ""
    payer_code: Annotated[str, Field(max_length=40)] = ""
    exempted_because: Annotated[str, Field(max_length=200)] = ""


class PaperChargeIn(rest.Bounded):
    """What was taken outside the platform, as it was taken."""

    row_code: rest.Code = ""
    name: Name
    payer_code: Annotated[str, Field(max_length=40)]
    quantity: Quantity
    amount_fen: Annotated[int, Field(gt=0, le=10**12)]
    taken_on: date
    receipt_no: Annotated[str, Field(min_length=1, max_length=80)]


class ChargeVoidIn(rest.Bounded):
    """Why a charge is taken back."""

    because: Annotated[str, Field(min_length=1, max_length=200)]


class RefundRepaidIn(rest.Bounded):
    """Number of the bank slip or payment order."""

    proof: Name


@router.get("/rows", response=rest.answers(list[FeeRowOut]), summary="收费清单")
def rows(request: rest.ActorRequest, on: date | None = None) -> Any:
    """List the rows in effect on a day, today unless told."""
    return list(queries.fee_rows(on or clock.today()).values())


@router.get("/rows/{code}/check", response=rest.answers(FeeRowOut), summary="能不能收这一项")
def check(request: rest.ActorRequest, code: rest.Code, on: date | None = None) -> FeeRow:
    """Return the row under which may be charged on a day; 409 with the reason when none allows it."""
    return operations.check(code, on=on or clock.today())


@router.get("/charges", response=rest.answers(rest.PageOf[FeeChargeOut]), summary="收费")
def charges(request: rest.ActorRequest, after: rest.Mark = "") -> Any:
    """List the charges the caller may see, newest first."""
    return rest.page_of(page_after(queries.charges_for(request.actor), after), _charge)


@router.post("/charges", response=rest.answers(FeeChargeOut, status=201), summary="按清单收费")
def charge(request: rest.ActorRequest, body: FeeChargeIn) -> Any:
    """Charge under a row of the list; a range at its lower bound."""
    made = operations.charge(
        subject=body.subject,
        row_code=body.row_code,
        quantity=body.quantity,
        payer=_payer(body.payer_code),
        exempted_because=body.exempted_because,
        by=request.actor,
        at=clock.now(),
    )
    return rest.Status(201, _charge(made))


@router.post("/paper-charges", response=rest.answers(FeeChargeOut, status=201), summary="登记平台外的收费")
def enter_paper(request: rest.ActorRequest, body: PaperChargeIn) -> Any:
    """Enter what the caller's unit took outside the platform; what the list does not bear opens a refund."""
    if not request.actor.unit:
        raise NotFound("您的单位")
    payer = _payer(body.payer_code)
    if payer is None:
        raise Refusal("fees.no_payer", "不知道这笔费用由谁缴纳。", "请写明缴费人。")
    said = body.dict(exclude={"payer_code"})
    made = operations.enter_paper(unit=request.actor.unit, payer=payer, **said, by=request.actor, at=clock.now())
    return rest.Status(201, _charge(made))


@router.post("/charges/{charge_id}/void", response=rest.answers(FeeChargeOut), summary="作废收费")
def void(request: rest.ActorRequest, charge_id: rest.Id, body: ChargeVoidIn) -> Any:
    """Take back a charge that nobody has paid."""
    queries.charge_for(request.actor, charge_id)
    return _charge(operations.void(charge_id=charge_id, because=body.because, by=request.actor, at=clock.now()))


@router.post("/charges/{charge_id}/pay", response=rest.answers(FeeChargeOut), summary="缴费")
def pay(request: rest.ActorRequest, charge_id: rest.Id) -> Any:
    """Pay one's own charge over the county's channel; 503 when it does not answer."""
    queries.charge_for(request.actor, charge_id)
    return _charge(operations.pay(charge_id=charge_id, by=request.actor, at=clock.now()))


@router.get("/refunds", response=rest.answers(rest.PageOf[FeeRefundOut]), summary="退费")
def refunds(request: rest.ActorRequest, after: rest.Mark = "", waiting: bool = False) -> Any:
    """List the refunds of charges the caller may see, newest first."""
    return rest.page_of(page_after(queries.refunds_for(request.actor, waiting=waiting), after), _refund)


@router.post("/refunds/{refund_id}/repaid", response=rest.answers(FeeRefundOut), summary="登记退还")
def repaid(request: rest.ActorRequest, refund_id: rest.Id, body: RefundRepaidIn) -> Any:
    """Note that a refund was paid back."""
    if not queries.refunds_for(request.actor).filter(pk=refund_id).exists():
        raise NotFound("这笔退费")
    return _refund(operations.refund(refund_id=refund_id, proof=body.proof, by=request.actor, at=clock.now()))


@router.post("/check", response=rest.answers(RefundsFoundOut), summary="核对全县收费")
def find(request: rest.ActorRequest) -> Any:
    """Compare charges with the editions published since they were last compared."""
    return {"opened": operations.find_wrong_charges(by=request.actor, at=clock.now())}


@router.get("/statement", response=rest.answers(list[PaymentComparedOut]), summary="对账")
def statement(request: rest.ActorRequest, day: date | None = None) -> Any:
    """Compare a day of the channel's statement with what was noted, for charges the caller may see."""
    outside, on = channel(), day or clock.today()
    return queries.compared(request.actor, outside.statement(on), on) if outside else []


@router.post("/statement/{reference}/adopt", response=rest.answers(FeeChargeOut), summary="按对账单补记")
def adopt(request: rest.ActorRequest, reference: rest.Code) -> Any:
    """Note a payment that only the channel knows of."""
    return _charge(operations.adopt(reference=reference, by=request.actor, at=clock.now()))


@router.get("/figures", response=rest.answers(list[FeeSumOut]), summary="各类收费")
def figures(request: rest.ActorRequest, year: Annotated[int, Field(ge=2000, le=2199)] | None = None) -> Any:
    """Return sums by kind and month of a year, of the charges the caller may see."""
    return queries.by_kind_and_month(request.actor, year or clock.today().year)


def _payer(code: str) -> Party | None:
    if not code.strip():
        return None
    found = parties.party_by_code(code)
    if found is None:
        raise Refusal(
            "fees.unknown_payer",
            "没有登记过这个号码的当事人。",
            "请核对号码；第一次办事的，先受理或者登记当事人再收费。",
        )
    return found


def _charge(row: Charge) -> dict[str, Any]:
    plain = (
        "no name row_code edition kind quantity amount_fen exempted_fen exempted_because"
        " charged_on paid_at receipt_no void_at matter"
    )
    return {"id": row.pk, "unit": row.unit.code} | {name: getattr(row, name) for name in plain.split()}


def _refund(row: Refund) -> dict[str, Any]:
    return {
        "id": row.pk,
        "charge_no": row.charge.no,
        "unit": row.charge.unit.code,
        "due_date": row.obligation.due_date,
    } | {name: getattr(row, name) for name in ("reason", "because", "due_fen", "repaid_at", "proof")}

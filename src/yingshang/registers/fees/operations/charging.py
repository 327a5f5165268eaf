"""Charge under a row of the list; enter what was taken outside the platform; take a charge back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from yingshang.kernel import access, clock, ledger, org, work
from yingshang.kernel.errors import NotFound, Refusal
from yingshang.kernel.parties import Actor, Party
from yingshang.registers.fees import queries, rules
from yingshang.registers.fees.models import Charge
from yingshang.registers.fees.operations.finding import examine
from yingshang.registers.fees.policies import Intended
from yingshang.registers.fees.rules import ARTICLE_25, ITEM_22, FeeRow

MOST = Decimal("9999999999.99")


def check(row_code: str, *, on: date) -> FeeRow:
    """Return the row of the fee list under which may be charged on a day.

    Raises Refusal ``fees.not_on_list`` for what no edition holds on that day
    and ``fees.ended`` for what was cancelled, suspended or has run out.
    """
    row = queries.fee_row(row_code, on)
    if row is not None:
        return row
    before = queries.last_row_before(row_code, on)
    if before is None:
        raise Refusal(
            "fees.not_on_list",
            f"收费清单里没有“{row_code[:40]}”，清单之外一律不得收费。",
            "请不要收取；已经收了的，登记后退还。认为应当收的，先由清单主管单位按程序列入清单。",
            source=ARTICLE_25,
        )
    last = before[1]
    until = f"（最后一天是{last:%Y年%m月%d日}）" if last else ""
    raise Refusal(
        "fees.ended",
        f"“{before[0].name}”在{on:%Y年%m月%d日}已经取消、停征或者尚未开征{until}，不得收取。",
        "请不要收取；已经收了的，登记后退还给缴费人。",
        source=ARTICLE_25,
    )


@transaction.atomic
def charge(
    *,
    subject: str,
    row_code: str,
    quantity: Decimal | int,
    by: Actor,
    at: datetime,
    payer: Party | None = None,
    exempted_because: str = "",
) -> Charge:
    """Charge a payer under a row of the list and return the charge; a range is charged at its lower bound.

    subject: the matter, ``dossier:12``; its applicant pays unless ``payer``
    says who. quantity: in the row's unit, with at most two decimals.
    exempted_because: the ground on which nothing is asked, only where the row
    knows an exemption. Raises what ``check`` and the policy refuse, Refusal
    ``fees.no_standard``, ``fees.no_exemption``, ``fees.no_payer``,
    ``fees.quantity_unfit``; NotFound for a matter that ``by`` may not see.
    Records ``fees.charged``.
    """
    on = clock.beijing_date(at)
    row = check(row_code, on=on)
    access.permit(by, "fees.charge", Intended(row.unit, row.name))
    whole = _whole_fen(row, quantity)
    if exempted_because and not row.exemption:
        raise Refusal(
            "fees.no_exemption",
            f"收费清单没有写明“{row.name}”可以减免。",
            "请核对清单；确有减免文件的，先由清单主管单位写入清单。",
            source=ARTICLE_25,
        )
    paying, matter = _payer_of(subject, payer, by)
    exempted = bool(exempted_because) and whole > 0
    made = Charge.objects.create(
        no=work.next_number("fees", on.year),
        subject=subject[:120],
        matter=matter,
        payer=paying,
        unit=org.unit(row.unit),
        kind=row.kind,
        row_code=row.code,
        name=row.name,
        values=_cited(row),
        edition=row.edition,
        digest=row.digest,
        quantity=quantity,
        amount_fen=0 if exempted else whole,
        exempted_fen=whole if exempted else 0,
        exempted_because=exempted_because[:200] if exempted else "",
        charged_on=on,
        charged_at=at,
        charged_by=by.person,
        checked_edition=queries.newest_edition(),
    )
    _note(made, by, at)
    return made


@transaction.atomic
def enter_paper(
    *,
    unit: str,
    row_code: str,
    name: str,
    payer: Party,
    quantity: Decimal | int,
    amount_fen: int,
    taken_on: date,
    receipt_no: str,
    by: Actor,
    at: datetime,
) -> Charge:
    """Enter what a unit took outside the platform, as it was taken, and compare it with the list at once.

    row_code may be empty: then nothing on the list allowed it. A charge
    without a row, after its last day or above the list opens a refund.
    Raises Refusal ``fees.taken_in_the_future``, ``fees.receipt_entered``,
    ``fees.quantity_unfit`` and what the policy refuses. Records
    ``fees.entered`` and what ``examine`` records.
    """
    access.permit(by, "fees.charge", Intended(unit, name))
    if taken_on > clock.beijing_date(at):
        raise Refusal("fees.taken_in_the_future", "收费日期在今天以后。", "请核对收费日期。")
    _must_fit(quantity)
    holder = org.unit(unit)
    if Charge.objects.filter(unit=holder, receipt_no=receipt_no).exists():
        raise Refusal("fees.receipt_entered", f"票据“{receipt_no}”已经登记过。", "请核对票据号，不要重复登记。")
    row = queries.fee_row(row_code, taken_on) if row_code else None
    made = Charge.objects.create(
        no=work.next_number("fees", clock.beijing_date(at).year),
        payer=payer,
        unit=holder,
        kind=row.kind if row else "",
        row_code=row_code,
        name=row.name if row else name[:120],
        values=_cited(row) if row else {},
        edition=row.edition if row else 0,
        digest=row.digest if row else "",
        quantity=quantity,
        amount_fen=amount_fen,
        charged_on=taken_on,
        charged_at=at,
        charged_by=by.person,
        is_paper=True,
        receipt_no=receipt_no,
        paid_at=at,
    )
    ledger.record(
        "fees.entered",
        subject=f"charge:{made.no}",
        by=by,
        facts={"unit": holder.short_name, "name": made.name, "yuan": rules.yuan(amount_fen), "row": row_code},
        at=at,
    )
    examine([made], by=by, at=at)
    return made


@transaction.atomic
def void(*, charge_id: int, because: str, by: Actor, at: datetime) -> Charge:
    """Take back a charge that nobody has paid.

    Raises NotFound, Refusal ``fees.paid_already``, ``fees.void_already`` and
    what the policy refuses. Records ``fees.voided``.
    """
    found = locked(charge_id)
    access.permit(by, "fees.void", found)
    if found.paid_at is not None:
        raise Refusal("fees.paid_already", "这笔费用已经缴纳，不能作废。", "收错了的请办理退费。")
    refuse_void(found)
    found.void_at, found.void_by, found.void_because = at, by.person, because[:200]
    found.save(update_fields=["void_at", "void_by", "void_because"])
    ledger.record("fees.voided", subject=f"charge:{found.no}", by=by, facts={"name": found.name}, at=at)
    return found


def locked(charge_id: int) -> Charge:
    """Return a charge, locked: it is paid, voided or paid back once. Raises NotFound."""
    found = Charge.objects.select_for_update(of=("self",)).select_related("unit", "payer").filter(pk=charge_id).first()
    if found is None:
        raise NotFound("这笔收费")
    return found


def refuse_void(found: Charge) -> None:
    """Raise Refusal ``fees.void_already`` for a charge that was taken back."""
    if found.void_at is not None:
        raise Refusal(
            "fees.void_already",
            f"这笔收费已于{clock.beijing_date(found.void_at):%Y年%m月%d日}作废。",
            "不需要再办理。",
        )


def _whole_fen(row: FeeRow, quantity: Decimal | int) -> int:
    if row.per_unit_fen is None:
        raise Refusal(
            "fees.no_standard",
            f"“{row.name}”的收费标准还没有核对到出处，暂不能收取。",
            "请清单主管单位核对标准和文件后发布新的版次。",
            source=ITEM_22,
        )
    _must_fit(quantity)
    return rules.charge_fen(row.per_unit_fen, Decimal(quantity))


def _must_fit(quantity: Decimal | int) -> None:
    given = Decimal(quantity)
    if not (0 < given <= MOST) or given != given.quantize(Decimal("0.01")):
        raise Refusal("fees.quantity_unfit", "数量应大于0，最多两位小数。", "请核对数量。")


def _payer_of(subject: str, payer: Party | None, by: Actor) -> tuple[Party, str]:
    """Return who pays, and the words of the matter. A matter that the officer may not see is not there."""
    kind, _, number = subject.partition(":")
    dossier = None
    if kind == "dossier" and number.isdecimal() and len(number) < 19:
        dossier = work.Dossier.objects.filter(pk=int(number)).first()
        if dossier is None or access.may(by, "work.see_dossier", dossier) is not None:
            raise NotFound("这个办件")
    if payer is None and dossier is not None:
        concerned = work.Involvement.objects.filter(dossier=dossier, role="applicant").select_related("party")
        payer = next((each.party for each in concerned), None)
    if payer is None:
        raise Refusal("fees.no_payer", "不知道这笔费用由谁缴纳。", "请从办件页面收费，或者写明缴费人。")
    return payer, " ".join(filter(None, (dossier.no, dossier.title)))[:200] if dossier else ""


def _cited(row: FeeRow) -> dict[str, object]:
    """Return what the payer and an auditor must be able to read years later."""
    names = ("basis", "standard", "per", "amount_fen", "lower_fen", "upper_fen", "exemption", "source")
    return {name: getattr(row, name) for name in names} | {"demo": row.is_demo}


def _note(made: Charge, by: Actor, at: datetime) -> None:
    ledger.record(
        "fees.charged",
        subject=f"charge:{made.no}",
        by=by,
        facts={
            "unit": made.unit.short_name,
            "name": made.name,
            "row": made.row_code,
            "edition": made.edition,
            "yuan": rules.yuan(made.amount_fen),
            "exempted": rules.yuan(made.exempted_fen),
        },
        at=at,
    )

"""Only what the list bears is charged, at its lower bound; the rest goes back, once, in time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from yingshang.kernel import ledger, lists, measures, parties, work
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import SYSTEM, Actor, Party
from yingshang.kernel.testing import actor_of
from yingshang.registers.fees import api, operations
from yingshang.registers.fees.models import Charge, Refund

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.fixture
def party(zhao: Actor) -> Party:
    return parties.party(zhao.party)


def counts() -> tuple[int, int]:
    return Charge.objects.count(), ledger.Entry.objects.filter(kind="fees.charged").count()


@pytest.mark.parametrize(
    ("row_code", "on", "code"),
    [
        ("F99", DAY, "fees.not_on_list"),
        ("F02", DAY, "fees.ended"),  # cancelled on the last day of 2025
        ("F04", date(2025, 6, 1), "fees.not_on_list"),  # listed only since 2026
        ("F01", date(2024, 12, 31), "fees.not_on_list"),  # before the first edition
    ],
)
def test_what_the_list_does_not_bear_on_the_day_is_refused(
    example_county: str, row_code: str, on: date, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        api.check(row_code, on=on)
    assert refused.value.code == code
    assert refused.value.source == "《优化营商环境条例》第二十五条"


def test_a_row_holds_to_its_last_day(example_county: str) -> None:
    assert api.check("F02", on=date(2025, 12, 31)).name == "档案查询费"


@pytest.mark.parametrize(
    ("row_code", "quantity", "fen"),
    [("F01", 2, 2000), ("F04", 1, 30000), ("F04", Decimal("1.5"), 45000)],  # a range is charged at its lower bound
)
def test_a_range_is_charged_at_its_lower_bound(
    party: Party, sun: Actor, row_code: str, quantity: Decimal, fen: int
) -> None:
    made = api.charge(subject="", row_code=row_code, quantity=quantity, payer=party, by=sun, at=AT)
    assert (made.amount_fen, made.exempted_fen, made.edition, made.unit.code) == (fen, 0, 2, "scjgj")


REFUSED = [
    ("F03", 1, "", "fees.not_charging_unit"),
    ("F99", 1, "", "fees.not_on_list"),
    ("F02", 1, "", "fees.ended"),
    ("F01", 0, "", "fees.quantity_unfit"),
    ("F01", Decimal("0.001"), "", "fees.quantity_unfit"),
    ("F01", 1, "小微企业", "fees.no_exemption"),
]


@pytest.mark.parametrize(("row_code", "quantity", "exempted", "code"), REFUSED)
def test_a_refused_charge_leaves_nothing(
    party: Party, sun: Actor, row_code: str, quantity: Decimal, exempted: str, code: str
) -> None:
    before = counts()
    with pytest.raises(Refusal) as refused:
        api.charge(
            subject="", row_code=row_code, quantity=quantity, payer=party, exempted_because=exempted, by=sun, at=AT
        )
    assert refused.value.code == code
    assert counts() == before


def test_an_exemption_asks_nothing_and_says_how_much(party: Party, sun: Actor) -> None:
    made = api.charge(
        subject="", row_code="F04", quantity=1, payer=party, exempted_because="小微企业免收", by=sun, at=AT
    )
    assert (made.amount_fen, made.exempted_fen) == (0, 30000)


def test_a_fee_taken_after_its_end_is_found_at_once_and_goes_back_once(party: Party, sun: Actor) -> None:
    made = api.enter_paper(
        unit="scjgj",
        row_code="F02",
        name="",
        payer=party,
        quantity=1,
        amount_fen=500,
        taken_on=date(2026, 1, 5),
        receipt_no="A1",
        by=sun,
        at=AT,
    )
    owed = Refund.objects.get(charge=made)
    assert (owed.reason, owed.due_fen) == ("ended", 500)
    assert owed.obligation.due_date == date(2026, 3, 16)
    assert (owed.obligation.unit.code, owed.obligation.state) == ("scjgj", "open")
    api.refund(refund_id=owed.pk, proof="回单1", by=sun, at=AT)
    with pytest.raises(Refusal) as refused:
        api.refund(refund_id=owed.pk, proof="回单2", by=sun, at=AT)
    assert refused.value.code == "fees.repaid_already"
    owed.refresh_from_db()
    assert owed.proof == "回单1"
    assert work.Obligation.objects.get(pk=owed.obligation_id).state == "fulfilled"


def test_payment_counts_once_and_only_the_whole_amount(party: Party, sun: Actor, wu: Actor) -> None:
    made = api.charge(subject="", row_code="F01", quantity=1, payer=party, by=sun, at=AT)
    for fen, by, code in [(999, SYSTEM, "fees.amount_differs"), (1000, wu, "fees.not_the_payer")]:
        with pytest.raises(Refusal) as refused:
            api.settle(charge_id=made.pk, amount_fen=fen, reference="R1", by=by, at=AT)
        assert refused.value.code == code
    for _twice in range(2):
        api.settle(charge_id=made.pk, amount_fen=1000, reference="R1", by=actor_of("zhao"), at=AT)
    assert ledger.Entry.objects.filter(kind="fees.paid", subject=f"charge:{made.no}").count() == 1


def test_an_edition_that_begins_in_the_past_finds_what_was_charged_since(
    party: Party, sun: Actor, example_county: str
) -> None:
    """F01 ends with February by an edition that came later: the paid charge goes back, the unpaid one is voided."""
    paid = api.charge(subject="", row_code="F01", quantity=1, payer=party, by=sun, at=AT)
    api.settle(charge_id=paid.pk, amount_fen=1000, reference="R2", by=SYSTEM, at=AT)
    unpaid = api.charge(subject="", row_code="F01", quantity=1, payer=party, by=sun, at=AT)
    before = lists.edition_on("fees", DAY)
    assert before is not None
    rows = [
        row.values | ({"effective_to": "2026-02-28"} if row.key == "F01" else {})
        for row in before.rows.order_by("position")
    ]
    draft = lists.edition(list_code="fees", rows=rows, effective_from=date(2026, 2, 1), source="示例", by=SYSTEM, at=AT)
    lists.review(edition_id=draft.pk, by=SYSTEM, at=AT)
    lists.publish(edition_id=draft.pk, by=SYSTEM, at=AT)
    assert operations.find_wrong_charges(by=SYSTEM, at=AT) == 1
    assert operations.find_wrong_charges(by=SYSTEM, at=AT) == 0
    unpaid.refresh_from_db()
    assert unpaid.void_at == AT
    assert Refund.objects.get(charge=paid).due_fen == 1000
    march = measures.month(2026, 3)
    cell = measures.compute("fees.outside_list", ["scjgj"], [march]).at("scjgj", march)
    assert cell.value == 1

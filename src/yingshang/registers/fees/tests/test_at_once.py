"""Two people pay one refund back at the same moment: one does, the other is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

from yingshang.kernel import parties
from yingshang.kernel.errors import Refusal
from yingshang.kernel.testing import actor_of, at_once
from yingshang.registers.fees import api
from yingshang.registers.fees.models import Refund

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_a_refund_is_paid_back_once_however_many_try(committed_db: None) -> None:
    sun = actor_of("sun", unit="scjgj")
    made = api.enter_paper(
        unit="scjgj",
        row_code="",
        name="没有列入清单的费",
        payer=parties.party(actor_of("zhao").party),
        quantity=1,
        amount_fen=8800,
        taken_on=date(2026, 2, 2),
        receipt_no="B7",
        by=sun,
        at=AT,
    )
    owed = Refund.objects.get(charge=made)
    assert owed.reason == Refund.Reason.OUTSIDE
    done = at_once(
        lambda: api.refund(refund_id=owed.pk, proof="回单1", by=sun, at=AT),
        lambda: api.refund(refund_id=owed.pk, proof="回单2", by=sun, at=AT),
    )
    refused = [each for each in done if isinstance(each, Refusal)]
    assert [each.code for each in refused] == ["fees.repaid_already"]
    assert len(done) == 2

"""Without an authority nothing is supervised; with one, its document is kept."""

import io
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from yingshang.kernel.errors import Refusal
from yingshang.kernel.ledger import Entry
from yingshang.kernel.testing import actor_of
from yingshang.oversight.supervision import operations, queries
from yingshang.oversight.supervision.models import Authority

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)  # nine in the morning in Beijing
APPROVAL = {
    "approval_no": "示政函〔2026〕1号",
    "text": "关于指定县营商环境建设监督局开展督查的批复",
    "issuer": "示例县人民政府",
    "approved_on": date(2026, 2, 27),
    "valid_from": date(2026, 3, 2),
    "valid_to": date(2026, 12, 31),
    "name": "批复.txt",
    "media_type": "text/plain",
}


@pytest.fixture
def head(example_county):
    """褚明, who heads the bureau."""
    return actor_of("chu", unit="ysj")


def enter(by, **other):
    return operations.enter_authority(**(APPROVAL | other), stream=io.BytesIO("同意。".encode()), by=by, at=MONDAY)


def test_an_authority_stands_from_its_first_to_its_last_day_and_not_after_it_is_ended(head):
    Authority.objects.update(ended_on=date(2026, 1, 1), ended_by="test", ended_reason="test")
    entered = enter(head)
    assert Entry.objects.filter(kind="supervision.authority_entered").count() == 1
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 12, 31), date(2027, 1, 1)]
    assert [queries.authority_on(day) is not None for day in days] == [False, True, True, False]
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as unreasoned:
        operations.end_authority(authority_id=entered.pk, reason=" ", by=head, at=MONDAY)
    assert (unreasoned.value.code, Entry.objects.count()) == ("supervision.reason_missing", entries)
    operations.end_authority(authority_id=entered.pk, reason="机构改革", by=head, at=MONDAY)
    assert queries.authority_on(date(2026, 3, 2)) is None
    with pytest.raises(Refusal) as refused:
        operations.authority_or_refuse(date(2026, 3, 2))
    assert refused.value.code == "supervision.no_authority"
    assert "第七条" in refused.value.source


def test_a_supervisor_does_not_authorize_himself(zhou):
    entries, standing = Entry.objects.count(), Authority.objects.count()
    with pytest.raises(Refusal) as refused:
        enter(zhou)
    assert refused.value.code == "supervision.not_your_post"
    assert (Entry.objects.count(), Authority.objects.count()) == (entries, standing)


def test_dates_that_run_backwards_and_a_number_entered_twice_are_refused(head):
    with pytest.raises(Refusal) as backwards:
        enter(head, valid_to=date(2026, 3, 1))
    assert backwards.value.code == "supervision.authority_backwards"
    enter(head)
    with pytest.raises(Refusal) as twice:
        enter(head)
    assert twice.value.code == "supervision.authority_entered"


def test_the_database_itself_refuses_an_authority_without_a_document(head):
    entered = enter(head)
    with pytest.raises(IntegrityError, match="supervision_authority_stands_on_a_document"):
        Authority.objects.filter(pk=entered.pk).update(document=None)

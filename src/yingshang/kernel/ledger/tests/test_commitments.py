"""A commitment proves a value to those who know it, until it is closed."""

import pytest

from yingshang.kernel import ledger
from yingshang.kernel.errors import NotFound
from yingshang.kernel.ledger.models import Entry, Salt
from yingshang.kernel.parties import SYSTEM

pytestmark = pytest.mark.django_db


def test_a_commitment_opens_to_its_value_only():
    commitment = ledger.private({"name": "赵某", "id": "11010519491231002X"})
    assert list(commitment) == ["private"]
    assert ledger.opens(commitment, {"id": "11010519491231002X", "name": "赵某"})
    assert not ledger.opens(commitment, {"name": "赵某"})


def test_the_same_value_is_committed_to_differently_each_time():
    assert ledger.private(87) != ledger.private(87)


def test_a_closed_commitment_cannot_be_opened_and_the_closing_is_on_record(note_down):
    commitment = ledger.private(87)
    note_down(what=commitment)
    entry = ledger.close(commitment, subject="visit:41", by=SYSTEM)
    assert (entry.kind, entry.is_strict) == ("ledger.commitment_closed", True)
    assert not ledger.opens(commitment, 87)
    assert not Salt.objects.filter(pk=commitment["private"]).exists()


def test_closing_twice_is_refused_and_leaves_no_trace():
    commitment = ledger.private(87)
    ledger.close(commitment, subject="visit:41", by=SYSTEM)
    before = Entry.objects.count()
    with pytest.raises(NotFound):
        ledger.close(commitment, subject="visit:41", by=SYSTEM)
    assert Entry.objects.count() == before

"""Whom a survey may ask because the county has dealt with them: each once, where it was last, and nothing sealed."""

from datetime import timedelta

import pytest

from yingshang.casework.cases import operations
from yingshang.casework.cases.models import Case
from yingshang.casework.cases.queries import dealt
from yingshang.casework.cases.slots import survey_frames
from yingshang.casework.cases.tests.factories import RECEIVED, hand_in, party_of
from yingshang.kernel import org, work
from yingshang.kernel.parties import SYSTEM

pytestmark = pytest.mark.django_db


def test_who_has_dealt_stands_in_the_roll_once_and_where_it_was_last(zhao):
    roll = survey_frames(SYSTEM, None)[0]
    day = RECEIVED.date()
    for hours in (1, 2):
        case = hand_in(zhao)
        operations.withdraw(case_id=case.pk, by=zhao, at=RECEIVED + timedelta(hours=hours))
    row = {"party_key": party_of(zhao).pk, "handled_by": "scjgj", "item_code": case.item_code}
    assert list(roll.rows(day, day)) == [row]
    assert not list(roll.rows(day + timedelta(days=1), day + timedelta(days=9)))
    assert not list(roll.rows(day - timedelta(days=9), day - timedelta(days=1)))
    assert dealt.unit_words(["scjgj"])["scjgj"]
    assert dealt.item_words([case.item_code])[case.item_code]
    assert set(roll.attributes) == set(row) - {"party_key"}

    work.Dossier.objects.filter(pk__in=Case.objects.values("dossier")).update(is_sealed=True)
    assert not list(roll.rows(day, day))
    work.Dossier.objects.filter(pk__in=Case.objects.values("dossier")).update(is_sealed=False)
    org.Unit.objects.filter(code="scjgj").update(counts_only=True)
    assert not list(roll.rows(day, day))
